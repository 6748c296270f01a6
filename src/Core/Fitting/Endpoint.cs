namespace RadiogenomicsCloud.Fitting;

/// <summary>What is predicted; one value a row, never missing (rows without an endpoint are not analysed).</summary>
public abstract record Endpoint(string Name)
{
    public abstract int Count { get; }

    /// <summary>The values at <paramref name="rowIndexes"/>, in that order; an index may repeat.</summary>
    public abstract Endpoint SelectRows(ReadOnlySpan<int> rowIndexes);
}

/// <summary>An endpoint of two classes; true is the event.</summary>
/// <param name="EventLabel">The label of the event in the clinical table, for example <c>1</c>.</param>
/// <param name="ReferenceLabel">The label of the other class.</param>
public sealed record BinaryEndpoint(string Name, string EventLabel, string ReferenceLabel, bool[] Values) : Endpoint(Name)
{
    public override int Count => Values.Length;

    public int EventCount => Values.Count(v => v);

    public override Endpoint SelectRows(ReadOnlySpan<int> rowIndexes)
    {
        var selected = new bool[rowIndexes.Length];
        for (var r = 0; r < rowIndexes.Length; r++)
            selected[r] = Values[rowIndexes[r]];
        return this with { Values = selected };
    }
}
