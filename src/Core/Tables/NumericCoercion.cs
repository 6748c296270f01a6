namespace RadiogenomicsCloud.Tables;

/// <summary>A cell that is neither missing nor a finite number.</summary>
public sealed record UnparseableCell(string Column, string CaseId, string Text);

/// <summary>
/// Turns text columns that ought to be numeric (semantic scores with remarks in some cells) into numbers, on request and with a list of
/// every cell that was given up: never silently.
/// </summary>
public static class NumericCoercion
{
    /// <summary>The cells of a column that hold text; none for a numeric column.</summary>
    public static IReadOnlyList<UnparseableCell> UnparseableCells(CaseTable table, string column)
    {
        ArgumentNullException.ThrowIfNull(table);
        return table.Column(column) is TextColumn text ? Cells(table, text) : [];
    }

    /// <summary>
    /// Every column as numbers; a cell that holds text becomes missing and is listed. A column in which fewer than half of the
    /// non-missing cells are numbers stays text: it is a label, not a number with remarks.
    /// </summary>
    public static (CaseTable Table, IReadOnlyList<UnparseableCell> Missing) Coerce(CaseTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var columns = new TableColumn[table.Columns.Count];
        var missing = new List<UnparseableCell>();
        for (var c = 0; c < columns.Length; c++)
        {
            columns[c] = table.Columns[c];
            if (columns[c] is not TextColumn text)
                continue;
            var cells = Cells(table, text);
            if (2 * cells.Count > text.Count - text.MissingCount)
                continue;
            columns[c] = new NumericColumn(text.Name, text.Values.Select(value => CellText.TryParseFinite(value, out var number) ? number : double.NaN).ToArray());
            missing.AddRange(cells);
        }
        return (new CaseTable(table.CaseIds, columns), missing);
    }

    internal static BadInputException NotNumeric(CaseTable table, TextColumn column)
    {
        var cells = Cells(table, column);
        var shown = string.Join(", ", cells.Take(3).Select(cell => $"{CellText.Quote(cell.Text)} for {CellText.Quote(cell.CaseId)}"));
        return new BadInputException(
            "table.not-numeric",
            $"Column {CellText.Quote(column.Name)} must be numeric, but {cells.Count} of its cells are not: {shown}{(cells.Count > 3 ? ", …" : "")}; correct them or leave them empty.",
            column.Name);
    }

    private static List<UnparseableCell> Cells(CaseTable table, TextColumn column)
    {
        var cells = new List<UnparseableCell>();
        for (var r = 0; r < column.Values.Length; r++)
            if (column.Values[r] is { } value && !CellText.TryParseFinite(value, out _))
                cells.Add(new UnparseableCell(column.Name, table.CaseIds[r], value));
        return cells;
    }
}
