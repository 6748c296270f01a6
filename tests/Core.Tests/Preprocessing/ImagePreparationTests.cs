using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Core.Tests.Preprocessing;

public sealed class ImagePreparationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData('A')]
    [InlineData('B')]
    [InlineData('C')]
    [InlineData('D')]
    [InlineData('E')]
    public void The_cropped_region_of_the_CT_phantom_is_that_of_the_whole_image(char configuration)
    {
        var (image, mask) = IbsiPhantom.Ct();
        var settings = IbsiPhantom.Configuration(configuration);
        var roi = ImagePreparation.Prepare(image, mask, settings, Cancel);
        var whole = ImageDiagnostics.Compute(image, mask, settings, Cancel).ToDictionary(d => d.Tag, d => d.Value);

        Assert.Equal(whole["int_mask_vox_count_reseg_roi"], roi.IntensityMask.Count());
        Assert.Equal(whole["morph_mask_vox_count_reseg_roi"], roi.MorphologicalMask.Count());
        var inside = roi.Image.Values.Where((_, v) => roi.IntensityMask.Values[v] != 0).ToList();
        Assert.Equal(whole["int_mask_mean_int_reseg_roi"], inside.Average(), 1e-9);
        Assert.Equal(whole["int_mask_min_int_reseg_roi"], inside.Min());
        Assert.Equal(whole["int_mask_max_int_reseg_roi"], inside.Max());
        Assert.True(roi.Image.Grid.VoxelCount < image.Grid.VoxelCount);
    }

    [Fact]
    public void The_margin_is_10_mm_and_3_voxels_where_there_is_image()
    {
        var grid = GridGeometry.AxisAligned(40, 40, 40, 1, 4, 2, new(100, 200, 300));
        var values = new byte[grid.VoxelCount];
        values[grid.Index(20, 20, 1)] = 255;
        var image = new Volume(grid, new double[grid.VoxelCount], IntensityUnit.Arbitrary);
        image.Values[grid.Index(20, 20, 1)] = 7;

        var roi = ImagePreparation.Prepare(image, new(grid, values), new(), Cancel);

        var crop = roi.Image.Grid;
        Assert.Equal((21, 7, 7), (crop.CountI, crop.CountJ, crop.CountK));
        Assert.Equal(grid.ToPatient(10, 17, 0), crop.Origin);
        Assert.Equal(7, roi.Image[10, 3, 1]);
        Assert.Equal(1, roi.MorphologicalMask.Values[crop.Index(10, 3, 1)]);
        Assert.Equal(1, roi.IntensityMask.Count());
    }

    [Theory]
    [InlineData(IntensityUnit.Hounsfield, null, true, true)]
    [InlineData(IntensityUnit.Hounsfield, null, false, false)]
    [InlineData(IntensityUnit.Hounsfield, false, true, false)]
    [InlineData(IntensityUnit.SuvBodyWeight, null, true, false)]
    [InlineData(IntensityUnit.Arbitrary, true, false, true)]
    public void Intensities_are_rounded_by_default_for_resampled_CT_only(IntensityUnit unit, bool? asked, bool resampled, bool rounded)
    {
        var grid = GridGeometry.AxisAligned(6, 1, 1, 1, 1, 1);
        var image = new Volume(grid, [0.5, 1.5, 2.25, 3.75, 4.5, 5.4], unit);
        var roi = ImagePreparation.Prepare(
            image, new(grid, [1, 1, 1, 1, 1, 1]), new(resampled ? new([0.5, 1], Interpolation.Linear) : null, RoundIntensities: asked), Cancel);
        Assert.Equal(rounded, roi.Image.Values.All(double.IsInteger));
    }

    [Fact]
    public void Resegmentation_takes_range_and_sigma_inclusively_and_leaves_morphology_alone()
    {
        var grid = GridGeometry.AxisAligned(7, 1, 1, 1, 1, 1);
        var image = new Volume(grid, [-100, 0, 2, 4, 4, 10, 3], IntensityUnit.Arbitrary);
        var mask = new Mask(grid, [1, 1, 1, 1, 1, 1, 0]);
        // In the range [0, 10] are 0, 2, 4, 4, 10: mean 4, population SD √(56 / 5 = 11.2).
        var sigma = 6 / Math.Sqrt(11.2);
        var roi = ImagePreparation.Prepare(image, mask, new(Resegment: new(0, 10, sigma * 1.0001)), Cancel);
        Assert.Equal([0, 1, 1, 1, 1, 1, 0], roi.IntensityMask.Values);
        Assert.Equal(mask.Values, roi.MorphologicalMask.Values);
        roi = ImagePreparation.Prepare(image, mask, new(Resegment: new(0, 10, sigma * 0.9999)), Cancel);
        Assert.Equal([0, 1, 1, 1, 1, 0, 0], roi.IntensityMask.Values);
    }

    [Fact]
    public void Regions_without_voxels_are_refused_by_the_step_that_lost_them()
    {
        var grid = GridGeometry.AxisAligned(9, 9, 9, 1, 1, 1);
        var image = new Volume(grid, new double[grid.VoxelCount], IntensityUnit.Arbitrary);
        var point = new byte[grid.VoxelCount];
        Assert.Equal("roi.empty", Code(image, new(grid, new byte[grid.VoxelCount]), new()));
        point[grid.Index(3, 4, 4)] = 1;
        Assert.Equal("roi.empty-after-resampling", Code(image, new(grid, point), new(new([2, 2, 2]))));
        Assert.Equal("roi.empty-after-resegmentation", Code(image, new(grid, point), new(Resegment: new(5, 6))));
    }

    [Fact]
    public void Images_and_masks_that_do_not_fit_are_refused_and_the_message_says_by_how_much()
    {
        var grid = GridGeometry.AxisAligned(9, 9, 9, 2, 2, 2);
        var image = new Volume(grid, new double[grid.VoxelCount], IntensityUnit.Arbitrary);
        var moved = grid with { Origin = new(0, 0, 3) };
        var error = Assert.Throws<BadInputException>(() =>
            ImagePreparation.Prepare(image, new(moved, new byte[grid.VoxelCount]), new(), Cancel));
        Assert.Equal("mask.grid", error.Code);
        Assert.Contains("1.5 voxels", error.Message, StringComparison.Ordinal);

        var full = new Mask(grid, [.. Enumerable.Repeat((byte)1, grid.VoxelCount)]);
        var flat = grid with { SpacingK = 0 };
        Assert.Equal("image.spacing", Code(new(flat, image.Values, IntensityUnit.Arbitrary), new(flat, full.Values), new()));
    }

    [Fact]
    public void A_cancelled_preparation_stops()
    {
        var (image, mask) = IbsiPhantom.Digital();
        Assert.Throws<OperationCanceledException>(() => ImagePreparation.Prepare(image, mask, new(new([1, 1, 1])), new(canceled: true)));
    }

    private static string Code(Volume image, Mask mask, PreprocessingSettings settings) =>
        Assert.Throws<BadInputException>(() => ImagePreparation.Prepare(image, mask, settings, Cancel)).Code;
}
