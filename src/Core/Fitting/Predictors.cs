namespace RadiogenomicsCloud.Fitting;

/// <summary>
/// A numeric design table without intercept: rows are cases (or copies of cases), columns are candidate predictors.
/// Values are column-major, missing is NaN. Immutable: nothing that receives it may write to it.
/// Beside the numbers it carries what columns are categorical and, under a name each, texts that belong to rows (such as the site) and are
/// never predictors.
/// </summary>
public sealed class Predictors
{
    private static readonly IReadOnlyDictionary<string, Categories> NoCategories = new Dictionary<string, Categories>();
    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string?>> NoAttributes = new Dictionary<string, IReadOnlyList<string?>>();

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

    /// <summary>The categorical columns, by name; a column that is not in it is a number.</summary>
    public IReadOnlyDictionary<string, Categories> Categories { get; init; } = NoCategories;

    /// <summary>Texts of the rows, by name, for example <c>site</c>; null where a row has none.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string?>> Attributes { get; init; } = NoAttributes;

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
        return new Predictors(rows, Columns, selected) { Categories = Categories, Attributes = SelectAttributes(rowIndexes) };
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
        return new Predictors(Rows, columns, selected) { Categories = CategoriesOf(columns), Attributes = Attributes };
    }

    /// <summary>Other columns of the same rows; attributes stay, and of a categorical column that is still there its levels.</summary>
    public Predictors With(IReadOnlyList<string> columns, double[] columnMajorValues) =>
        new(Rows, columns, columnMajorValues) { Categories = CategoriesOf(columns), Attributes = Attributes };

    private IReadOnlyDictionary<string, Categories> CategoriesOf(IReadOnlyList<string> columns)
    {
        if (Categories.Count == 0)
            return NoCategories;
        var kept = new Dictionary<string, Categories>(StringComparer.Ordinal);
        foreach (var column in columns)
        {
            if (Categories.TryGetValue(column, out var categories))
                kept.Add(column, categories);
        }
        return kept;
    }

    private IReadOnlyDictionary<string, IReadOnlyList<string?>> SelectAttributes(ReadOnlySpan<int> rowIndexes)
    {
        if (Attributes.Count == 0)
            return NoAttributes;
        var selected = new Dictionary<string, IReadOnlyList<string?>>(StringComparer.Ordinal);
        foreach (var (name, texts) in Attributes)
        {
            var those = new string?[rowIndexes.Length];
            for (var r = 0; r < those.Length; r++)
                those[r] = texts[rowIndexes[r]];
            selected.Add(name, those);
        }
        return selected;
    }
}
