namespace RadiogenomicsCloud.Radiomics;

/// <summary>One feature of one region.</summary>
/// <param name="Value">In the definition's unit; NaN where the feature is undefined for this region. Never infinite.</param>
public sealed record FeatureValue(FeatureDefinition Definition, double Value);
