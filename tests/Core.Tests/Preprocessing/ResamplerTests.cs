using CsCheck;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Core.Tests.Preprocessing;

public sealed class ResamplerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /*  Expected values of the theory below:
        import numpy as np; from scipy import ndimage as ndi
        b = np.array([[[((i*7+j*13+k*29+i*j*k)%17)-5. for k in range(6)] for j in range(5)] for i in range(7)])
        s = np.array([1.,1.5,3.]); t = np.array([0.8,2,2.]); nb = np.ceil(np.array(b.shape)*s/t).astype(int)
        co = [np.clip(0.5*(na-1)+(np.arange(q)-0.5*(q-1))*r, 0, na-1) for na,q,r in zip(b.shape,nb,t/s)]
        c = ndi.map_coordinates(b, np.meshgrid(*co,indexing='ij'), order=ORDER, mode='mirror')
        c[4,2,4], c[1,3,6], c.sum()  */
    [Theory]
    [InlineData(Interpolation.Nearest, -1.0, -1.0, 974.0)]
    [InlineData(Interpolation.Linear, 1.5000000000000022, 2.700000000000002, 923.3999999999999)]
    [InlineData(Interpolation.Cubic, 0.28860028860029047, 3.535162168241121, 916.384277441078)]
    public void Kernels_equal_an_independent_implementation(Interpolation kernel, double at424, double at136, double sum)
    {
        var grid = GridGeometry.AxisAligned(7, 5, 6, 1, 1.5, 3);
        var image = Filled(grid, (i, j, k) => (((i * 7) + (j * 13) + (k * 29) + (i * j * k)) % 17) - 5.0);

        var result = Resampler.Resample(image, new([0.8, 2, 2], kernel), Cancel);

        Assert.Equal((9, 4, 9), (result.Grid.CountI, result.Grid.CountJ, result.Grid.CountK));
        Assert.Equal(at424, result[4, 2, 4], 1e-12);
        Assert.Equal(at136, result[1, 3, 6], 1e-12);
        Assert.Equal(sum, result.Values.Sum(), 1e-9);
    }

    [Fact]
    public void Grids_keep_their_centre_their_axes_and_the_slices_where_two_spacings_are_given()
    {
        var grid = GridGeometry.AxisAligned(4, 4, 3, 3, 3, 5, new(10, -20, 30)) with
        {
            AxisI = new(0.6, 0.8, 0),
            AxisJ = new(-0.8, 0.6, 0),
        };
        var target = Resampler.TargetGrid(grid, [2, 2]);

        Assert.Equal((6, 6, 3), (target.CountI, target.CountJ, target.CountK));
        Assert.Equal((2.0, 2.0, 5.0), (target.SpacingI, target.SpacingJ, target.SpacingK));
        Assert.True((target.ToPatient(2.5, 2.5, 1) - grid.ToPatient(1.5, 1.5, 1)).Length < 1e-12);
        Assert.Equal(grid.AxisI, target.AxisI);
    }

    [Theory]
    [InlineData(204, 0.9769999980926514, 0.977, 204)] // a header's 32-bit float
    [InlineData(10, 0.30000001192092896, 0.1, 30)]
    [InlineData(10, 0.3001, 0.1, 31)]
    [InlineData(1, 1, 50, 1)]
    public void Counts_are_rounded_up_but_not_for_the_noise_of_headers(int count, double spacing, double wanted, int expected) =>
        Assert.Equal(expected, Resampler.TargetGrid(GridGeometry.AxisAligned(count, 1, 1, spacing, 1, 1), [wanted, 1]).CountI);

    [Theory]
    [InlineData(Interpolation.Linear, 1)]
    [InlineData(Interpolation.Cubic, 3)]
    public void Polynomials_of_the_kernels_degree_are_reproduced_inside(Interpolation kernel, int degree)
    {
        static double Axis(double x, int degree) => degree == 1 ? (2 * x) - 7 : (0.001 * x * x * x) - (0.1 * x * x) + x;
        var image = Filled(GridGeometry.AxisAligned(90, 80, 1, 1, 1, 1), (i, j, _) => Axis(i, degree) * Axis(j, degree));
        var result = Resampler.Resample(image, new([0.7, 1.3], kernel), Cancel);
        for (var j = 27; j < 34; j++)
        {
            for (var i = 55; i < 75; i++)
            {
                var p = image.Grid.ToVoxel(result.Grid.ToPatient(i, j, 0));
                Assert.Equal(Axis(p.X, degree) * Axis(p.Y, degree), result[i, j, 0], 1e-8);
            }
        }
    }

    [Theory]
    [InlineData(Interpolation.Nearest)]
    [InlineData(Interpolation.Linear)]
    [InlineData(Interpolation.Cubic)]
    public void A_crop_has_the_values_of_the_whole(Interpolation kernel) =>
        Gen.Select(Gen.Int[0, 1000], Gen.Double[0.4, 2.5], Gen.Double[0.4, 2.5]).Sample(
            (seed, inPlane, across) =>
            {
                var image = Filled(GridGeometry.AxisAligned(50, 83, 45, 1, 0.9, 1.7), (i, j, k) => Noise(seed + (i * 31) + (j * 1009) + (k * 7919)));
                double[] spacing = [inPlane, inPlane, across];
                var target = Resampler.TargetGrid(image.Grid, spacing);
                var box = new IndexBox(
                    target.CountI / 2, target.CountJ / 2, target.CountK / 3,
                    (target.CountI / 2) + 3, (target.CountJ / 2) + 4, (target.CountK / 3) + 2);
                var whole = Resampler.Resample(image, new(spacing, kernel), Cancel);
                var crop = Resampler.Resample(image, kernel, spacing, target, box, Cancel);
                Assert.Equal(whole.Grid.ToPatient(box.StartI, box.StartJ, box.StartK), crop.Grid.Origin);
                var expected = box.Copy<double>(target, whole.Values);
                for (var v = 0; v < expected.Length; v++)
                    Assert.Equal(expected[v], crop.Values[v], 1e-10);
            },
            iter: 8, threads: 1);

    [Fact]
    public void A_voxel_is_inside_from_a_partial_volume_of_one_half()
    {
        var grid = GridGeometry.AxisAligned(8, 1, 1, 1, 1, 1);
        var mask = new Mask(grid, [0, 1, 0, 0, 1, 1, 1, 0]);
        // Halved: each new voxel is the mean of two old ones: 0.5, 0, 1, 0.5.
        Assert.Equal([1, 0, 1, 1], Resampler.Resample(mask, new([2, 1]), Cancel).Values);
    }

    [Fact]
    public void The_same_spacing_changes_nothing()
    {
        var image = Filled(GridGeometry.AxisAligned(5, 6, 7, 0.9769999980926514, 0.9769999980926514, 3), (i, j, k) => Noise(i + (10 * j) + (100 * k)));
        var result = Resampler.Resample(image, new([0.977, 0.977, 3]), Cancel);
        Assert.Equal(image.Values, result.Values);
        Assert.Equal(image.Grid, result.Grid);
    }

    [Fact]
    public void One_voxel_becomes_a_constant_image() =>
        Assert.All(
            Resampler.Resample(Filled(GridGeometry.AxisAligned(1, 1, 1, 5, 5, 5), (_, _, _) => 42), new([1, 1, 1]), Cancel).Values,
            value => Assert.Equal(42, value, 1e-12));

    [Theory]
    [InlineData(512, 1.0, 0.01, "image.too-large")]
    [InlineData(512, 1e9, 0.01, "image.too-large")]
    [InlineData(5, double.MaxValue, 0.01, "image.too-large")]
    [InlineData(5, 0.0, 1.0, "image.spacing")]
    [InlineData(5, -1.0, 1.0, "image.spacing")]
    [InlineData(5, double.NaN, 1.0, "image.spacing")]
    [InlineData(5, 1.0, 0.0, "settings.resample")]
    public void Absurd_grids_are_refused(int count, double spacing, double wanted, string code)
    {
        var image = Filled(GridGeometry.AxisAligned(count, 2, 2, spacing, spacing, spacing), (_, _, _) => 1);
        var error = Assert.Throws<BadInputException>(() => Resampler.Resample(image, new([wanted, wanted, wanted]), Cancel));
        Assert.Equal(code, error.Code);
    }

    private static double Noise(int n) => Math.Sin(n * 12.9898) * 1000;

    private static Volume Filled(GridGeometry grid, Func<int, int, int, double> value)
    {
        var values = new double[grid.VoxelCount];
        for (var k = 0; k < grid.CountK; k++)
            for (var j = 0; j < grid.CountJ; j++)
                for (var i = 0; i < grid.CountI; i++)
                    values[grid.Index(i, j, k)] = value(i, j, k);
        return new(grid, values, IntensityUnit.Arbitrary);
    }
}
