using CsCheck;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Core.Tests.Preprocessing;

public sealed class UnmeasuredVoxelTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Spacings in 3D and in the slice plane, coarser, finer, and such that some new centres lie on old ones.</summary>
    private static readonly double[][] SomeSpacings = [[1.3, 0.7, 1.1], [0.5, 0.5, 0.5], [2, 2, 2], [1, 1, 3], [0.6, 1.7], [0.5, 1]];

    private static readonly Gen<double[]> Spacings = Gen.Int[0, SomeSpacings.Length - 1].Select(n => SomeSpacings[n]);

    private static readonly Gen<(GridGeometry Grid, double[] Values, byte[] Missing)> Images =
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 8], Gen.Int[1, 7]).SelectMany((i, j, k) =>
            Gen.Select(Gen.Double[-100, 100].Array[i * j * k], Gen.Frequency((12, Gen.Const((byte)0)), (1, Gen.Const((byte)1))).Array[i * j * k])
                .Select((values, missing) => (GridGeometry.AxisAligned(i, j, k, 1, 1, 1), values, missing)));

    [Theory]
    [InlineData(Interpolation.Nearest)]
    [InlineData(Interpolation.Linear)]
    public void A_new_voxel_is_missing_where_it_would_depend_on_a_missing_one_and_else_as_if_none_were_missing(Interpolation kernel) =>
        Gen.Select(Images, Spacings).Sample(
            (image, spacing) =>
            {
                var settings = new ResampleSettings(spacing, kernel);
                double[] With(double fill) => Resampler.Resample(Filled(image, fill), settings, Cancel).Values;
                var (low, high, found) = (With(-1e6), With(1e6), With(double.NaN));
                for (var v = 0; v < found.Length; v++)
                {
                    // A weight below 1e-5 voxels is a rounding of the spacing.
                    if (Math.Abs(low[v] - high[v]) > 2e6 * AxisMap.ToleranceVoxels)
                        Assert.True(double.IsNaN(found[v]));
                    else
                        Assert.Equal(low[v], found[v], 1e-9);
                }
            },
            iter: 150, threads: 1);

    [Fact]
    public void A_voxel_of_the_cubic_spline_is_missing_where_one_of_its_64_neighbours_is() =>
        Gen.Select(Images, Spacings).Sample(
            (image, spacing) =>
            {
                var found = Resampler.Resample(Filled(image, double.NaN), new(spacing, Interpolation.Cubic), Cancel);
                for (var v = 0; v < found.Values.Length; v++)
                {
                    var (i, j, k) = (v % found.Grid.CountI, v / found.Grid.CountI % found.Grid.CountJ, v / (found.Grid.CountI * found.Grid.CountJ));
                    // Two spacings keep the slices, and unit spacing keeps everything.
                    var at = image.Grid.ToVoxel(found.Grid.ToPatient(i, j, k));
                    var depends = false;
                    for (var s = 0; s < image.Missing.Length; s++)
                    {
                        depends |= image.Missing[s] != 0 && Near(at.X, s % image.Grid.CountI, image.Grid.CountI)
                            && Near(at.Y, s / image.Grid.CountI % image.Grid.CountJ, image.Grid.CountJ)
                            && Near(at.Z, s / (image.Grid.CountI * image.Grid.CountJ), image.Grid.CountK);
                    }
                    Assert.Equal(depends, double.IsNaN(found.Values[v]));
                }
            },
            iter: 60, threads: 1);

    [Theory]
    [InlineData(Interpolation.Nearest)]
    [InlineData(Interpolation.Linear)]
    [InlineData(Interpolation.Cubic)]
    public void Around_holes_a_constant_image_stays_constant(Interpolation kernel) =>
        Gen.Select(Images, Spacings).Sample(
            (image, spacing) =>
            {
                var constant = (image.Grid, Array.ConvertAll(image.Values, _ => 42.0), image.Missing);
                var found = Resampler.Resample(Filled(constant, double.PositiveInfinity), new(spacing, kernel), Cancel).Values;
                Assert.All(found, value => Assert.True(double.IsNaN(value) || Math.Abs(value - 42) < 1e-11));
            },
            iter: 60, threads: 1);

    [Fact]
    public void The_splines_values_beyond_its_64_neighbours_change_little_with_what_stood_in_the_hole()
    {
        // Smooth along i; the hole is one voxel. Without it the image is known everywhere.
        var grid = GridGeometry.AxisAligned(40, 1, 1, 1, 1, 1);
        var values = Enumerable.Range(0, 40).Select(i => 100 * Math.Sin(i * 0.3)).ToArray();
        var whole = Resampler.Resample(new Volume(grid, values, IntensityUnit.Arbitrary), new([0.45, 1]), Cancel).Values;
        var pierced = (double[])values.Clone();
        pierced[20] = double.NaN;
        var found = Resampler.Resample(new Volume(grid, pierced, IntensityUnit.Arbitrary), new([0.45, 1]), Cancel).Values;
        Assert.InRange(found.Count(double.IsNaN), 7, 9);
        Assert.All(found.Zip(whole).Where(p => !double.IsNaN(p.First)), p => Assert.Equal(p.Second, p.First, 0.6));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Voxels_without_a_finite_intensity_leave_the_intensity_mask_and_a_warning_counts_them(double value)
    {
        var grid = GridGeometry.AxisAligned(9, 9, 9, 1, 1, 1);
        var mask = Cube(grid, 2, 6);
        var image = new Volume(grid, [.. Enumerable.Range(0, grid.VoxelCount).Select(v => (double)v)], IntensityUnit.Arbitrary);
        image.Values[grid.Index(4, 4, 4)] = value;
        image.Values[grid.Index(2, 6, 3)] = value;
        image.Values[grid.Index(0, 0, 0)] = value;

        foreach (var resegment in new[] { null, new ResegmentSettings(), new ResegmentSettings(-5, null), new ResegmentSettings(Sigma: 50) })
        {
            var roi = ImagePreparation.Prepare(image, mask, new(Resegment: resegment), Cancel);
            Assert.Equal(mask.Values, roi.MorphologicalMask.Values);
            Assert.Equal(123, roi.IntensityMask.Count());
            Assert.Equal(3, roi.Image.Values.Count(double.IsNaN));
            Assert.DoesNotContain(roi.Image.Values, double.IsInfinity);
            Assert.StartsWith("2 of 125 voxels of the region have no finite intensity", Assert.Single(roi.Warnings), StringComparison.Ordinal);
            Assert.StartsWith("1 voxels around the region have no finite intensity", roi.SurroundingsWarning, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(Interpolation.Nearest)]
    [InlineData(Interpolation.Linear)]
    [InlineData(Interpolation.Cubic)]
    public void The_cropped_region_misses_what_the_whole_image_misses(Interpolation kernel)
    {
        var grid = GridGeometry.AxisAligned(60, 50, 40, 1, 1, 1);
        var image = new Volume(grid, [.. Enumerable.Range(0, grid.VoxelCount).Select(v => Math.Sin(v * 0.37) * 50)], IntensityUnit.Arbitrary);
        for (var v = 0; v < grid.VoxelCount; v += 911)
            image.Values[v] = v % 2 == 0 ? double.NaN : double.NegativeInfinity;
        var mask = Cube(grid, 22, 27);
        foreach (var spacing in new double[][] { [0.8, 1.2, 1.7], [0.8, 0.8] })
        {
            var settings = new ResampleSettings(spacing, kernel);
            var roi = ImagePreparation.Prepare(image, mask, new(settings), Cancel);
            var whole = Resampler.Resample(image, settings, Cancel);
            var offset = whole.Grid.ToVoxel(roi.Image.Grid.Origin);
            Assert.Contains(roi.Image.Values, double.IsNaN);
            for (var v = 0; v < roi.Image.Values.Length; v++)
            {
                var (i, j, k) = (v % roi.Image.Grid.CountI, v / roi.Image.Grid.CountI % roi.Image.Grid.CountJ, v / (roi.Image.Grid.CountI * roi.Image.Grid.CountJ));
                Assert.Equal(whole[i + (int)Math.Round(offset.X), j + (int)Math.Round(offset.Y), k + (int)Math.Round(offset.Z)], roi.Image.Values[v], 1e-9);
            }
            Assert.Equal(
                roi.MorphologicalMask.Values.Zip(roi.Image.Values).Count(p => p.First != 0 && !double.IsNaN(p.Second)), roi.IntensityMask.Count());
        }
    }

    [Fact]
    public void Finite_images_have_no_warning_and_one_mask()
    {
        var (image, mask) = IbsiPhantom.Digital();
        foreach (var settings in new PreprocessingSettings[] { new(), new(new([1.1, 1.1, 1.1])) })
        {
            var roi = ImagePreparation.Prepare(image, mask, settings, Cancel);
            Assert.Empty(roi.Warnings);
            Assert.Null(roi.SurroundingsWarning);
            Assert.Same(roi.MorphologicalMask, roi.IntensityMask);
        }
    }

    [Fact]
    public void Only_a_region_without_any_finite_intensity_is_refused()
    {
        var grid = GridGeometry.AxisAligned(8, 8, 8, 1, 1, 1);
        var mask = Cube(grid, 3, 4);
        var image = new Volume(grid, new double[grid.VoxelCount], IntensityUnit.Arbitrary);
        for (var v = 0; v < grid.VoxelCount; v++)
            image.Values[v] = mask.Values[v] != 0 ? double.NaN : 1;
        var nothing = new Volume(grid, Array.ConvertAll(image.Values, _ => double.NaN), IntensityUnit.Arbitrary);
        foreach (var refused in new[] { image, nothing })
        {
            foreach (var settings in new PreprocessingSettings[]
            {
                new(), new(new([0.7, 0.7, 0.7])), new(new([0.7, 0.7], Interpolation.Linear)), new(new([0.7, 0.7, 0.7], Interpolation.Nearest)),
            })
                Assert.Equal("roi.empty-not-finite", Assert.Throws<BadInputException>(() => ImagePreparation.Prepare(refused, mask, settings, Cancel)).Code);
        }
        image.Values[grid.Index(3, 3, 3)] = 7;
        Assert.Equal(1, ImagePreparation.Prepare(image, mask, new(), Cancel).IntensityMask.Count());
    }

    [Fact]
    public void Every_family_gives_what_it_gives_without_the_unmeasured_voxels()
    {
        var grid = GridGeometry.AxisAligned(9, 8, 7, 1, 1, 1);
        var values = Enumerable.Range(0, grid.VoxelCount).Select(v => Math.Round(20 + (15 * Math.Sin(v * 1.3)))).ToArray();
        var mask = new Mask(grid, Array.ConvertAll(values, _ => (byte)1));
        var settings = new FeatureSettings(["all"], TextureAggregation.All);
        var discretise = new DiscretiseSettings(DiscretiseMethod.FBN, Bins: 6);
        var without = new Mask(grid, (byte[])mask.Values.Clone());
        foreach (var v in new[] { 0, 77, 250, grid.VoxelCount - 1 })
        {
            values[v] = v == 77 ? double.PositiveInfinity : double.NaN;
            without.Values[v] = 0;
        }
        var image = new Volume(grid, values, IntensityUnit.Arbitrary);
        var roi = ImagePreparation.Prepare(image, mask, new(), Cancel);
        var expected = FeatureExtractor.Extract(
            roi with { MorphologicalMask = mask, IntensityMask = without }, discretise, settings, Cancel);
        var found = RadiomicsExtraction.Run(image, mask, new(Discretise: discretise), settings, Cancel).Values;
        Assert.Equal(expected, found);
        Assert.All(found, f => Assert.True(double.IsFinite(f.Value), $"{f.Definition.Tag}: {f.Missing}"));
    }

    /// <summary>Whether the spline's basis function at a sample reaches a position; a position outside the centres is moved to the border.</summary>
    private static bool Near(double position, int sample, int count)
    {
        position = Math.Clamp(position, 0, count - 1);
        var onSample = Math.Abs(position - Math.Round(position)) < 1e-9;
        return Math.Abs(position - sample) < (onSample ? 0.5 : 2);
    }

    private static Volume Filled((GridGeometry Grid, double[] Values, byte[] Missing) image, double fill) =>
        new(image.Grid, [.. image.Values.Zip(image.Missing, (value, missing) => missing != 0 ? fill : value)], IntensityUnit.Arbitrary);

    private static Mask Cube(GridGeometry grid, int first, int last)
    {
        var values = new byte[grid.VoxelCount];
        for (var v = 0; v < values.Length; v++)
        {
            var (i, j, k) = (v % grid.CountI, v / grid.CountI % grid.CountJ, v / (grid.CountI * grid.CountJ));
            if (Math.Min(i, Math.Min(j, k)) >= first && Math.Max(i, Math.Max(j, k)) <= last)
                values[v] = 1;
        }
        return new(grid, values);
    }
}
