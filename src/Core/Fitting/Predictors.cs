namespace RadiogenomicsCloud.Fitting;

/// <summary>
/// A numeric design table without intercept: rows are cases (or copies of cases), columns are candidate predictors.
/// Values are column-major, missing is NaN. Immutable: nothing that receives it may write to it.
/// </summary>
public sealed class Predictors
{
    private readonly double[] values;

    /// <param name="rows">One id a row; repeated ids are copies of one row.</param>
    /// <param name="columns">Unique names.</param>
    /// <param name="columnMajorValues">rows × columns values, owned by this instance from now on.</param>
    public Predictors(IReadOnlyList<RowId> rows, IReadOnlyList<string> columns, double[] columnMajorValues)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(columnMajorValues);
        if (columnMajorValues.Length != (long)rows.Count * columns.Count)
            throw new ArgumentException($"{columnMajorValues.Length} values for {rows.Count} rows × {columns.Count} columns.", nameof(columnMajorValues));
        Rows = rows;
        Columns = columns;
        values = columnMajorValues;
    }

    public IReadOnlyList<RowId> Rows { get; }

    public IReadOnlyList<string> Columns { get; }

    public int RowCount => Rows.Count;

    public int ColumnCount => Columns.Count;

    public ReadOnlySpan<double> Column(int column) => values.AsSpan(column * RowCount, RowCount);

    /// <summary>All values, column after column.</summary>
    public ReadOnlySpan<double> All => values;

    /// <summary>The rows at <paramref name="rowIndexes"/>, in that order; an index may repeat.</summary>
    public Predictors SelectRows(ReadOnlySpan<int> rowIndexes)
    {
        var rows = new RowId[rowIndexes.Length];
        var selected = new double[rowIndexes.Length * ColumnCount];
        for (var r = 0; r < rowIndexes.Length; r++)
            rows[r] = Rows[rowIndexes[r]];
        for (var c = 0; c < ColumnCount; c++)
        {
            var source = Column(c);
            var target = selected.AsSpan(c * rowIndexes.Length, rowIndexes.Length);
            for (var r = 0; r < rowIndexes.Length; r++)
                target[r] = source[rowIndexes[r]];
        }
        return new Predictors(rows, Columns, selected);
    }

    /// <summary>The columns at <paramref name="columnIndexes"/>, in that order.</summary>
    public Predictors SelectColumns(ReadOnlySpan<int> columnIndexes)
    {
        var columns = new string[columnIndexes.Length];
        var selected = new double[columnIndexes.Length * RowCount];
        for (var c = 0; c < columnIndexes.Length; c++)
        {
            columns[c] = Columns[columnIndexes[c]];
            Column(columnIndexes[c]).CopyTo(selected.AsSpan(c * RowCount, RowCount));
        }
        return new Predictors(Rows, columns, selected);
    }
}
