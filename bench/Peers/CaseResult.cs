using RadiogenomicsCloud.Bench.Regions;
using RadiogenomicsCloud.Radiomics;
using RadiogenomicsCloud.Radiomics.Morphology;

namespace RadiogenomicsCloud.Bench.Peers;

/// <summary>What one case took: CPU milliseconds and mebibytes.</summary>
/// <param name="Families">Each family of the catalogue alone, with what it shares with others, without Moran's I and Geary's C.</param>
/// <param name="Total">All families with discretisation, shared work done once, without Moran's I and Geary's C.</param>
/// <param name="Pairs">Moran's I and Geary's C.</param>
internal sealed record CaseResult(
    BenchCase Case, int Voxels, IReadOnlyList<double> Families, double Total, double Pairs, double PeakWithoutPairs, double PeakWithPairs)
{
    /// <summary>Null where the case's data are absent.</summary>
    public static CaseResult? Measure(BenchCase bench, string data)
    {
        if (bench.Load(data) is not { } region)
            return null;
        var families = FeatureCatalogue.Families.Select(f => new FamilyRun(f, region, Wanted.WithoutPairs))
            .Select(run => CpuTime.Median(() => run.Compute())).ToArray();
        var total = CpuTime.Median(() => region.Extract(Wanted.WithoutPairs));
        var pairs = CpuTime.Median(() => SpatialAutocorrelation.Of(region.Roi, VoxelBox.Of(region.Roi.IntensityMask)!));
        var (without, with) = PeakMemory.Of(bench, data);
        return new(bench, region.Voxels, families, total, pairs, without, with);
    }
}
