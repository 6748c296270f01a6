using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics.PyRadiomics;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.PyRadiomics;

public sealed class PyRadiomicsPreparationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // Corners stay: 4 voxels of 1 mm become 2 of 2 mm, with centres at old positions 0.5 and 2.5.
    [Fact]
    public void Linear_resampling_takes_the_value_between_old_voxels()
    {
        var (image, mask) = Row(0.25, 10.5, 20, 30.75);
        var roi = PyRadiomicsExtraction.Prepare(image, mask, Along(2, Interpolation.Linear), Cancel);
        Assert.Equal([5.375, 25.375], roi.Image.Values);
        Assert.Equal(0.5, roi.Image.Grid.Origin.X, 1e-12);
    }

    // 5 voxels of 1 mm hold the centres 0.25, 1.75, 3.25 of 1.5 mm voxels; the one at 4.75 lies outside the image and in no region.
    [Fact]
    public void Voxels_whose_centre_is_outside_the_image_are_left_out()
    {
        var (image, mask) = Row(0.5, 1.5, 2.5, 3.5, 4.5);
        var roi = PyRadiomicsExtraction.Prepare(image, mask, Along(1.5, Interpolation.Linear), Cancel);
        Assert.Equal([0.75, 2.25, 3.75], roi.Image.Values.Select(v => Math.Round(v, 12)));
        Assert.Equal(3, roi.IntensityMask.Count());
    }

    // Halving: centres at −0.25, 0.25, 0.75, … The first lies before the first old centre; the spline of ITK is mirrored there, so that
    // the values at −0.25 and 0.25 are equal.
    [Fact]
    public void The_spline_is_mirrored_beyond_the_first_and_last_centre()
    {
        var (image, mask) = Row(1.5, 4, 2, 8, 3);
        var values = PyRadiomicsExtraction.Prepare(image, mask, Along(0.5, Interpolation.Cubic), Cancel).Image.Values;
        Assert.Equal(10, values.Length);
        Assert.Equal(values[1], values[0], 1e-12);
        Assert.Equal(values[8], values[9], 1e-12);
        Assert.NotEqual(values[2], values[1], 0.01);
    }

    [Fact]
    public void A_mask_takes_its_nearest_voxel()
    {
        var (image, mask) = Row(1.5, 2, 3, 4, 5, 6);
        mask.Values[0] = 0;
        // Centres at −0.25, 0.25, 0.75, …: the first two are nearest to voxel 0.
        var roi = PyRadiomicsExtraction.Prepare(image, mask, Along(0.5, Interpolation.Linear), Cancel);
        Assert.Equal([0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], roi.IntensityMask.Values);
    }

    [Fact]
    public void Whole_numbers_are_resampled_to_whole_numbers_cut_towards_zero()
    {
        var (image, mask) = Row(-5, -2, 3, 6);
        Assert.Equal([-3, 4], PyRadiomicsExtraction.Prepare(image, mask, Along(2, Interpolation.Linear), Cancel).Image.Values);
    }

    [Fact]
    public void An_axis_along_which_the_region_is_one_voxel_thin_keeps_its_spacing()
    {
        var (image, mask) = Row(1, 2, 3, 4);
        var roi = PyRadiomicsExtraction.Prepare(image, mask, new(Resample: new([2, 5, 5], Interpolation.Linear), MinimumDimensions: 1), Cancel);
        Assert.Equal((2.0, 1.0, 1.0), (roi.Image.Grid.SpacingI, roi.Image.Grid.SpacingJ, roi.Image.Grid.SpacingK));
    }

    // Mean 3, deviation with n − 1 √(10/4)… of 1..5: √2.5.
    [Fact]
    public void Normalisation_is_by_the_whole_image_and_outliers_are_cut_before_scaling()
    {
        var (image, mask) = Row(1, 2, 3, 4, 5);
        mask.Values[4] = 0;
        var roi = PyRadiomicsExtraction.Prepare(
            image, mask, new(Normalise: new(Scale: 100, Outliers: 1), MinimumDimensions: 1), Cancel);
        var expected = new[] { -100, -100 / Math.Sqrt(2.5), 0, 100 / Math.Sqrt(2.5), 100 };
        Assert.All(expected.Zip(roi.Image.Values), p => Assert.Equal(p.First, p.Second, 1e-12));
    }

    [Fact]
    public void A_flat_image_cannot_be_normalised()
    {
        var (image, mask) = Row(2, 2, 2);
        var refused = Assert.Throws<BadInputException>(
            () => PyRadiomicsExtraction.Prepare(image, mask, new(Normalise: new(), MinimumDimensions: 1), Cancel));
        Assert.Equal("image.flat", refused.Code);
    }

    [Theory]
    [InlineData(PyRadiomicsRange.Absolute, 2.0, 4.0, "01110")]
    [InlineData(PyRadiomicsRange.Relative, 0.4, 0.8, "01110")]
    [InlineData(PyRadiomicsRange.Relative, 0.5, null, "00111")]
    [InlineData(PyRadiomicsRange.Sigma, -1.0, 0.5, "01100")]
    public void Resegmentation_keeps_its_inclusive_bounds(PyRadiomicsRange mode, double low, double? high, string kept)
    {
        var (image, mask) = Row(1, 2, 3, 4, 5);
        var roi = PyRadiomicsExtraction.Prepare(image, mask, new(Resegment: new(low, high, mode), MinimumDimensions: 1), Cancel);
        Assert.Equal(kept, string.Concat(roi.IntensityMask.Values));
        Assert.Equal(5, roi.MorphologicalMask.Count());
        var shaped = PyRadiomicsExtraction.Prepare(image, mask, new(Resegment: new(low, high, mode, Shape: true), MinimumDimensions: 1), Cancel);
        Assert.Equal(kept, string.Concat(shaped.MorphologicalMask.Values));
    }

    [Theory]
    [InlineData(2, null)]
    [InlineData(1, 5)]
    public void A_region_smaller_than_asked_for_is_refused(int dimensions, int? size)
    {
        var (image, mask) = Row(1, 2, 3, 4, 5);
        var refused = Assert.Throws<BadInputException>(
            () => PyRadiomicsExtraction.Prepare(image, mask, new(MinimumDimensions: dimensions, MinimumSize: size), Cancel));
        Assert.Equal("roi.too-small", refused.Code);
    }

    private static PyRadiomicsProcessing Along(double spacing, Interpolation kernel) =>
        new(Resample: new([spacing, 0, 0], kernel), MinimumDimensions: 1);

    private static (Volume Image, Mask Mask) Row(params double[] intensities)
    {
        var grid = GridGeometry.AxisAligned(intensities.Length, 1, 1, 1, 1, 1);
        return (new(grid, intensities, IntensityUnit.Arbitrary), new(grid, Array.ConvertAll(intensities, _ => (byte)1)));
    }
}
