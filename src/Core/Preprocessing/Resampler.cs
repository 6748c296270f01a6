using RadiogenomicsCloud.Imaging;

namespace RadiogenomicsCloud.Preprocessing;

/// <summary>
/// Resampling of images and masks to a new voxel spacing: nearest neighbour, linear, or the interpolating cubic B-spline
/// (prefiltered, mirror boundary as in ITK), one axis after the other. Grids are aligned by their centres, ⌈n·s/s′⌉ voxels each;
/// a new centre outside the old centres takes the border's value. Two spacings resample in the slice plane and keep the slices. An
/// axis whose spacing does not change (to 1e-5 voxels over its length) is left as it is. A new voxel is NaN where one that the kernel
/// weighs has no finite intensity (<see cref="UnmeasuredVoxels"/>).
/// Source: IBSI reference manual, "Interpolation" (VTM2, UMPJ, 026Q, QCY4, E8H9).
/// </summary>
public static class Resampler
{
    /// <summary>Most voxels of an image, a mask or an intermediate of resampling (2 GiB of intensities). A stated limit, not a setting.</summary>
    public const int MaxVoxels = 1 << 28;

    /// <summary>A partial volume this close to the threshold of 0.5 reaches it, so that rounding in headers does not decide.</summary>
    public const double PartialVolumeTolerance = 1e-6;

    /// <summary>The grid after resampling; the same instance where nothing changes.</summary>
    /// <exception cref="BadInputException"><c>settings.resample</c>; <c>image.spacing</c> for a grid without positive finite spacing;
    /// <c>image.too-large</c> beyond <see cref="MaxVoxels"/>.</exception>
    public static GridGeometry TargetGrid(GridGeometry grid, IReadOnlyList<double> spacingMm) =>
        AlignedTargetGrid(grid, spacingMm, GridAlignment.Centres);

    /// <inheritdoc cref="TargetGrid"/>
    internal static GridGeometry AlignedTargetGrid(GridGeometry grid, IReadOnlyList<double> spacingMm, GridAlignment alignment)
    {
        var axes = Axes(grid, spacingMm, alignment);
        if (axes.All(axis => axis.IsIdentity))
            return grid;
        CheckSize("The resampled image", axes[0].NewCount, axes[1].NewCount, axes[2].NewCount);
        return grid with
        {
            CountI = (int)axes[0].NewCount,
            CountJ = (int)axes[1].NewCount,
            CountK = (int)axes[2].NewCount,
            SpacingI = axes[0].Spacing,
            SpacingJ = axes[1].Spacing,
            SpacingK = axes[2].Spacing,
            Origin = grid.ToPatient(axes[0].Position(0), axes[1].Position(0), axes[2].Position(0)),
        };
    }

    /// <summary>The whole image on the new grid, not rounded.</summary>
    /// <exception cref="BadInputException">As <see cref="TargetGrid"/>.</exception>
    public static Volume Resample(Volume image, ResampleSettings settings, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        var target = TargetGrid(image.Grid, settings.SpacingMm);
        return Resample(image, settings.Image, settings.SpacingMm, target, IndexBox.All(target), cancel);
    }

    /// <summary>The whole mask on the new grid: interpolated, then inside where the partial volume is at least 0.5.</summary>
    /// <exception cref="BadInputException">As <see cref="TargetGrid"/>.</exception>
    public static Mask Resample(Mask mask, ResampleSettings settings, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        var target = TargetGrid(mask.Grid, settings.SpacingMm);
        return Resample(mask, settings.Mask, settings.SpacingMm, target, IndexBox.All(target), cancel);
    }

