namespace RadiogenomicsCloud.Pipeline.Steps.Results;

/// <summary>One file of a run's folder.</summary>
/// <param name="Name">Relative path with forward slashes.</param>
public sealed record RunFile(string Name, ArtifactRef Content);

/// <summary>All files of a run's folder, in ordinal order of their names.</summary>
/// <remarks>An outcome by itself and no artifact: what a step keeps must be named by its outcome, or nobody sees that it is lost.</remarks>
public sealed record RunFileList(IReadOnlyList<RunFile> Files);

/// <summary>Names of the files that a run writes.</summary>
public static class RunFileNames
{
    public const string Report = "report.html";
    public const string Features = "features.csv";
    public const string FeaturesParquet = "features.parquet";
    public const string Cases = "cases.csv";
    public const string Performance = "performance.json";
    public const string Explanations = "explanations.json";
    public const string Association = "association.json";
    public const string Associations = "associations.csv";
    public const string Endpoints = "endpoints.json";
    public const string EndpointsTable = "endpoints.csv";
    public const string Predictions = "predictions.csv";
    public const string Selection = "selection.csv";
    public const string Model = "model.json";
    public const string Provenance = "provenance.json";
    public const string Previews = "figures/previews.json";
}
