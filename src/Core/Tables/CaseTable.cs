namespace RadiogenomicsCloud.Tables;

/// <summary>A column of a <see cref="CaseTable"/>; as long as the table has cases.</summary>
public abstract record TableColumn(string Name);

/// <summary>Numbers; missing is NaN, never 0.</summary>
public sealed record NumericColumn(string Name, double[] Values) : TableColumn(Name);

/// <summary>Text; missing is null, never empty.</summary>
public sealed record TextColumn(string Name, string?[] Values) : TableColumn(Name);

/// <summary>A typed case-by-column table. Case ids are unique, trimmed and compared ordinally; column names likewise.</summary>
public sealed class CaseTable
{
    public CaseTable(IReadOnlyList<string> caseIds, IReadOnlyList<TableColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(caseIds);
        ArgumentNullException.ThrowIfNull(columns);
        CaseIds = caseIds;
        Columns = columns;
    }

    public IReadOnlyList<string> CaseIds { get; }

    public IReadOnlyList<TableColumn> Columns { get; }
}