    /// <summary>Only the voxels of <paramref name="box"/> of the target grid; the values are those of the whole (see <see cref="CubicBSpline.Support"/>).</summary>
    internal static Volume Resample(
        Volume image, Interpolation kernel, IReadOnlyList<double> spacingMm, GridGeometry target, IndexBox box, CancellationToken cancel,
        GridAlignment alignment = GridAlignment.Centres)
    {
        var axes = Axes(image.Grid, spacingMm, alignment);
        var source = SourceBox(axes, box, kernel);
        var values = source.Copy<double>(image.Grid, image.Values);
        var unmeasured = UnmeasuredVoxels.In(values);
        if (unmeasured is not null)
            UnmeasuredVoxels.FillInPlace(values, unmeasured, source, axes);
        values = Interpolate(values, axes, source, box, kernel, cancel);
        if (unmeasured is not null)
            UnmeasuredVoxels.SetNaN(values, Spread(unmeasured, axes, source, box, kernel));
        return new(box.GridOf(target), values, image.Unit);
    }

    /// <inheritdoc cref="Resample(Volume, Interpolation, IReadOnlyList{double}, GridGeometry, IndexBox, CancellationToken, GridAlignment)"/>
    internal static Mask Resample(
        Mask mask, Interpolation kernel, IReadOnlyList<double> spacingMm, GridGeometry target, IndexBox box, CancellationToken cancel,
        GridAlignment alignment = GridAlignment.Centres)
    {
        var axes = Axes(mask.Grid, spacingMm, alignment);
        var source = SourceBox(axes, box, kernel);
        var cropped = source.Copy<byte>(mask.Grid, mask.Values);
        var values = new double[cropped.Length];
        for (var v = 0; v < values.Length; v++)
            values[v] = cropped[v] != 0 ? 1 : 0;
        values = Interpolate(values, axes, source, box, kernel, cancel);
        var result = new byte[values.Length];
        for (var v = 0; v < values.Length; v++)
            result[v] = values[v] >= 0.5 - PartialVolumeTolerance ? (byte)1 : (byte)0;
        return new(box.GridOf(target), result);
    }

    /// <summary>The box of the target grid that holds everything a mask within <paramref name="box"/> can become.</summary>
    internal static IndexBox Image(
        IndexBox box, GridGeometry grid, IReadOnlyList<double> spacingMm, GridAlignment alignment = GridAlignment.Centres)
    {
        var axes = Axes(grid, spacingMm, alignment);
        var (startI, endI) = axes[0].Covering(box.StartI - 1, box.EndI);
        var (startJ, endJ) = axes[1].Covering(box.StartJ - 1, box.EndJ);
        var (startK, endK) = axes[2].Covering(box.StartK - 1, box.EndK);
        return new(startI, startJ, startK, endI, endJ, endK);
    }

    private static AxisMap[] Axes(GridGeometry grid, IReadOnlyList<double> spacingMm, GridAlignment alignment)
    {
        foreach (var spacing in (ReadOnlySpan<double>)[grid.SpacingI, grid.SpacingJ, grid.SpacingK])
        {
            if (!(spacing > 0) || !double.IsFinite(spacing))
                throw new BadInputException("image.spacing", FormattableString.Invariant(
                    $"The image has a voxel spacing of {spacing} mm; spacings must be positive."));
        }
        return
        [
            new(grid.CountI, grid.SpacingI, spacingMm[0], alignment),
            new(grid.CountJ, grid.SpacingJ, spacingMm[1], alignment),
            new(grid.CountK, grid.SpacingK, spacingMm.Count > 2 ? spacingMm[2] : null, alignment),
        ];
    }

    private static IndexBox SourceBox(AxisMap[] axes, IndexBox box, Interpolation kernel)
    {
        var (startI, endI) = axes[0].Needed(box.StartI, box.EndI, kernel);
        var (startJ, endJ) = axes[1].Needed(box.StartJ, box.EndJ, kernel);
        var (startK, endK) = axes[2].Needed(box.StartK, box.EndK, kernel);
        return new(startI, startJ, startK, endI, endJ, endK);
    }

