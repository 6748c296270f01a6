namespace RadiogenomicsCloud.Tables;

/// <summary>A column of a <see cref="CaseTable"/>; as long as the table has cases.</summary>
public abstract record TableColumn(string Name)
{
    public abstract int Count { get; }

    /// <summary>How many values are missing.</summary>
    public abstract int MissingCount { get; }

    /// <summary>The values at <paramref name="rowIndexes"/>, in that order; -1 gives a missing value.</summary>
    public abstract TableColumn SelectRows(ReadOnlySpan<int> rowIndexes);
}

/// <summary>Numbers; missing is NaN, never 0.</summary>
public sealed record NumericColumn(string Name, double[] Values) : TableColumn(Name)
{
    public override int Count => Values.Length;

    public override int MissingCount => Values.Count(double.IsNaN);

    public override NumericColumn SelectRows(ReadOnlySpan<int> rowIndexes)
    {
        var selected = new double[rowIndexes.Length];
        for (var r = 0; r < selected.Length; r++)
            selected[r] = rowIndexes[r] < 0 ? double.NaN : Values[rowIndexes[r]];
        return new NumericColumn(Name, selected);
    }
}

/// <summary>Text; missing is null, never empty.</summary>
public sealed record TextColumn(string Name, string?[] Values) : TableColumn(Name)
{
    public override int Count => Values.Length;

    public override int MissingCount => Values.Count(value => value is null);

    public override TextColumn SelectRows(ReadOnlySpan<int> rowIndexes)
    {
        var selected = new string?[rowIndexes.Length];
        for (var r = 0; r < selected.Length; r++)
            selected[r] = rowIndexes[r] < 0 ? null : Values[rowIndexes[r]];
        return new TextColumn(Name, selected);
    }
}
