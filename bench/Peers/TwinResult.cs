using RadiogenomicsCloud.Bench.Regions;
using RadiogenomicsCloud.Core.Tests.Radiomics.Morphology;
using RadiogenomicsCloud.Radiomics;
using RadiogenomicsCloud.Radiomics.Morphology;

namespace RadiogenomicsCloud.Bench.Peers;

/// <summary>A piece of work beside its naive twin in one run: the ratio does not depend on the machine.</summary>
/// <param name="Name">A family, or <see cref="Pairs"/>.</param>
/// <param name="Difference">Largest relative difference of any feature.</param>
internal sealed record TwinResult(string Name, string Region, double Naive, double Ours, double Difference)
{
    /// <summary>The two features that compare all pairs of voxels.</summary>
    public const string Pairs = "Moran + Geary";

    /// <summary>Every family that has a twin, all aggregations in both; then the features of all pairs. Empty where the case's data are absent.</summary>
    public static IEnumerable<TwinResult> MeasureAll(BenchCase bench, string data)
    {
        if (bench.Load(data) is not { } region)
            yield break;
        foreach (var family in FeatureCatalogue.Families)
        {
            if (NaiveTwin.Of(family, region) is not { } twin)
                continue;
            var ours = new FamilyRun(family, region, Wanted.EveryAggregation);
            var values = region.Extract(Wanted.EveryAggregation with { Families = [family.Key] });
            yield return Measure(family.Key, bench, twin, () => ours.Compute(), values.ToDictionary(v => v.Definition.Tag, v => v.Value));
        }
        var (moran, geary, _) = OurPairs();
        yield return Measure(
            Pairs, bench, () => NaiveSpatialAutocorrelation.Compute(region.Roi), () => OurPairs(),
            new() { ["morph_moran_i"] = moran, ["morph_geary_c"] = geary });

        (double MoranI, double GearyC, string? Missing) OurPairs() =>
            SpatialAutocorrelation.Of(region.Roi, VoxelBox.Of(region.Roi.IntensityMask)!);
    }

    private static TwinResult Measure(
        string name, BenchCase bench, Func<IReadOnlyDictionary<string, double>> twin, Action ours, Dictionary<string, double> values)
    {
        var difference = twin().Where(n => values.ContainsKey(n.Key)).Max(n => Relative(values[n.Key], n.Value));
        return new(name, bench.Name, CpuTime.Median(() => twin()), CpuTime.Median(ours), difference);
    }

    private static double Relative(double ours, double naive) =>
        double.IsNaN(ours) && double.IsNaN(naive) || ours == naive ? 0 : Math.Abs(ours - naive) / Math.Max(Math.Abs(ours), Math.Abs(naive));
}
