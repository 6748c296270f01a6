namespace RadiogenomicsCloud.Radiomics;

/// <summary>Which features are wanted, and the options of families that have some.</summary>
/// <param name="Families">Family keys; the single key <c>all</c> means every family.</param>
/// <param name="Aggregations">Keys of <see cref="TextureAggregation"/>; null means <see cref="TextureAggregation.Default"/>.</param>
/// <param name="Except">Tags that are not wanted although their family is, for example <c>morph_moran_i</c>; null leaves out none.</param>
/// <param name="Texture">Distances and weights of the texture matrices; null means the standard's defaults.</param>
/// <param name="Ivh">How the intensity–volume histogram is discretised; null lets the image's unit decide.</param>
public sealed record FeatureSettings(
    IReadOnlyList<string> Families,
    IReadOnlyList<string>? Aggregations = null,
    IReadOnlyList<string>? Except = null,
    TextureSettings? Texture = null,
    IvhSettings? Ivh = null);
