using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using RadiogenomicsCloud.Bench.Regions;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Bench.Micro;

/// <summary>The benchmark classes: one per family of the catalogue, and one per naive twin that there is.</summary>
internal static class MicroBenchmarks
{
    public static Type[] Types { get; } =
    [
        .. FeatureCatalogue.Families.Select(f => typeof(Optimised<>).MakeGenericType(f.GetType())),
        .. from family in FeatureCatalogue.Families
           where NaiveTwin.Of(family, SyntheticRegion.Create(10)) is not null
           select typeof(Naive<>).MakeGenericType(family.GetType()),
    ];
}

/// <summary>In this process: nothing is generated and built, so that a run needs no SDK settings of its own.</summary>
internal sealed class InProcessConfig : ManualConfig
{
    public InProcessConfig()
    {
        Add(DefaultConfig.Instance);
        AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance));
    }
}
