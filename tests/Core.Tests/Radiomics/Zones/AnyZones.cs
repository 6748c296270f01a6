using CsCheck;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.Zones;

/// <summary>Random regions for the families of zones, and how they are held against their naive twins.</summary>
internal static class AnyZones
{
    /// <summary>Sparse to full, flat to many levels, one voxel thin to 360 voxels; a morphological mask as large as or larger than the intensity mask.</summary>
    public static readonly Gen<(RegionOfInterest Roi, DiscretisedRegion Levels)> Region =
        from countI in Gen.Int[1, 9]
        from countJ in Gen.Int[1, 8]
        from countK in Gen.Int[1, 5]
        from levelCount in Gen.OneOf(Gen.Int[1, 3], Gen.Int[1, 40])
        from density in Gen.Int[1, 10]
        from more in Gen.Int[0, 10]
        from draws in Gen.Select(Gen.Int[1, 10], Gen.Int[1, levelCount], Gen.Int[1, 10]).Array[countI * countJ * countK]
        let levels = draws.Select(d => d.Item1 <= density ? d.Item2 : 0).ToArray()
        let morphology = draws.Select((d, v) => levels[v] != 0 || d.Item3 <= more ? (byte)1 : (byte)0).ToArray()
        select Of(countI, countJ, countK, levels, morphology, levelCount);

    public static (RegionOfInterest Roi, DiscretisedRegion Levels) Of(
        int countI, int countJ, int countK, int[] levels, byte[] morphology, int? levelCount = null)
    {
        var (roi, region) = Regions.OfLevels(countI, countJ, countK, levels, levelCount);
        return (roi with { MorphologicalMask = new Mask(roi.Image.Grid, morphology) }, region);
    }

    /// <summary>Equal to rounding, and missing where the twin has no value.</summary>
    public static void AssertEqual(Dictionary<string, double> expected, Dictionary<string, double> actual)
    {
        foreach (var (tag, value) in actual)
        {
            var wanted = expected.GetValueOrDefault(tag, double.NaN);
            Assert.True(
                double.IsNaN(wanted) ? double.IsNaN(value) : Math.Abs(value - wanted) <= 1e-11 * Math.Max(1, Math.Abs(wanted)),
                $"{tag}: {value} is not {wanted}");
        }
    }
}
