using CsCheck;
using RadiogenomicsCloud.Radiomics.Intensity;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.Intensity;

public sealed class IntensityHistogramFamilyTests
{
    private static readonly IntensityHistogramFamily Family = new();

    [Fact]
    public void Measures_shared_with_intensity_statistics_are_those_of_the_levels_as_intensities() =>
        Gen.Int[1, 12].Array[1, 60].Sample(
            levels =>
            {
                var (roi, region) = Regions.OfLevels(levels.Length, 1, 1, levels, levelCount: 12);
                var histogram = Regions.Compute(Family, roi, region);
                var statistics = Regions.Compute(new IntensityStatisticsFamily(), roi);
                foreach (var (tag, value) in statistics)
                {
                    if (tag is "stat_energy" or "stat_rms")
                        continue;
                    // Sums over levels round otherwise than sums over voxels.
                    var ours = histogram[tag.Replace("stat_", "ih_", StringComparison.Ordinal)];
                    Assert.True(value.Equals(ours) || Math.Abs(value - ours) <= 1e-12 * Math.Max(1, Math.Abs(value)), $"{tag}: {value:R} and {ours:R}");
                }
            },
            iter: 200);

    [Fact]
    public void Gradients_count_empty_bins_and_report_the_lowest_of_equal_levels()
    {
        // H = 2, 0, 0, 2, 0 has the gradient -2, -1, 1, 0, -2.
        var values = Histogram(5, 1, 1, 4, 4);
        Assert.Equal(1, values["ih_max_grad"]);
        Assert.Equal(3, values["ih_max_grad_g"]);
        Assert.Equal(-2, values["ih_min_grad"]);
        Assert.Equal(1, values["ih_min_grad_g"]);

        // H = 0, 2, 0, 2 has the gradient 2, 0, 0, 2.
        var equalMaxima = Histogram(4, 2, 2, 4, 4);
        Assert.Equal(2, equalMaxima["ih_max_grad"]);
        Assert.Equal(1, equalMaxima["ih_max_grad_g"]);
        Assert.Equal(0, equalMaxima["ih_min_grad"]);
        Assert.Equal(2, equalMaxima["ih_min_grad_g"]);
    }

    [Fact]
    public void A_single_bin_has_no_gradient()
    {
        var values = Histogram(1, 1, 1, 1);
        foreach (var tag in new[] { "max_grad", "max_grad_g", "min_grad", "min_grad_g" })
            Assert.Equal(double.NaN, values[$"ih_{tag}"]);
        Assert.Equal(0, values["ih_entropy"]);
        Assert.Equal(1, values["ih_uniformity"]);
        Assert.Equal(1, values["ih_mode"]);
    }

    [Theory]
    [InlineData(new[] { 1, 1, 5, 5, 6, 6 }, 5)] // mean 4: of 1, 5 and 6 the nearest
    [InlineData(new[] { 2, 2, 4, 4 }, 2)] // mean 3: 2 and 4 equally near, the left one
    [InlineData(new[] { 1, 1, 3, 6, 6 }, 1)] // mean 3.4: 1 lies 2.4 away, 6 lies 2.6 away
    [InlineData(new[] { 1, 7, 7, 7 }, 7)]
    public void Mode_is_the_most_frequent_level_nearest_the_mean_then_the_left_one(int[] levels, double mode) =>
        Assert.Equal(mode, Histogram(8, levels)["ih_mode"]);

    [Fact]
    public void Equally_filled_bins_have_maximal_entropy()
    {
        var values = Histogram(4, 1, 2, 3, 4);
        Assert.Equal(2, values["ih_entropy"]);
        Assert.Equal(0.25, values["ih_uniformity"]);
    }

    private static Dictionary<string, double> Histogram(int levelCount, params int[] levels)
    {
        var (roi, region) = Regions.OfLevels(levels.Length, 1, 1, levels, levelCount);
        return Regions.Compute(Family, roi, region);
    }
}
