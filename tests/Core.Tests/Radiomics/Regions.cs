using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Core.Tests.Radiomics;

/// <summary>Small regions for tests.</summary>
internal static class Regions
{
    /// <summary>A region whose intensities are its levels; level 0 is outside.</summary>
    public static (RegionOfInterest Roi, DiscretisedRegion Levels) OfLevels(
        int countI, int countJ, int countK, int[] levels, int? levelCount = null)
    {
        var grid = GridGeometry.AxisAligned(countI, countJ, countK, 1, 1, 1);
        var mask = new Mask(grid, Array.ConvertAll(levels, l => l != 0 ? (byte)1 : (byte)0));
        var image = new Volume(grid, Array.ConvertAll(levels, l => (double)l), IntensityUnit.Arbitrary);
        return (new(image, mask, mask, null), new(grid, levels, levelCount ?? levels.Max(), 1));
    }

    /// <summary>A region of one row with these intensities.</summary>
    public static RegionOfInterest OfIntensities(params double[] intensities)
    {
        var grid = GridGeometry.AxisAligned(intensities.Length, 1, 1, 1, 1, 1);
        var mask = new Mask(grid, Array.ConvertAll(intensities, _ => (byte)1));
        return new(new(grid, intensities, IntensityUnit.Arbitrary), mask, mask, null);
    }

    public static Dictionary<string, double> Compute(
        IFeatureFamily family, RegionOfInterest roi, DiscretisedRegion? levels = null, IReadOnlyList<string>? aggregations = null) =>
        Compute(family, new FeatureInput(roi, levels, new([family.Key], aggregations ?? TextureAggregation.All)))
            .ToDictionary(v => v.Definition.Tag, v => v.Value);

    /// <summary>Every feature of the family with its reason, wanted or not.</summary>
    public static IReadOnlyList<FeatureValue> Compute(IFeatureFamily family, FeatureInput input)
    {
        var values = new FamilyValues(family);
        family.Compute(input, values);
        return [.. Enumerable.Range(0, family.Features.Count).Select(values.Read)];
    }
}
