using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Radiomics;

/// <summary>One family of IBSI features. Stateless and safe to call from several threads.</summary>
public interface IFeatureFamily
{
    /// <summary>Key in the study file's <c>families</c> list: <c>morphology</c>, <c>intensity_statistics</c>, <c>intensity_histogram</c>, <c>glcm</c>.</summary>
    string Key { get; }

    /// <summary>Whether <see cref="Compute"/> needs grey levels.</summary>
    bool NeedsDiscretisation { get; }

    /// <summary>All features of the family, in catalogue order, every aggregation included.</summary>
    IReadOnlyList<FeatureDefinition> Features { get; }

    /// <summary>
    /// Computes the features. <paramref name="values"/> is aligned with <see cref="Features"/> and arrives filled with NaN;
    /// a feature that is undefined for this ROI, or not asked for by <paramref name="settings"/>, stays NaN.
    /// </summary>
    void Compute(RegionOfInterest roi, DiscretisedRegion? discretised, FeatureSettings settings, Span<double> values);
}

/// <summary>Which features are wanted, and the options of families that have some.</summary>
/// <param name="Families">Family keys; the single key <c>all</c> means every family.</param>
/// <param name="Aggregations">Aggregation keys of texture matrices, for example <c>3D_avg</c>, <c>3D_comb</c>; null means those two.</param>
public sealed record FeatureSettings(IReadOnlyList<string> Families, IReadOnlyList<string>? Aggregations = null);
