using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace RadiogenomicsCloud.Pipeline.Steps.Results;

/// <summary>Comma-separated files of ours: UTF-8 without BOM, line feeds, quotes where needed.</summary>
internal static class CsvFile
{
    private static readonly CsvConfiguration Format = new(CultureInfo.InvariantCulture) { NewLine = "\n" };

    public static void Write(Stream stream, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        using var csv = new CsvWriter(text, Format);
        WriteRow(csv, header);
        foreach (var row in rows)
            WriteRow(csv, row);
    }

    /// <summary>All rows after the header, each as long as the header.</summary>
    /// <exception cref="BadInputException">The header is another one, or a row has another length.</exception>
    public static List<string[]> Read(Stream stream, string name, IReadOnlyList<string> header)
    {
        using var text = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        using var parser = new CsvParser(text, Format);
        try
        {
            if (!parser.Read() || !parser.Record!.SequenceEqual(header))
                throw new BadInputException("run.damaged", $"{name} does not begin with the header that a run writes: {string.Join(',', header)}.", name);
            var rows = new List<string[]>();
            while (parser.Read())
            {
                if (parser.Record!.Length != header.Count)
                    throw new BadInputException("run.damaged", $"Line {parser.RawRow} of {name} has {parser.Record.Length} cells where {header.Count} are expected.", name);
                rows.Add(parser.Record);
            }
            return rows;
        }
        catch (CsvHelperException inner)
        {
            throw new BadInputException("run.damaged", $"{name} is not a comma-separated file as a run writes it.", name, inner);
        }
    }

    private static void WriteRow(CsvWriter csv, IReadOnlyList<string> cells)
    {
        foreach (var cell in cells)
            csv.WriteField(cell);
        csv.NextRecord();
    }
}
