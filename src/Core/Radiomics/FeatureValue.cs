namespace RadiogenomicsCloud.Radiomics;

/// <summary>One feature of one region.</summary>
/// <param name="Value">In the definition's unit; NaN where the feature is undefined for this region. Never infinite.</param>
/// <param name="Missing">Why there is no value, as a clause without a full stop ("the region is one voxel"); null where there is one.</param>
public sealed record FeatureValue(FeatureDefinition Definition, double Value, string? Missing = null);
