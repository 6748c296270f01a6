namespace RadiogenomicsCloud.Service.Ports;

/// <summary>First folders below <see cref="AreaNames.Results"/> that are not the name of a cohort.</summary>
public static class ResultPrefixes
{
    /// <summary>Aggregates of exchanges.</summary>
    public const string Exchanges = "exchanges";

    /// <summary>Looks at locked models.</summary>
    public const string Revalidation = "revalidation";

    public static IReadOnlyCollection<string> Reserved { get; } = new SortedSet<string>(StringComparer.Ordinal) { Exchanges, Revalidation };
}
