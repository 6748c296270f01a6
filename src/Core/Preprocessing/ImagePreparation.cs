using RadiogenomicsCloud.Imaging;

namespace RadiogenomicsCloud.Preprocessing;

/// <summary>
/// From an imported image to the region that features are computed on: interpolation, rounding, resegmentation, in the order of the
/// IBSI processing scheme. Only the region's box with its margin is interpolated; its values are those of the whole image's.
/// </summary>
public static class ImagePreparation
{
    /// <summary>The crop keeps at least this much image around the ROI where there is image: the 1 cm³ sphere of local intensity fits.</summary>
    public const double MarginMm = 10;

    /// <summary>And at least this many voxels.</summary>
    public const int MarginVoxels = 3;

    /// <summary>Prepares one image. Deterministic; memory is bounded by the image's size and <see cref="Resampler.MaxVoxels"/>.</summary>
    /// <exception cref="BadInputException">
    /// Settings (<c>settings.…</c>); image and mask not on one grid (<c>mask.grid</c>); spacing (<c>image.spacing</c>); size
    /// (<c>image.too-large</c>); a mask without voxels, at first (<c>roi.empty</c>), <c>roi.empty-after-resampling</c>, without any of
    /// finite intensity (<c>roi.empty-not-finite</c>) or <c>roi.empty-after-resegmentation</c>.
    /// </exception>
    /// <remarks>
    /// Voxels whose intensity is NaN or infinite, or interpolated from such, leave the intensity mask; the region's
    /// <see cref="RegionOfInterest.Warnings"/> and <see cref="RegionOfInterest.SurroundingsWarning"/> say how many.
    /// </remarks>
    public static RegionOfInterest Prepare(Volume image, Mask mask, PreprocessingSettings settings, CancellationToken cancel) =>
        PrepareAligned(image, mask, settings, GridAlignment.Centres, cancel);

    /// <inheritdoc cref="Prepare"/>
    internal static RegionOfInterest PrepareAligned(
        Volume image, Mask mask, PreprocessingSettings settings, GridAlignment alignment, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        CheckGrids(image.Grid, mask.Grid);
        if (IndexBox.Around(mask.Grid, mask.Values) is not { } box)
            throw new BadInputException("roi.empty", "The mask of the region of interest has no voxel.");

        var (cropped, morphology) = settings.Resample is { } resample
            ? Resampled(image, mask, box, resample, alignment, cancel)
            : Cropped(image, mask, box);
        // After interpolation, so that what overflowed in it is found too.
        var unmeasured = UnmeasuredVoxels.In(cropped.Values);
        if (unmeasured is not null)
            UnmeasuredVoxels.SetNaN(cropped.Values, unmeasured);
        if (Rounds(settings, image.Unit))
            RoundInPlace(cropped.Values);

        var measured = UnmeasuredVoxels.Without(unmeasured, morphology);
        if (measured.Count() == 0)
            throw new BadInputException(
                "roi.empty-not-finite",
                "No voxel of the region of interest has a finite intensity: all are NaN or infinite, or interpolated from such voxels.");
        var intensity = settings.Resegment is { } resegment ? Resegmenter.Resegment(cropped, measured, resegment) : measured;
        if (intensity.Count() == 0)
            throw new BadInputException(
                "roi.empty-after-resegmentation",
                "No voxel of the region of interest is left after resegmentation; check resegment against the image's intensities.");
        return new(cropped, morphology, intensity, settings.Resegment)
        {
            Warnings = unmeasured is null ? [] : Unmeasured(morphology.Count(), measured.Count()),
            SurroundingsWarning = unmeasured is null ? null : Unmeasured(unmeasured, morphology.Count() - measured.Count()),
        };
    }

    /// <summary>Whether intensities are rounded: as asked, by default for CT that is resampled (IBSI 68QD).</summary>
    internal static bool Rounds(PreprocessingSettings settings, IntensityUnit unit) =>
        settings.RoundIntensities ?? (settings.Resample is not null && unit == IntensityUnit.Hounsfield);

