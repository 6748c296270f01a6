using RadiogenomicsCloud.Bench.Regions;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Bench.Peers;

/// <summary>A family beside its naive twin in one run, all aggregations in both: the ratio does not depend on the machine.</summary>
/// <param name="Difference">Largest relative difference of any feature.</param>
internal sealed record TwinResult(string Family, string Region, double Naive, double Ours, double Difference)
{
    /// <summary>Null where the family has no twin.</summary>
    public static TwinResult? Measure(IFeatureFamily family, BenchCase bench, string data)
    {
        if (bench.Load(data) is not { } region || NaiveTwin.Of(family, region) is not { } twin)
            return null;
        var ours = new FamilyRun(family, region, Wanted.EveryAggregation);
        var values = region.Extract(Wanted.EveryAggregation with { Families = [family.Key] });
        var naive = twin();
        var difference = values.Where(v => naive.ContainsKey(v.Definition.Tag)).Max(v => Relative(v.Value, naive[v.Definition.Tag]));
        return new(family.Key, bench.Name, CpuTime.Median(() => twin()), CpuTime.Median(() => ours.Compute()), difference);
    }

    private static double Relative(double ours, double naive) =>
        double.IsNaN(ours) && double.IsNaN(naive) || ours == naive ? 0 : Math.Abs(ours - naive) / Math.Max(Math.Abs(ours), Math.Abs(naive));
}
