using System.Globalization;
using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Radiomics;

/// <summary>What the families that read grey levels share.</summary>
internal static class GreyLevels
{
    /// <summary>
    /// The most bins a discretisation may have here. A stated limit of the product: it bounds the histograms, and nobody's image has
    /// a million meaningful levels.
    /// </summary>
    public const int MaximumCount = 1 << 20;

    /// <summary>Voxels per level; index 0 is unused (always 0), the last index is Ng.</summary>
    /// <exception cref="BadInputException">More than <see cref="MaximumCount"/> levels.</exception>
    public static int[] Histogram(DiscretisedRegion region)
    {
        if (region.LevelCount > MaximumCount)
        {
            throw new BadInputException(
                "discretise.too_many_levels",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The discretisation has {region.LevelCount} grey levels, more than {MaximumCount}; choose wider bins."));
        }
        var counts = new int[region.LevelCount + 1];
        foreach (var level in region.Levels)
            counts[level]++;
        counts[0] = 0;
        return counts;
    }
}
