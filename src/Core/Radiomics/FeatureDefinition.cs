namespace RadiogenomicsCloud.Radiomics;

/// <summary>What one feature is.</summary>
/// <param name="Tag">The tag of the IBSI reference tables, for example <c>cm_joint_entr_3D_comb</c>; unique.</param>
/// <param name="IbsiCode">The IBSI permanent identifier of the feature, for example <c>TU9B</c>.</param>
/// <param name="Name">The standard's name of it, for example "Joint entropy".</param>
/// <param name="Family">Key of its family in the study file, for example <c>glcm</c>.</param>
/// <param name="Aggregation">Key of the aggregation, for example <c>3D_comb</c>; null where the family has none.</param>
/// <param name="Unit">Unit of the value: <c>mm³</c>, <c>1</c> for dimensionless, <c>intensity</c> for the image's own unit.</param>
public sealed record FeatureDefinition(string Tag, string IbsiCode, string Name, string Family, string? Aggregation, string Unit);