    /// <summary>k first, i last: the early passes run over long contiguous rows, the last over the fewest lines.</summary>
    private static double[] Interpolate(
        double[] values, AxisMap[] axes, IndexBox source, IndexBox box, Interpolation kernel, CancellationToken cancel)
    {
        CheckSize("An intermediate of the resampled image", source.CountI, source.CountJ, box.CountK);
        CheckSize("An intermediate of the resampled image", source.CountI, box.CountJ, box.CountK);
        values = Pass(values, axes[2], (box.StartK, box.EndK), (source.StartK, source.CountK), 1, source.CountI * source.CountJ, kernel, cancel);
        values = Pass(values, axes[1], (box.StartJ, box.EndJ), (source.StartJ, source.CountJ), box.CountK, source.CountI, kernel, cancel);
        return Pass(values, axes[0], (box.StartI, box.EndI), (source.StartI, source.CountI), box.CountJ * box.CountK, 1, kernel, cancel);
    }

    /// <summary>What cannot be told of the interpolated voxels, axis by axis as they are interpolated.</summary>
    private static byte[] Spread(byte[] flags, AxisMap[] axes, IndexBox source, IndexBox box, Interpolation kernel)
    {
        flags = UnmeasuredVoxels.Spread(
            flags, axes[2], (box.StartK, box.EndK), (source.StartK, source.CountK), 1, source.CountI * source.CountJ, kernel);
        flags = UnmeasuredVoxels.Spread(
            flags, axes[1], (box.StartJ, box.EndJ), (source.StartJ, source.CountJ), box.CountK, source.CountI, kernel);
        return UnmeasuredVoxels.Spread(
            flags, axes[0], (box.StartI, box.EndI), (source.StartI, source.CountI), box.CountJ * box.CountK, 1, kernel);
    }

    private static double[] Pass(
        double[] values, AxisMap axis, (int Start, int End) to, (int Start, int Count) from, int outer, int inner,
        Interpolation kernel, CancellationToken cancel)
    {
        if (axis.IsIdentity)
            return values;
        if (kernel == Interpolation.Cubic)
            CubicBSpline.ToCoefficientsInPlace(values, outer, from.Count, inner, cancel);
        var taps = axis.TapsOf(to.Start, to.End, from.Start, from.Count, kernel);
        var count = to.End - to.Start;
        var result = new double[checked(outer * count * inner)];
        for (var o = 0; o < outer; o++)
        {
            cancel.ThrowIfCancellationRequested();
            var block = values.AsSpan(o * from.Count * inner, from.Count * inner);
            var target = result.AsSpan(o * count * inner, count * inner);
            if (inner == 1)
                CombineLine(block, taps, target);
            else
                CombineRows(block, inner, taps, target);
        }
        return result;
    }

    private static void CombineLine(ReadOnlySpan<double> line, AxisMap.Taps taps, Span<double> target)
    {
        for (var n = 0; n < target.Length; n++)
        {
            var sum = 0.0;
            for (var at = n * taps.Width; at < (n + 1) * taps.Width; at++)
                sum += line[taps.Indices[at]] * taps.Weights[at];
            target[n] = sum;
        }
    }

    private static void CombineRows(ReadOnlySpan<double> block, int inner, AxisMap.Taps taps, Span<double> target)
    {
        for (var n = 0; n * inner < target.Length; n++)
        {
            var row = target.Slice(n * inner, inner);
            for (var at = n * taps.Width; at < (n + 1) * taps.Width; at++)
                VectorKernels.AddScaled(block.Slice(taps.Indices[at] * inner, inner), taps.Weights[at], row);
        }
    }

    private static void CheckSize(string what, long countI, long countJ, long countK)
    {
        // In floating point, because three hostile counts overflow even a long.
        if ((double)countI * countJ * countK > MaxVoxels)
            throw new BadInputException("image.too-large", FormattableString.Invariant(
                $"{what} would have {countI} × {countJ} × {countK} voxels, more than the limit of {MaxVoxels}; resample to a larger spacing."));
    }
}
