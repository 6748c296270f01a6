using System.Numerics;
using CsCheck;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics.Morphology;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.Morphology;

public sealed class SpatialAutocorrelationTests
{
    [Fact]
    public void The_transform_equals_the_sum_over_all_pairs() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int[1, 9]).SelectMany((i, j, k) =>
            Gen.Select(Gen.Byte[0, 1].Array[i * j * k], Gen.Double[-1000, 1000].Array[i * j * k], Gen.Double[0.3, 5], Gen.Double[0.3, 5])
                .Select((mask, values, a, b) => MorphologyCase.Of(GridGeometry.AxisAligned(i, j, k, a, 1, b), mask, values)))
        .Where(roi => roi.IntensityMask.Count() > 1)
        .Sample(
            roi =>
            {
                var (moran, geary) = Naive(roi);
                var (fastMoran, fastGeary, _) = SpatialAutocorrelation.Of(roi, VoxelBox.Of(roi.IntensityMask)!);
                // Moran's I is a sum of both signs around 0, so its error is relative to its scale, 1.
                Assert.Equal(moran, fastMoran, 1e-9 * Math.Max(Math.Abs(moran), 1e-3));
                Assert.Equal(geary, fastGeary, 1e-9 * geary);
            },
            iter: 200, threads: 1);

    [Fact]
    public void Large_intensities_with_a_small_spread_lose_no_more_than_the_mean_does()
    {
        var roi = MorphologyCase.Region(8, 9, 7, p => p.Length < 3.9, intensity: (i, j, k) => 1e6 + Math.Sin((i * 3) + (j * 5) + (k * 7)));
        var (moran, geary) = Naive(roi);
        var (fastMoran, fastGeary, _) = SpatialAutocorrelation.Of(roi, VoxelBox.Of(roi.IntensityMask)!);
        Assert.Equal(moran, fastMoran, 1e-9 * Math.Abs(moran));
        Assert.Equal(geary, fastGeary, 1e-9 * geary);
    }

    [Fact]
    public void Few_voxels_in_a_large_box_are_summed_pair_by_pair()
    {
        // A few voxels in the middle and a few in a corner: as a contour that was drawn by mistake.
        var roi = MorphologyCase.Region(
            160, 125, 100, p => Math.Max(Math.Abs(p.X), Math.Max(Math.Abs(p.Y), Math.Abs(p.Z))) < 1.5, intensity: (i, j, k) => Math.Sin((i * 3) + (j * 5) + (k * 7)));
        for (var k = 0; k < 3; k++)
        {
            for (var n = 0; n < 9; n++)
                roi.IntensityMask.Values[roi.IntensityMask.Grid.Index(n % 3, n / 3, k)] = 1;
        }
        var (moran, geary) = Naive(roi);
        var (ourMoran, ourGeary, _) = SpatialAutocorrelation.Of(roi, VoxelBox.Of(roi.IntensityMask)!);
        Assert.Equal(moran, ourMoran, 1e-9);
        Assert.Equal(geary, ourGeary, 1e-9 * geary);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(30)]
    [InlineData(75)]
    [InlineData(96)]
    [InlineData(180)]
    public void The_transform_of_every_radix_equals_its_definition(int n)
    {
        var fft = new BatchedFft(n);
        var (re, im) = (new double[n * BatchedFft.Batch], new double[n * BatchedFft.Batch]);
        for (var t = 0; t < re.Length; t++)
            (re[t], im[t]) = (Math.Sin(t * 1.7), Math.Cos(t * t * 0.3));
        var lines = Enumerable.Range(0, BatchedFft.Batch)
            .Select(b => Enumerable.Range(0, n).Select(t => new Complex(re[(t * BatchedFft.Batch) + b], im[(t * BatchedFft.Batch) + b])).ToArray())
            .ToArray();
        fft.Transform(re, im);
        for (var b = 0; b < BatchedFft.Batch; b++)
        {
            for (var f = 0; f < n; f++)
            {
                var expected = Complex.Zero;
                for (var t = 0; t < n; t++)
                    expected += lines[b][t] * Complex.FromPolarCoordinates(1, -2 * Math.PI * ((long)f * t % n) / n);
                Assert.Equal(expected.Real, re[(f * BatchedFft.Batch) + b], 1e-11);
                Assert.Equal(expected.Imaginary, im[(f * BatchedFft.Batch) + b], 1e-11);
            }
        }
    }

    [Fact]
    public void One_voxel_and_flat_intensities_have_no_autocorrelation()
    {
        var one = MorphologyCase.Region(3, 3, 3, p => p.Length < 0.1);
        var flat = MorphologyCase.Region(5, 5, 5, _ => true, intensity: (_, _, _) => 0.1);
        Assert.Equal((double.NaN, double.NaN, "the intensity mask is one voxel"), SpatialAutocorrelation.Of(one, VoxelBox.Of(one.IntensityMask)!));
        Assert.Equal((double.NaN, double.NaN, "all intensities are equal"), SpatialAutocorrelation.Of(flat, VoxelBox.Of(flat.IntensityMask)!));
    }

    private static (double MoranI, double GearyC) Naive(RegionOfInterest roi)
    {
        var naive = NaiveSpatialAutocorrelation.Compute(roi);
        return (naive["morph_moran_i"], naive["morph_geary_c"]);
    }
}
