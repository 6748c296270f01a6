using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Radiomics;

/// <summary>What the families that read grey levels share.</summary>
internal static class GreyLevels
{
    /// <summary>Voxels per level; index 0 is unused (always 0), the last index is Ng.</summary>
    /// <exception cref="BadInputException"><c>discretise.too-many-levels</c>: more than <see cref="SettingsValidation.MaxLevels"/>.</exception>
    public static int[] Histogram(DiscretisedRegion region)
    {
        if (region.LevelCount > SettingsValidation.MaxLevels)
        {
            throw new BadInputException("discretise.too-many-levels", FormattableString.Invariant(
                $"The discretisation has {region.LevelCount} grey levels, more than {SettingsValidation.MaxLevels}; choose wider bins."));
        }
        var counts = new int[region.LevelCount + 1];
        foreach (var level in region.Levels)
        {
            if (level != 0)
                counts[level]++;
        }
        return counts;
    }
}