    /// <summary>To the nearest integer; half-way cases to the even one, which does not shift the mean.</summary>
    internal static void RoundInPlace(Span<double> values)
    {
        foreach (ref var value in values)
            value = Math.Round(value, MidpointRounding.ToEven);
    }

    private static (Volume, Mask) Cropped(Volume image, Mask mask, IndexBox box)
    {
        var grid = image.Grid;
        var crop = WithMargin(box, grid);
        var cropGrid = crop.GridOf(grid);
        return (
            new(cropGrid, crop.Copy<double>(grid, image.Values), image.Unit),
            new(cropGrid, Binary(crop.Copy<byte>(grid, mask.Values))));
    }

    private static (Volume, Mask) Resampled(
        Volume image, Mask mask, IndexBox box, ResampleSettings settings, GridAlignment alignment, CancellationToken cancel)
    {
        var target = Resampler.AlignedTargetGrid(image.Grid, settings.SpacingMm, alignment);
        var candidates = Resampler.Image(box, mask.Grid, settings.SpacingMm, alignment);
        var found = Resampler.Resample(mask, settings.Mask, settings.SpacingMm, target, candidates, cancel, alignment);
        if (IndexBox.Around(found.Grid, found.Values) is not { } inner)
            throw new BadInputException(
                "roi.empty-after-resampling",
                "No voxel of the region of interest is left after resampling; resample to a smaller spacing.");
        var crop = WithMargin(
            new(
                candidates.StartI + inner.StartI, candidates.StartJ + inner.StartJ, candidates.StartK + inner.StartK,
                candidates.StartI + inner.EndI, candidates.StartJ + inner.EndJ, candidates.StartK + inner.EndK),
            target);
        return (
            Resampler.Resample(image, settings.Image, settings.SpacingMm, target, crop, cancel, alignment),
            Resampler.Resample(mask, settings.Mask, settings.SpacingMm, target, crop, cancel, alignment));
    }

    private static IndexBox WithMargin(IndexBox box, GridGeometry grid)
    {
        int Margin(double spacing, int count) => (int)Math.Min(count, Math.Max(MarginVoxels, Math.Ceiling(MarginMm / spacing)));
        return box.Grown(
            Margin(grid.SpacingI, grid.CountI), Margin(grid.SpacingJ, grid.CountJ), Margin(grid.SpacingK, grid.CountK), grid);
    }

    private static byte[] Binary(byte[] values)
    {
        foreach (ref var value in values.AsSpan())
            value = value != 0 ? (byte)1 : (byte)0;
        return values;
    }

    private static void CheckGrids(GridGeometry image, GridGeometry mask)
    {
        foreach (var spacing in (ReadOnlySpan<double>)[image.SpacingI, image.SpacingJ, image.SpacingK])
        {
            if (!(spacing > 0) || !double.IsFinite(spacing))
                throw new BadInputException("image.spacing", FormattableString.Invariant(
                    $"The image has a voxel spacing of {spacing} mm; spacings must be positive."));
        }
        if (!image.SharesSpaceWith(mask))
        {
            throw new BadInputException("mask.grid", FormattableString.Invariant(
                $"Mask ({mask.CountI} × {mask.CountJ} × {mask.CountK}) and image ({image.CountI} × {image.CountJ} × {image.CountK}) ")
                + FormattableString.Invariant(
                $"do not share a grid: their corners differ by {image.CornerDistanceVoxels(mask):G3} voxels, ")
                + FormattableString.Invariant($"at most {GridGeometry.CornerToleranceVoxels} are allowed."));
        }
    }

    private static string[] Unmeasured(int all, int measured) => all == measured
        ? []
        :
        [
            FormattableString.Invariant($"{all - measured} of {all} voxels of the region have no finite intensity (NaN, infinite, or interpolated from such voxels); ")
                + "they are left out of everything that reads intensities, while shape keeps them.",
        ];

    private static string? Unmeasured(byte[] unmeasured, int inside)
    {
        var around = unmeasured.AsSpan().Count((byte)1) - inside;
        return around == 0
            ? null
            : FormattableString.Invariant($"{around} voxels around the region have no finite intensity (NaN, infinite, or interpolated from such voxels); ")
                + "local intensity leaves them out.";
    }
}
