using CsCheck;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.Neighbourhoods;

/// <summary>Random regions for the matrices of neighbourhoods, from empty to full, with few and with many levels.</summary>
internal static class AnyLevels
{
    /// <param name="maxI">Voxels along i; rows longer than a vector show its lanes and its rest.</param>
    public static Gen<DiscretisedRegion> Region(int maxI) =>
        from countI in Gen.Int[1, maxI]
        from countJ in Gen.Int[1, 5]
        from countK in Gen.Int[1, 4]
        from levelCount in Gen.OneOf(Gen.Int[1, 3], Gen.Int[1, 40])
        from density in Gen.Int[1, 10]
        from draws in Gen.Select(Gen.Int[1, 10], Gen.Int[1, levelCount]).Array[countI * countJ * countK]
        select new DiscretisedRegion(
            GridGeometry.AxisAligned(countI, countJ, countK, 1, 1, 1), [.. draws.Select(d => d.Item1 <= density ? d.Item2 : 0)], levelCount, 1);

    /// <summary>Every feature of a family with these options, in all aggregations.</summary>
    public static Dictionary<string, double> Compute(IFeatureFamily family, DiscretisedRegion region, TextureSettings options)
    {
        var mask = new Mask(region.Grid, [.. region.Levels.Select(l => l != 0 ? (byte)1 : (byte)0)]);
        var image = new Volume(region.Grid, [.. region.Levels.Select(l => (double)l)], IntensityUnit.Arbitrary);
        var input = new FeatureInput(new(image, mask, mask, null), region, new([family.Key], TextureAggregation.All, Texture: options));
        return Regions.Compute(family, input).ToDictionary(v => v.Definition.Tag, v => v.Value);
    }

    /// <summary>The same values, and values missing in the same places.</summary>
    public static void AssertEqual(Dictionary<string, double> expected, Dictionary<string, double> actual)
    {
        foreach (var (tag, value) in actual)
        {
            var wanted = expected.GetValueOrDefault(tag, double.NaN);
            Assert.True(
                double.IsNaN(wanted) ? double.IsNaN(value) : Math.Abs(value - wanted) <= 1e-10 * Math.Max(1e-3, Math.Abs(wanted)),
                $"{tag}: {value} is not {wanted}");
        }
    }
}
