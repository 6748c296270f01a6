namespace RadiogenomicsCloud.Service.Ports;

/// <summary>The areas that every storage has. Those of partners are made as they are invited and begin with <see cref="ExchangePrefix"/>.</summary>
public static class AreaNames
{
    /// <summary>Cohorts as uploaded: one prefix each, the name of the cohort.</summary>
    public const string Cohorts = "cohorts";

    /// <summary>Results as published: <c>COHORT/RUN/report.html</c> and so on. Written once.</summary>
    public const string Results = "results";

    /// <summary>Artifacts, outcomes and the ledgers of runs: what the pipeline keeps.</summary>
    public const string Store = "store";

    public const string ExchangePrefix = "x-";
}
