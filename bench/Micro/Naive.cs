using BenchmarkDotNet.Attributes;
using RadiogenomicsCloud.Bench.Regions;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Bench.Micro;

/// <summary>The naive twin of a family where it ends within seconds; its ratio to <see cref="Optimised{TFamily}.EveryAggregation"/> does not depend on the machine.</summary>
public class Naive<TFamily>
    where TFamily : IFeatureFamily, new()
{
    private Func<IReadOnlyDictionary<string, double>> twin = null!;

    [Params(10, NaiveTwin.LargestEdge)]
    public int Edge { get; set; }

    [GlobalSetup]
    public void Create() =>
        twin = NaiveTwin.Of(new TFamily(), SyntheticRegion.Create(Edge)) ?? throw new InvalidOperationException("This family has no naive twin.");

    [Benchmark]
    public int EveryAggregation() => twin().Count;
}
