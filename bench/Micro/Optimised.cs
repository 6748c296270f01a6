using BenchmarkDotNet.Attributes;
using RadiogenomicsCloud.Bench.Regions;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Bench.Micro;

/// <summary>A family on synthetic regions: 3D merged alone, and every aggregation, the latter to be set against the naive twin.</summary>
[MemoryDiagnoser]
public class Optimised<TFamily>
    where TFamily : IFeatureFamily, new()
{
    private FamilyRun merged = null!;
    private FamilyRun every = null!;

    [Params(10, 25, 50, 75, 100, 150)]
    public int Edge { get; set; }

    [GlobalSetup]
    public void Create()
    {
        var region = SyntheticRegion.Create(Edge);
        merged = new(new TFamily(), region, Wanted.WithoutPairs);
        every = new(new TFamily(), region, Wanted.EveryAggregation);
    }

    [Benchmark]
    public double Merged() => merged.Compute();

    [Benchmark]
    public double EveryAggregation() => every.Compute();
}
