using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Radiomics.PyRadiomics;

/// <summary>Computes the standard's features that PyRadiomics' are made of, and makes them.</summary>
internal static class PyRadiomicsView
{
    private const string IntensityHistogram = "intensity_histogram";

    public static IReadOnlyList<FeatureValue> Extract(RegionOfInterest roi, PyRadiomicsFeatureSettings settings, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(roi);
        PyRadiomicsValidation.Check(settings);
        var wanted = PyRadiomicsCatalogue.Features.Where((settings.Features ?? PyRadiomicsCatalogue.Default).Contains).ToList();
        var levels = wanted.Any(NeedsLevels) ? PyRadiomicsLevels.Of(roi, settings) : null;
        var axis = settings.SliceAxis ?? 0;
        var input = new PyRadiomicsInput(roi, levels?.WithSlicesAcross(axis), settings);

        var untextured = wanted.Where(f => !IsTexture(f)).ToList();
        input.Add(Standard(roi, levels, input, untextured, cancel));
        var textured = wanted.Where(IsTexture).ToList();
        input.Add(Standard(textured.Count > 0 ? roi.WithSlicesAcross(axis) : roi, input.Discretised, input, textured, cancel));

        var runs = RunDeviations.Of(input, wanted);
        var results = new List<FeatureValue>();
        foreach (var feature in wanted)
        {
            cancel.ThrowIfCancellationRequested();
            results.Add(Value(feature, input, runs));
        }
        return results;
    }

    private static FeatureValue Value(PyRadiomicsFeature feature, PyRadiomicsInput input, RunDeviations? runs)
    {
        var standard = feature.IbsiTag is { } tag && feature.Class != PyRadiomicsCatalogue.Ngtdm ? input.Standard(tag) : null;
        if (feature.Class == PyRadiomicsCatalogue.Glrlm && runs is not null)
            return Make(feature, runs.Value(feature, standard!.Value), runs.Missing ?? standard.Missing);
        var value = PyRadiomicsDeviations.Find(feature) is { } deviation ? deviation(input) : standard!.Value;
        return Make(feature, value, standard?.Missing ?? (feature.Name == "MCC" ? MissingMcc(input) : FamilyValues.Overflow));
    }

    private static FeatureValue Make(PyRadiomicsFeature feature, double value, string? missing) =>
        double.IsFinite(value) ? new(feature.Definition, value) : new(feature.Definition, double.NaN, missing);

    private static string MissingMcc(PyRadiomicsInput input) => input.Levels?.OccupiedCount > MaximalCorrelation.MaximumLevels
        ? FormattableString.Invariant(
            $"the region has {input.Levels.OccupiedCount} different grey levels, and its eigenvalues are computed for at most {MaximalCorrelation.MaximumLevels}")
        : "no two voxels of the region are neighbours";

    /// <summary>The standard's features behind the wanted ones, and no costly ones beside.</summary>
    private static IReadOnlyList<FeatureValue> Standard(
        RegionOfInterest roi, DiscretisedRegion? levels, PyRadiomicsInput input, List<PyRadiomicsFeature> wanted, CancellationToken cancel)
    {
        var needed = wanted.Where(f => f.IbsiTag is not null && f.Class != PyRadiomicsCatalogue.Ngtdm)
            .Select(f => FeatureCatalogue.Find(input.Tag(f.IbsiTag!))!).Distinct().ToList();
        if (needed.Count == 0)
            return [];
        var families = needed.Select(f => f.Family).Distinct().ToList();
        var tags = needed.Select(f => f.Tag).ToHashSet(StringComparer.Ordinal);
        var aggregations = needed.Select(f => f.Aggregation).OfType<string>().Distinct().ToList();
        var settings = new FeatureSettings(
            families,
            aggregations.Count > 0 ? aggregations : null,
            [.. FeatureCatalogue.Features.Where(f => families.Contains(f.Family) && f.Aggregation is null && !tags.Contains(f.Tag)).Select(f => f.Tag)],
            new TextureSettings(NgldmCoarseness: input.Settings.DependenceCutoff));
        return FeatureExtractor.Extract(roi, levels, settings, cancel);
    }

    private static bool IsTexture(PyRadiomicsFeature feature) => feature.Class is not (PyRadiomicsCatalogue.Shape or PyRadiomicsCatalogue.FirstOrder);

    private static bool NeedsLevels(PyRadiomicsFeature feature) =>
        IsTexture(feature) || (feature.IbsiTag is { } tag && FeatureCatalogue.Find(tag)?.Family == IntensityHistogram);
}
