namespace RadiogenomicsCloud.Radiomics;

/// <summary>The features of one region, and what has to be said about them.</summary>
/// <param name="Values">As <see cref="FeatureExtractor"/> returns them, NaN where undefined.</param>
/// <param name="Warnings">One sentence each: of the region, then of missing values (<see cref="MissingValues.Describe"/>).</param>
public sealed record ExtractedFeatures(IReadOnlyList<FeatureValue> Values, IReadOnlyList<string> Warnings);
