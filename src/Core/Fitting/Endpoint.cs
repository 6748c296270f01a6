namespace RadiogenomicsCloud.Fitting;

/// <summary>What is predicted; one value a row, never missing (rows without an endpoint are not analysed).</summary>
public abstract record Endpoint(string Name)
{
    public abstract EndpointKind Kind { get; }

    public abstract int Count { get; }

    /// <summary>The values at <paramref name="rowIndexes"/>, in that order; an index may repeat.</summary>
    public abstract Endpoint SelectRows(ReadOnlySpan<int> rowIndexes);

    private protected static T[] At<T>(T[] values, ReadOnlySpan<int> rowIndexes)
    {
        var selected = new T[rowIndexes.Length];
        for (var r = 0; r < rowIndexes.Length; r++)
            selected[r] = values[rowIndexes[r]];
        return selected;
    }
}

/// <summary>An endpoint of two classes; true is the event.</summary>
/// <param name="EventLabel">The label of the event in the clinical table, for example <c>1</c>.</param>
/// <param name="ReferenceLabel">The label of the other class.</param>
public sealed record BinaryEndpoint(string Name, string EventLabel, string ReferenceLabel, bool[] Values) : Endpoint(Name)
{
    public override EndpointKind Kind => EndpointKind.Binary;

    public override int Count => Values.Length;

    public int EventCount => Values.Count(v => v);

    public override Endpoint SelectRows(ReadOnlySpan<int> rowIndexes) => this with { Values = At(Values, rowIndexes) };
}

/// <summary>An endpoint of three or more classes without order.</summary>
/// <param name="Labels">Of the classes, in ordinal order of their text; all of them, also where a resample has none of one.</param>
/// <param name="Values">The class of each row as its place in <paramref name="Labels"/>.</param>
public sealed record MulticlassEndpoint(string Name, IReadOnlyList<string> Labels, int[] Values) : Endpoint(Name)
{
    public override EndpointKind Kind => EndpointKind.Multiclass;

    public override int Count => Values.Length;

    /// <summary>Rows of the class of fewest rows, which may be none.</summary>
    public int Rarest => Labels.Select((_, place) => Values.Count(value => value == place)).Min();

    public override Endpoint SelectRows(ReadOnlySpan<int> rowIndexes) => this with { Values = At(Values, rowIndexes) };
}

/// <summary>An endpoint that is a finite number.</summary>
public sealed record ContinuousEndpoint(string Name, double[] Values) : Endpoint(Name)
{
    public override EndpointKind Kind => EndpointKind.Continuous;

    public override int Count => Values.Length;

    public override Endpoint SelectRows(ReadOnlySpan<int> rowIndexes) => this with { Values = At(Values, rowIndexes) };
}

/// <summary>An endpoint that is a time, right-censored.</summary>
/// <param name="Times">Follow-up, at least 0, in the unit of the clinical table.</param>
/// <param name="Events">Whether the event happened at that time; otherwise it had not until then.</param>
/// <remarks>
/// Where another event may come first, that one ends the follow-up as censoring does: hazards, survival and concordance are cause-specific.
/// </remarks>
public sealed record SurvivalEndpoint(string Name, double[] Times, bool[] Events) : Endpoint(Name)
{
    /// <summary>
    /// Whether a competing event, after which the event can no longer happen, ended the time; null where the study names none. Nothing is
    /// learned from it: it is for what is observed (cumulative incidence).
    /// </summary>
    public bool[]? Competing { get; init; }

    public int CompetingCount => Competing?.Count(v => v) ?? 0;

    public override EndpointKind Kind => EndpointKind.Survival;

    public override int Count => Times.Length;

    public int EventCount => Events.Count(v => v);

    public override Endpoint SelectRows(ReadOnlySpan<int> rowIndexes) => this with
    {
        Times = At(Times, rowIndexes),
        Events = At(Events, rowIndexes),
        Competing = Competing is null ? null : At(Competing, rowIndexes),
    };

    /// <summary>Of each row 1 for the event, 2 for a competing one, 0 for neither.</summary>
    public int[] Causes()
    {
        var causes = new int[Count];
        for (var r = 0; r < causes.Length; r++)
            causes[r] = Events[r] ? 1 : Competing is not null && Competing[r] ? 2 : 0;
        return causes;
    }
}
