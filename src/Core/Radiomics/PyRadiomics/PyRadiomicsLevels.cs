using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Radiomics.PyRadiomics;

/// <summary>
/// Grey levels as PyRadiomics makes them. Bin edges of a fixed width are multiples of the width, so that level = ⌊x/w⌋ − ⌊min/w⌋ + 1
/// whatever the resegmentation; bins of a fixed number lie between the region's minimum and maximum as in the standard, but a flat
/// region is in the middle one, ⌊N/2⌋ + 1, and there need not be two bins.
/// </summary>
internal static class PyRadiomicsLevels
{
    /// <exception cref="BadInputException"><c>settings.pyradiomics</c>; as <see cref="Discretiser.Discretise"/>.</exception>
    public static DiscretisedRegion Of(RegionOfInterest roi, PyRadiomicsFeatureSettings settings) =>
        TryOf(roi, settings, out var why) ?? throw Discretiser.TooManyLevels(why);

    /// <summary>The same; null where a fixed width would need too many levels, with the reason as a clause.</summary>
    /// <exception cref="BadInputException">As <see cref="Of"/>, except <c>discretise.too-many-levels</c>.</exception>
    public static DiscretisedRegion? TryOf(RegionOfInterest roi, PyRadiomicsFeatureSettings settings, out string? why)
    {
        ArgumentNullException.ThrowIfNull(roi);
        PyRadiomicsValidation.Check(settings);
        if (settings.BinCount is not { } bins)
            return Discretiser.TryFixedSizeFromMultiples(roi, settings.BinWidth, out why);
        why = null;
        // One bin holds everything; the standard's method begins at two.
        var levels = Discretiser.Discretise(roi, new(DiscretiseMethod.FBN, Bins: Math.Max(2, bins)));
        return levels.LevelCount == 1 ? Flat(levels, (bins / 2) + 1) : bins == 1 ? Flat(levels, 1) : levels;
    }

    private static DiscretisedRegion Flat(DiscretisedRegion levels, int level) =>
        levels with { Levels = Array.ConvertAll(levels.Levels, l => l == 0 ? 0 : level), LevelCount = level };
}
