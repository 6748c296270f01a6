namespace RadiogenomicsCloud.Tables;

/// <summary>
/// A typed case-by-column table. Case ids are unique, trimmed and compared ordinally; column names likewise. Immutable: nothing that
/// receives it may write to its columns.
/// </summary>
public sealed class CaseTable
{
    private readonly Dictionary<string, int> rowByCase;
    private readonly Dictionary<string, int> columnByName;

    /// <param name="caseIds">One id a row, unique.</param>
    /// <param name="columns">Uniquely named, each as long as <paramref name="caseIds"/>.</param>
    /// <exception cref="ArgumentException">A repeated or blank name, or a column of another length: a bug of the caller, readers check before.</exception>
    public CaseTable(IReadOnlyList<string> caseIds, IReadOnlyList<TableColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(caseIds);
        ArgumentNullException.ThrowIfNull(columns);
        rowByCase = Index(caseIds, caseIds.Count, id => id, nameof(caseIds));
        columnByName = Index(columns, columns.Count, column => column.Name, nameof(columns));
        foreach (var column in columns)
            if (column.Count != caseIds.Count)
                throw new ArgumentException($"Column '{column.Name}' has {column.Count} values for {caseIds.Count} cases.", nameof(columns));
        CaseIds = caseIds;
        Columns = columns;
    }

    /// <summary>Row order of every column.</summary>
    public IReadOnlyList<string> CaseIds { get; }

    public IReadOnlyList<TableColumn> Columns { get; }

    public int CaseCount => CaseIds.Count;

    /// <summary>Row of a case, or -1.</summary>
    public int IndexOf(string caseId) => rowByCase.TryGetValue(caseId, out var row) ? row : -1;

    public bool ContainsCase(string caseId) => rowByCase.ContainsKey(caseId);

    /// <summary>The column of that name, or null.</summary>
    public TableColumn? FindColumn(string name) => columnByName.TryGetValue(name, out var column) ? Columns[column] : null;

    /// <summary>The column of that name.</summary>
    /// <exception cref="BadInputException"><c>table.missing-column</c>: names the nearest column and lists those there are.</exception>
    public TableColumn Column(string name) =>
        FindColumn(name) ?? throw MissingColumn(name, Columns.Select(column => column.Name).ToList(), where: null);

    /// <summary>The numeric column of that name.</summary>
    /// <exception cref="BadInputException"><c>table.missing-column</c>, or <c>table.not-numeric</c> naming the first cells that hold text.</exception>
    public NumericColumn Numeric(string name) => Column(name) switch
    {
        NumericColumn numeric => numeric,
        TextColumn text => throw NumericCoercion.NotNumeric(this, text),
        var other => throw new InvalidOperationException($"Column type {other.GetType().Name} is not known."),
    };

    /// <summary>The rows at <paramref name="rowIndexes"/>, in that order, each at most once.</summary>
    public CaseTable SelectRows(ReadOnlySpan<int> rowIndexes)
    {
        var ids = new string[rowIndexes.Length];
        for (var r = 0; r < ids.Length; r++)
            ids[r] = CaseIds[rowIndexes[r]];
        var columns = new TableColumn[Columns.Count];
        for (var c = 0; c < columns.Length; c++)
            columns[c] = Columns[c].SelectRows(rowIndexes);
        return new CaseTable(ids, columns);
    }

    /// <summary>One row for each of <paramref name="caseIds"/>, in that order; a case that this table lacks is missing in every column.</summary>
    public CaseTable SelectCases(IReadOnlyList<string> caseIds)
    {
        ArgumentNullException.ThrowIfNull(caseIds);
        var rows = new int[caseIds.Count];
        for (var r = 0; r < rows.Length; r++)
            rows[r] = IndexOf(caseIds[r]);
        return new CaseTable(caseIds, Columns.Select(column => column.SelectRows(rows)).ToArray());
    }

    /// <summary>The columns of those names, in that order.</summary>
    /// <exception cref="BadInputException"><c>table.missing-column</c>.</exception>
    public CaseTable SelectColumns(IEnumerable<string> names) => new(CaseIds, names.Select(Column).ToArray());

    /// <summary>
    /// This table with the columns of <paramref name="other"/> appended (a left join on equal case ids): the rows are those of this
    /// table, and a case that <paramref name="other"/> lacks is missing in its columns.
    /// </summary>
    /// <exception cref="BadInputException"><c>table.duplicate-column</c>: both have a column of one name.</exception>
    public CaseTable Join(CaseTable other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var column in other.Columns)
            if (columnByName.ContainsKey(column.Name))
                throw new BadInputException(
                    "table.duplicate-column",
                    $"Two tables that are joined both have a column {CellText.Quote(column.Name)}; rename it in one of them.",
                    column.Name);
        return new CaseTable(CaseIds, [.. Columns, .. other.SelectCases(CaseIds).Columns]);
    }

    internal static BadInputException MissingColumn(string name, IReadOnlyList<string> columns, string? where)
    {
        var near = NearestName.Find(name, columns);
        var hint = near is null ? "." : $"; did you mean {CellText.Quote(near)}?";
        var place = where is null ? "" : $" in {where}";
        return new BadInputException(
            "table.missing-column",
            $"There is no column {CellText.Quote(name)}{place}{hint} The columns are: {CellText.List(columns)}.",
            where ?? name);
    }

    private static Dictionary<string, int> Index<T>(IReadOnlyList<T> items, int count, Func<T, string> name, string parameter)
    {
        var index = new Dictionary<string, int>(count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var key = name(items[i]);
            if (string.IsNullOrWhiteSpace(key))
                throw new ArgumentException($"Item {i} has no name.", parameter);
            if (!index.TryAdd(key, i))
                throw new ArgumentException($"'{key}' occurs twice.", parameter);
        }
        return index;
    }
}
