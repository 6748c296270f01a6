using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Radiomics.PyRadiomics;

/// <summary>Computes the measures of the standard that PyRadiomics' features are made of, and makes them.</summary>
internal static class PyRadiomicsView
{
    /// <summary>Nothing of PyRadiomics is made of these, and they compare all pairs of voxels.</summary>
    private static readonly string[] Costly = ["morph_moran_i", "morph_geary_c"];

    public static IReadOnlyList<FeatureValue> Extract(RegionOfInterest roi, PyRadiomicsFeatureSettings settings, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(roi);
        PyRadiomicsValidation.Check(settings);
        var wanted = Wanted(settings);
        string? whyNoLevels = null;
        var levels = wanted.Any(NeedsLevels) ? PyRadiomicsLevels.TryOf(roi, settings, out whyNoLevels) : null;
        // A width that makes too many levels of an outlier costs only what is made of levels.
        bool CannotBe(PyRadiomicsFeature feature) => whyNoLevels is not null && NeedsLevels(feature);
        var possible = wanted.Where(f => !CannotBe(f)).ToList();
        var axis = settings.SliceAxis ?? 0;
        var planes = levels?.WithSlicesAcross(axis);
        var input = new PyRadiomicsInput(roi, planes, settings);

        var ofRegion = possible.Where(f => !IsTexture(f)).ToList();
        input.Add(Standard(roi, levels, settings, ofRegion, cancel));
        var ofMatrices = possible.Where(f => f.Class is PyRadiomicsCatalogue.Glszm or PyRadiomicsCatalogue.Gldm).ToList();
        if (ofMatrices.Count > 0)
            input.Add(Standard(roi.WithSlicesAcross(axis), planes, settings, ofMatrices, cancel));

        var results = new List<FeatureValue>();
        foreach (var feature in wanted)
        {
            cancel.ThrowIfCancellationRequested();
            results.Add(CannotBe(feature) ? Make(feature, double.NaN, whyNoLevels) : Value(feature, input));
        }
        return results;
    }

    /// <summary>The features that are asked for, each once, in the catalogue's order.</summary>
    public static List<PyRadiomicsFeature> Wanted(PyRadiomicsFeatureSettings settings)
    {
        var asked = (settings.Features ?? PyRadiomicsCatalogue.Default).ToHashSet();
        return [.. PyRadiomicsCatalogue.Features.Where(asked.Contains)];
    }

    private static FeatureValue Value(PyRadiomicsFeature feature, PyRadiomicsInput input)
    {
        if (PyRadiomicsDeviations.Find(feature) is { } deviation)
            return Make(feature, deviation(input), MissingDeviation(feature, input));
        if (feature.Class is PyRadiomicsCatalogue.Glcm or PyRadiomicsCatalogue.Glrlm or PyRadiomicsCatalogue.Ngtdm)
            return Make(feature, input.Measure(feature), MissingMatrix(feature, input));
        var standard = input.Standard(Tag(feature, input.Settings));
        return Make(feature, standard.Value, standard.Missing);
    }

    private static FeatureValue Make(PyRadiomicsFeature feature, double value, string? missing) =>
        double.IsFinite(value) ? new(feature.Definition, value) : new(feature.Definition, double.NaN, missing ?? FamilyValues.Overflow);

    private static string? MissingDeviation(PyRadiomicsFeature feature, PyRadiomicsInput input) => feature switch
    {
        { IbsiTag: { } tag } => input.Standard(tag).Missing,
        { Class: PyRadiomicsCatalogue.Glcm } => MissingMcc(input),
        _ => FeatureInput.EmptyRegion,
    };

    private static string MissingMatrix(PyRadiomicsFeature feature, PyRadiomicsInput input) => (input.Levels, feature.Class) switch
    {
        (null, _) => FeatureInput.EmptyRegion,
        (_, PyRadiomicsCatalogue.Glcm) => "no two voxels of the region are neighbours",
        (_, PyRadiomicsCatalogue.Glrlm) => "no line in any direction holds two voxels of the region",
        _ => FamilyValues.Overflow,
    };

    private static string MissingMcc(PyRadiomicsInput input) => input.Levels?.OccupiedCount > MaximalCorrelation.MaximumLevels
        ? FormattableString.Invariant(
            $"the region has {input.Levels.OccupiedCount} different grey levels, and eigenvalues are computed of at most {MaximalCorrelation.MaximumLevels}")
        : "no two voxels of the region are neighbours";

    /// <summary>The standard's features of the families behind the wanted ones.</summary>
    private static IReadOnlyList<FeatureValue> Standard(
        RegionOfInterest roi, DiscretisedRegion? levels, PyRadiomicsFeatureSettings settings, List<PyRadiomicsFeature> wanted, CancellationToken cancel)
    {
        var needed = wanted.Where(f => f.IbsiTag is not null).Select(f => FeatureCatalogue.Find(Tag(f, settings))!).Distinct().ToList();
        if (needed.Count == 0)
            return [];
        var families = needed.Select(f => f.Family).Distinct().ToList();
        var aggregations = needed.Select(f => f.Aggregation).OfType<string>().Distinct().ToList();
        return FeatureExtractor.Extract(
            roi,
            levels,
            new(
                families, aggregations.Count > 0 ? aggregations : null, Costly,
                new TextureSettings(NgldmCoarseness: settings.DependenceCutoff)),
            cancel);
    }

    private static string Tag(PyRadiomicsFeature feature, PyRadiomicsFeatureSettings settings) => IsTexture(feature)
        ? $"{feature.IbsiTag}_{(settings.SliceAxis is null ? TextureAggregation.ThreeDimensional : TextureAggregation.TwoAndAHalfDimensional)}"
        : feature.IbsiTag!;

    private static bool IsTexture(PyRadiomicsFeature feature) => feature.Class is not (PyRadiomicsCatalogue.Shape or PyRadiomicsCatalogue.FirstOrder);

    private static bool NeedsLevels(PyRadiomicsFeature feature) =>
        IsTexture(feature) || (feature.IbsiTag is { } tag && FeatureCatalogue.Find(tag)?.Family == "intensity_histogram");
}
