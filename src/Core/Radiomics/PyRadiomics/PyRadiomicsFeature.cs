namespace RadiogenomicsCloud.Radiomics.PyRadiomics;

/// <summary>A feature of PyRadiomics and where its value comes from.</summary>
/// <param name="Class">The feature class, for example <c>glcm</c>.</param>
/// <param name="Name">The name within the class, for example <c>JointEntropy</c>.</param>
/// <param name="IbsiTag">The feature of the IBSI that it is or is computed from, without aggregation; null where the standard has none.</param>
/// <param name="Difference">How it differs from that feature, in one or two sentences; null where both are the same.</param>
/// <param name="Unit">Of the value.</param>
/// <param name="IsDeprecated">Computed only where it is named, as in PyRadiomics.</param>
public sealed record PyRadiomicsFeature(
    string Class, string Name, string? IbsiTag, string? Difference = null, string Unit = "1", bool IsDeprecated = false)
{
    /// <summary>The name in tables: <c>original_glcm_JointEntropy</c>.</summary>
    public string ColumnName => $"original_{Class}_{Name}";

    /// <summary>As values carry it: tag and name are PyRadiomics', the IBSI code is empty where the standard has no such feature.</summary>
    public FeatureDefinition Definition => new(ColumnName, IbsiCode, Name, Class, null, Unit);

    private string IbsiCode => IbsiTag is null
        ? ""
        : FeatureCatalogue.Features.FirstOrDefault(f => f.Tag == IbsiTag || f.Tag.StartsWith(IbsiTag + "_", StringComparison.Ordinal))?.IbsiCode ?? "";
}
