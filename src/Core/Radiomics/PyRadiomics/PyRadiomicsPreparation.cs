using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Radiomics.PyRadiomics;

/// <summary>
/// From image to region in PyRadiomics' order: normalisation, resampling, checks of the mask, resegmentation, checks again.
/// Image and mask share their grid; where PyRadiomics would bring a mask of another grid over, this refuses.
/// </summary>
internal static class PyRadiomicsPreparation
{
    /// <summary>
    /// Prepares one region. An image of whole numbers alone counts as one of integer pixels: its resampled intensities are cut towards
    /// zero to whole numbers, as ITK casts them. All else is computed in double precision, where PyRadiomics keeps the image's pixel type.
    /// </summary>
    /// <exception cref="BadInputException">
    /// <c>settings.pyradiomics</c>; those of <see cref="ImagePreparation.Prepare"/>;
    /// <c>image.flat</c> where a flat image shall be normalised; <c>roi.too-small</c> by dimensions or voxels.
    /// </exception>
    public static RegionOfInterest Prepare(Volume image, Mask mask, PyRadiomicsProcessing settings, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(mask);
        PyRadiomicsValidation.Check(settings);
        var normalised = settings.Normalise is { } normalise ? Normalised(image, normalise) : image;
        var spacing = settings.Resample is { } asked ? Spacing(mask, asked) : null;
        var roi = ImagePreparation.PrepareAligned(
            normalised,
            mask,
            new(Resample: spacing is null ? null : new(spacing, settings.Resample!.Image, Interpolation.Nearest), RoundIntensities: false),
            GridAlignment.Corners,
            cancel);
        if (spacing is not null && settings.Resample!.Image != Interpolation.Nearest && IsWhole(normalised.Values))
            TruncateInPlace(roi.Image.Values);
        CheckSize(roi.IntensityMask, settings);
        if (settings.Resegment is not { } resegment)
            return roi;
        var kept = Resegmenter.Resegment(roi.Image, roi.IntensityMask, Bounds(roi, resegment));
        CheckSize(kept, settings);
        return roi with { IntensityMask = kept, MorphologicalMask = resegment.Shape ? kept : roi.MorphologicalMask };
    }

    private static Volume Normalised(Volume image, PyRadiomicsNormalisation settings)
    {
        double sum = 0, squares = 0;
        foreach (var value in image.Values)
            sum += value;
        var mean = sum / image.Values.Length;
        foreach (var value in image.Values)
            squares += (value - mean) * (value - mean);
        var deviation = Math.Sqrt(squares / (image.Values.Length - 1));
        if (!(deviation > 0) || !double.IsFinite(deviation))
        {
            throw new BadInputException(
                "image.flat", "The image cannot be normalised: its intensities have no finite standard deviation above 0.", "normalize");
        }
        var limit = settings.Outliers ?? double.PositiveInfinity;
        return new(
            image.Grid,
            Array.ConvertAll(image.Values, value => settings.Scale * Math.Clamp((value - mean) / deviation, -limit, limit)),
            IntensityUnit.Arbitrary);
    }

    /// <summary>The spacing of the new grid; null where it is the old one's on every axis, to 1e-5 of it.</summary>
    private static double[]? Spacing(Mask mask, PyRadiomicsResampling settings)
    {
        if (IndexBox.Around(mask.Grid, mask.Values) is not { } box)
            return null; // Refused for its lack of voxels right after.
        double[] old = [mask.Grid.SpacingI, mask.Grid.SpacingJ, mask.Grid.SpacingK];
        int[] voxels = [box.CountI, box.CountJ, box.CountK];
        var spacing = new double[3];
        var differs = false;
        for (var axis = 0; axis < 3; axis++)
        {
            spacing[axis] = settings.SpacingMm[axis] == 0 || voxels[axis] == 1 ? old[axis] : settings.SpacingMm[axis];
            differs |= Math.Abs(spacing[axis] - old[axis]) > 1e-8 + (1e-5 * spacing[axis]);
        }
        return differs ? spacing : null;
    }

    private static bool IsWhole(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (value != Math.Floor(value))
                return false;
        }
        return true;
    }

    private static void TruncateInPlace(Span<double> values)
    {
        foreach (ref var value in values)
            value = Math.Truncate(value);
    }

    private static ResegmentSettings Bounds(RegionOfInterest roi, PyRadiomicsResegmentation settings)
    {
        var (offset, unit) = settings.Mode switch
        {
            PyRadiomicsRange.Absolute => (0, 1),
            PyRadiomicsRange.Relative => (0, Maximum(roi)),
            _ => Resegmenter.MeanAndPopulationDeviation(roi.Image.Values, roi.IntensityMask.Values),
        };
        return new(Low: offset + (unit * settings.Low), High: settings.High is { } high ? offset + (unit * high) : null);
    }

    private static double Maximum(RegionOfInterest roi)
    {
        var maximum = double.NegativeInfinity;
        for (var v = 0; v < roi.Image.Values.Length; v++)
        {
            if (roi.IntensityMask.Values[v] != 0)
                maximum = Math.Max(maximum, roi.Image.Values[v]);
        }
        return maximum;
    }

    private static void CheckSize(Mask mask, PyRadiomicsProcessing settings)
    {
        if (IndexBox.Around(mask.Grid, mask.Values) is not { } box)
        {
            throw new BadInputException(
                "roi.empty-after-resegmentation",
                "No voxel of the region of interest is left after resegmentation; check resegmentRange against the image's intensities.");
        }
        var dimensions = (box.CountI > 1 ? 1 : 0) + (box.CountJ > 1 ? 1 : 0) + (box.CountK > 1 ? 1 : 0);
        if (dimensions < settings.MinimumDimensions)
        {
            throw new BadInputException("roi.too-small", FormattableString.Invariant(
                $"The region of interest is longer than one voxel along {dimensions} axes and minimumROIDimensions asks for {settings.MinimumDimensions}."));
        }
        var voxels = mask.Count();
        if (voxels <= settings.MinimumSize)
        {
            throw new BadInputException("roi.too-small", FormattableString.Invariant(
                $"The region of interest has {voxels} voxels and minimumROISize asks for more than {settings.MinimumSize}."));
        }
    }
}
