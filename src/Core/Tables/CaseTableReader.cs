namespace RadiogenomicsCloud.Tables;

/// <summary>
/// Reads a clinical, semantic or feature table, one row a case. Header names and cells are trimmed; empty, <c>NA</c> and <c>NaN</c> are
/// missing; a column is numeric if every non-missing cell is a finite number with <c>.</c> as decimal separator, else text (a column
/// that is missing throughout is numeric); rows with no cell filled are skipped, as spreadsheets leave them behind.
/// </summary>
public static class CaseTableReader
{
    /// <param name="stream">The file's bytes; left open.</param>
    /// <param name="path">Decides delimiter and compression, and is named in messages.</param>
    /// <param name="caseIdColumn">Exact name of the column of case ids, which is not among the columns of the result.</param>
    /// <exception cref="BadInputException">
    /// <c>table.missing-column</c>, <c>table.blank-column</c>, <c>table.duplicate-column</c>, <c>table.missing-case-id</c>,
    /// <c>table.duplicate-case</c>, <c>table.ragged-row</c>, <c>table.too-large</c> and others of the delimited reader; names the line.
    /// </exception>
    /// <param name="textColumns">Columns that are text whatever is in them: <c>007</c> and <c>7</c> are two patients.</param>
    public static CaseTable Read(
        Stream stream, string path, string caseIdColumn, TableReadOptions? options = null, IReadOnlyCollection<string>? textColumns = null) =>
        TextSource.Guard(path, () =>
        {
            using var reader = new DelimitedReader(stream, path, options ?? TableReadOptions.Default);
            return Read(reader, path, caseIdColumn, options ?? TableReadOptions.Default, textColumns ?? []);
        });

    private static CaseTable Read(
        DelimitedReader reader, string path, string caseIdColumn, TableReadOptions options, IReadOnlyCollection<string> textColumns)
    {
        var header = Array.ConvertAll(reader.ReadHeader(), FormulaGuard.Restore);
        CheckHeader(header, path);
        var idColumn = Array.IndexOf(header, caseIdColumn);
        if (idColumn < 0)
            throw header.Length == 1 ? WrongDelimiter(header[0], reader.Delimiter, caseIdColumn, path) : CaseTable.MissingColumn(caseIdColumn, header, path);

        var ids = new List<string>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        var cells = new List<string?>[header.Length];
        for (var c = 0; c < cells.Length; c++)
            cells[c] = [];
        while (reader.ReadRow(header.Length))
        {
            var id = FormulaGuard.Restore(reader[idColumn]);
            if (CellText.IsMissing(id))
            {
                if (IsBlank(reader))
                    continue;
                throw new BadInputException(
                    "table.missing-case-id",
                    $"Line {reader.Line} of {path} has no case id in column '{caseIdColumn}'.",
                    $"{path}:{reader.Line}");
            }
            if (!lines.TryAdd(id, reader.Line))
                throw new BadInputException(
                    "table.duplicate-case",
                    $"Case {CellText.Quote(id)} stands on lines {lines[id]} and {reader.Line} of {path}; keep one row a case.",
                    $"{path}:{reader.Line}");
            ids.Add(id);
            if ((long)ids.Count * header.Length > options.MaxCells)
                throw new BadInputException("table.too-large", $"{path} has more than {options.MaxCells} cells, the limit.", path);
            for (var c = 0; c < header.Length; c++)
                if (c != idColumn)
                    cells[c].Add(reader[c] is var cell && CellText.IsMissing(cell) ? null : FormulaGuard.Restore(cell));
        }
        var columns = new List<TableColumn>(header.Length - 1);
        for (var c = 0; c < header.Length; c++)
            if (c != idColumn)
            {
                columns.Add(textColumns.Contains(header[c]) ? new TextColumn(header[c], [.. cells[c]]) : Typed(header[c], cells[c]));
                cells[c] = [];
            }
        return new CaseTable(ids, columns);
    }

    private static TableColumn Typed(string name, List<string?> cells)
    {
        var numbers = new double[cells.Count];
        for (var r = 0; r < numbers.Length; r++)
        {
            if (cells[r] is not { } cell)
                numbers[r] = double.NaN;
            else if (!CellText.TryParseFinite(cell, out numbers[r]))
                return new TextColumn(name, [.. cells]);
        }
        return new NumericColumn(name, numbers);
    }

    private static void CheckHeader(string[] header, string path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var c = 0; c < header.Length; c++)
        {
            if (header[c].Length == 0)
                throw new BadInputException("table.blank-column", $"Column {c + 1} of {path} has no name.", path);
            if (!seen.Add(header[c]))
                throw new BadInputException("table.duplicate-column", $"{path} has two columns named {CellText.Quote(header[c])}.", path);
        }
    }

    private static bool IsBlank(DelimitedReader reader)
    {
        for (var c = 0; c < reader.Count; c++)
            if (reader[c].Length > 0)
                return false;
        return true;
    }

    private static BadInputException WrongDelimiter(string header, char expected, string caseIdColumn, string path)
    {
        var other = ",;\t".Where(c => c != expected && header.Contains(c, StringComparison.Ordinal)).Cast<char?>().FirstOrDefault();
        if (other is null)
            return CaseTable.MissingColumn(caseIdColumn, [header], path);
        static string Name(char c) => c == '\t' ? "tabs" : $"'{c}'";
        return new BadInputException(
            "table.wrong-delimiter",
            $"{path} seems to be delimited by {Name(other.Value)}, but its extension says {Name(expected)}; rename or convert it.",
            path);
    }
}
