namespace RadiogenomicsCloud.Preprocessing;

/// <summary>
/// Discretisation of the intensities in a region's intensity mask to grey levels 1..Ng.
/// Source: IBSI reference manual, "Intensity discretisation" (4R0B; FBN K15C, FBS Q3RU).
/// </summary>
public static class Discretiser
{
    /// <summary>A quotient this close to a bin edge (in bins) is on it: 0.3 / 0.1 belongs to the fourth bin although it computes below 3.</summary>
    private const double EdgeTolerance = 1e-9;

    /// <summary>
    /// FBS: level ⌊(x − m)/w⌋ + 1 with m the lower bound of the resegmentation range, or the ROI's minimum where there is none; Ng is
    /// the highest level that occurs. FBN: level ⌊N·(x − min)/(max − min)⌋ + 1, the maximum in level N; Ng = N. A flat region is all
    /// level 1; under FBN it then has Ng = 1 and a bin width of 0.
    /// </summary>
    /// <exception cref="BadInputException"><c>settings.discretise</c>; <c>discretise.too-many-levels</c> where FBS would need more than
    /// <see cref="SettingsValidation.MaxLevels"/> levels; <c>roi.empty</c> for an empty intensity mask; <c>image.not-finite</c>.</exception>
    public static DiscretisedRegion Discretise(RegionOfInterest roi, DiscretiseSettings settings) =>
        TryDiscretise(roi, settings, out var why) ?? throw TooManyLevels(why);

    /// <summary>The same; null where FBS would need too many levels, with the reason as a clause.</summary>
    /// <exception cref="BadInputException">As <see cref="Discretise"/>, except <c>discretise.too-many-levels</c>.</exception>
    internal static DiscretisedRegion? TryDiscretise(RegionOfInterest roi, DiscretiseSettings settings, out string? why)
    {
        ArgumentNullException.ThrowIfNull(roi);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        why = null;
        var (min, max) = Range(roi.Image.Values, roi.IntensityMask.Values);
        return settings.Method == DiscretiseMethod.FBS
            ? FixedSize(roi, roi.Resegmentation?.Low ?? min, min, max, settings.BinWidth!.Value, out why)
            : FixedNumber(roi, min, max, settings.Bins!.Value);
    }

    /// <summary>
    /// FBS with bin edges at the multiples of the width; level 1 is the bin of the region's minimum. Null where there would be too many
    /// levels, with the reason as a clause.
    /// </summary>
    /// <exception cref="BadInputException">As <see cref="Discretise"/>, except <c>discretise.too-many-levels</c>.</exception>
    internal static DiscretisedRegion? TryFixedSizeFromMultiples(RegionOfInterest roi, double width, out string? why)
    {
        var (min, max) = Range(roi.Image.Values, roi.IntensityMask.Values);
        return FixedSize(roi, Bin(min, 0, width) * width, min, max, width, out why);
    }

    internal static BadInputException TooManyLevels(string? why) =>
        new("discretise.too-many-levels", $"The region has no grey levels, because {why}.");

    private static DiscretisedRegion? FixedSize(
        RegionOfInterest roi, double anchor, double min, double max, double width, out string? why)
    {
        anchor = Math.Min(anchor, min);
        why = null;
        // Compared as floating point: a tiny width makes a quotient that no integer holds.
        if (!(Bin(max, anchor, width) < SettingsValidation.MaxLevels))
        {
            why = FormattableString.Invariant(
                $"a bin width of {width} on intensities from {anchor} to {max} makes more than {SettingsValidation.MaxLevels} grey levels; ")
                + "take wider bins or a narrower resegmentation range";
            return null;
        }
        var levels = new int[roi.Image.Values.Length];
        var (values, mask) = (roi.Image.Values, roi.IntensityMask.Values);
        for (var v = 0; v < levels.Length; v++)
            levels[v] = mask[v] != 0 ? (int)Bin(values[v], anchor, width) + 1 : 0;
        return new(roi.Image.Grid, levels, (int)Bin(max, anchor, width) + 1, width);
    }

    private static DiscretisedRegion FixedNumber(RegionOfInterest roi, double min, double max, int bins)
    {
        var levels = new int[roi.Image.Values.Length];
        var (values, mask) = (roi.Image.Values, roi.IntensityMask.Values);
        var edges = new FixedNumberBins(min, max, bins);
        for (var v = 0; v < levels.Length; v++)
        {
            if (mask[v] != 0)
                levels[v] = edges.LevelOf(values[v]);
        }
        return new(roi.Image.Grid, levels, edges.IsFlat ? 1 : bins, edges.Width);
    }

    /// <summary>Whole bins of this width from the anchor to an intensity, which is at or above it: its level by a fixed bin size, less 1.</summary>
    internal static double Bin(double value, double anchor, double width)
    {
        var quotient = (value - anchor) / width;
        var nearest = Math.Round(quotient);
        return Math.Abs(quotient - nearest) <= EdgeTolerance ? nearest : Math.Floor(quotient);
    }

    private static (double Min, double Max) Range(ReadOnlySpan<double> values, ReadOnlySpan<byte> mask)
    {
        var (min, max) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var v = 0; v < values.Length; v++)
        {
            if (mask[v] == 0)
                continue;
            if (!double.IsFinite(values[v]))
                throw new BadInputException("image.not-finite", "The region of interest has intensities that are not finite numbers.");
            min = Math.Min(min, values[v]);
            max = Math.Max(max, values[v]);
        }
        return min <= max ? (min, max) : throw new BadInputException("roi.empty", "The intensity mask of the region of interest has no voxel.");
    }
}
