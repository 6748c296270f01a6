using RadiogenomicsCloud.Imaging;

namespace RadiogenomicsCloud.Preprocessing;

/// <summary>One diagnostic value of the processing of an image, under the tag of the IBSI reference tables.</summary>
public readonly record struct ImageDiagnostic(string Tag, double Value);

/// <summary>
/// The diagnostic values that the IBSI asks software to report for an image and its masks after each processing step: dimensions,
/// voxel spacing (mm), intensities, bounding boxes (voxels) and voxel counts. x, y, z of the tags are i, j, k of the grid. They are
/// of the whole image, which is interpolated for them: meant for verification, not for every case of a cohort. Voxels without a finite
/// intensity are in no intensity mask and no intensity.
/// Source: Zwanenburg et al., Radiology 2020;295:328–338; IBSI reference manual, "Reference data sets".
/// </summary>
public static class ImageDiagnostics
{
    /// <summary>The tags of all values, in their order; they are the same for every image.</summary>
    public static IReadOnlyList<string> Tags { get; } =
        [.. Compute(OneVoxel, new Mask(OneVoxel.Grid, [1]), new(), CancellationToken.None).Select(d => d.Tag)];

    /// <summary>The 60 values in the order of the reference tables. Without resampling or resegmentation those steps repeat the one before.</summary>
    /// <exception cref="BadInputException">As <see cref="ImagePreparation.Prepare"/>.</exception>
    public static IReadOnlyList<ImageDiagnostic> Compute(
        Volume image, Mask mask, PreprocessingSettings settings, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(mask);
        var interpolated = settings.Resample is { } resample ? Resampler.Resample(image, resample, cancel) : image;
        if (ImagePreparation.Rounds(settings, image.Unit))
        {
            var rounded = (double[])interpolated.Values.Clone();
            ImagePreparation.RoundInPlace(rounded);
            interpolated = new(interpolated.Grid, rounded, interpolated.Unit);
        }
        var morphology = settings.Resample is { } again ? Resampler.Resample(mask, again, cancel) : mask;
        var measured = Measured(interpolated, morphology);
        var intensity = settings.Resegment is { } resegment ? Resegmenter.Resegment(interpolated, measured, resegment) : measured;

        var result = new List<ImageDiagnostic>(60);
        AddImage(result, "init_img", image);
        AddImage(result, "interp_img", interpolated);
        AddRegion(result, "init_roi", image, mask, Measured(image, mask));
        AddRegion(result, "interp_roi", interpolated, morphology, measured);
        AddRegion(result, "reseg_roi", interpolated, morphology, intensity);
        return result;
    }

    private static Volume OneVoxel => new(GridGeometry.AxisAligned(1, 1, 1, 1, 1, 1), [0], IntensityUnit.Arbitrary);

    private static Mask Measured(Volume image, Mask mask) => UnmeasuredVoxels.Without(UnmeasuredVoxels.In(image.Values), mask);

    private static void AddImage(List<ImageDiagnostic> result, string step, Volume image)
    {
        var grid = image.Grid;
        Add3(result, "img_dim", step, grid.CountI, grid.CountJ, grid.CountK);
        Add3(result, "vox_dim", step, grid.SpacingI, grid.SpacingJ, grid.SpacingK);
        AddIntensities(result, string.Empty, step, image.Values, null);
    }

    private static void AddRegion(List<ImageDiagnostic> result, string step, Volume image, Mask morphology, Mask intensity)
    {
        Add3(result, "int_mask_dim", step, intensity.Grid.CountI, intensity.Grid.CountJ, intensity.Grid.CountK);
        AddBox(result, "int_mask_bb_dim", step, intensity);
        AddBox(result, "morph_mask_bb_dim", step, morphology);
        result.Add(new($"int_mask_vox_count_{step}", intensity.Count()));
        result.Add(new($"morph_mask_vox_count_{step}", morphology.Count()));
        AddIntensities(result, "int_mask_", step, image.Values, intensity.Values);
    }

    private static void AddBox(List<ImageDiagnostic> result, string what, string step, Mask mask)
    {
        var box = IndexBox.Around(mask.Grid, mask.Values)
            ?? throw new BadInputException("roi.empty", "The mask of the region of interest has no voxel.");
        Add3(result, what, step, box.CountI, box.CountJ, box.CountK);
    }

    private static void AddIntensities(List<ImageDiagnostic> result, string what, string step, double[] values, byte[]? mask)
    {
        double sum = 0, min = double.PositiveInfinity, max = double.NegativeInfinity;
        var count = 0;
        for (var v = 0; v < values.Length; v++)
        {
            if ((mask is not null && mask[v] == 0) || !double.IsFinite(values[v]))
                continue;
            sum += values[v];
            min = Math.Min(min, values[v]);
            max = Math.Max(max, values[v]);
            count++;
        }
        result.Add(new($"{what}mean_int_{step}", sum / count));
        result.Add(new($"{what}min_int_{step}", min));
        result.Add(new($"{what}max_int_{step}", max));
    }

    private static void Add3(List<ImageDiagnostic> result, string what, string step, double x, double y, double z)
    {
        result.Add(new($"{what}_x_{step}", x));
        result.Add(new($"{what}_y_{step}", y));
        result.Add(new($"{what}_z_{step}", z));
    }
}
