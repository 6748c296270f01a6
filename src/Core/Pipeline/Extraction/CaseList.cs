using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Pipeline.Extraction;

/// <summary>One row of a list of cases.</summary>
/// <param name="Image">Path as it is written.</param>
/// <param name="Mask">Path as it is written; null where the image's files hold the mask.</param>
/// <param name="Roi">As the command's <c>--roi</c>; null where the row names none.</param>
public sealed record ListedCase(string Case, string Image, string? Mask, string? Roi);

/// <summary>
/// Reads lists of cases: a table with the columns <c>case</c> and <c>image</c> and, where they are needed, <c>mask</c> and <c>roi</c>,
/// in any order. A case may have several rows.
/// </summary>
public static class CaseList
{
    private static readonly string[] Columns = ["case", "image", "mask", "roi"];

    /// <exception cref="BadInputException">
    /// <c>list.column</c>: a column is missing, unknown or there twice; <c>list.empty</c>: no row, or a row without case or image;
    /// <c>table.…</c>, <c>text.…</c>: no such table at all.
    /// </exception>
    public static IReadOnlyList<ListedCase> Read(Stream stream, string path) => TextSource.Guard(path, () =>
    {
        using var reader = new DelimitedReader(stream, path, TableReadOptions.Default);
        var header = reader.ReadHeader();
        CheckHeader(header, path);
        int At(string column) => Array.IndexOf(header, column);
        var (id, image, mask, roi) = (At("case"), At("image"), At("mask"), At("roi"));
        var cases = new List<ListedCase>();
        while (reader.ReadRow(header.Length))
        {
            string? Cell(int column) => column >= 0 && reader[column] is { Length: > 0 } text ? text : null;
            if (Cell(id) is not { } caseId || Cell(image) is not { } imagePath)
                throw new BadInputException("list.empty", $"Line {reader.Line} of {path} has no case or no image; give both.", $"{path}:{reader.Line}");
            cases.Add(new(caseId, imagePath, Cell(mask), Cell(roi)));
        }
        return cases.Count > 0
            ? cases
            : throw new BadInputException("list.empty", $"{path} lists no case; it needs a line for each below its header.", path);
    });

    private static void CheckHeader(string[] header, string path)
    {
        foreach (var column in header)
        {
            if (!Columns.Contains(column))
                throw Column($"has a column {CellText.Quote(column)}; {NearestName.Hint(column, Columns)}", path);
        }
        if (header.Distinct().Count() < header.Length)
            throw Column("has a column twice; keep one", path);
        if (Columns.Take(2).FirstOrDefault(c => !header.Contains(c)) is { } missing)
            throw Column($"has no column '{missing}'; its header must be case,image,mask,roi, of which mask and roi may be left out", path);
    }

    private static BadInputException Column(string problem, string path) => new("list.column", $"{path} {problem}.", path);
}
