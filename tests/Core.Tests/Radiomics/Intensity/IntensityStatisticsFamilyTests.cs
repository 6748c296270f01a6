using CsCheck;
using RadiogenomicsCloud.Radiomics;
using RadiogenomicsCloud.Radiomics.Intensity;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.Intensity;

public sealed class IntensityStatisticsFamilyTests
{
    private static readonly IntensityStatisticsFamily Family = new();

    [Fact]
    public void A_small_sample_gives_what_one_computes_by_hand()
    {
        // 1, 2, 3, 4, 10: mean 4, population variance 10, central moments m3 = 180/5 = 36, m4 = 1394/5 = 278.8.
        var values = Regions.Compute(Family, Regions.OfIntensities(10, 1, 4, 2, 3));
        Assert.Equal(4, values["stat_mean"]);
        Assert.Equal(10, values["stat_var"], 1e-13);
        Assert.Equal(36 / Math.Pow(10, 1.5), values["stat_skew"], 1e-14);
        Assert.Equal((278.8 / 100) - 3, values["stat_kurt"], 1e-14);
        Assert.Equal(3, values["stat_median"]);
        Assert.Equal(1, values["stat_min"]);
        Assert.Equal(1.4, values["stat_p10"], 1e-14);
        Assert.Equal(7.6, values["stat_p90"], 1e-14);
        Assert.Equal(10, values["stat_max"]);
        Assert.Equal(2, values["stat_iqr"]);
        Assert.Equal(9, values["stat_range"]);
        Assert.Equal(12.0 / 5, values["stat_mad"], 1e-14);
        Assert.Equal(2.0 / 3, values["stat_rmad"], 1e-14);
        Assert.Equal(11.0 / 5, values["stat_medad"], 1e-14);
        Assert.Equal(Math.Sqrt(10) / 4, values["stat_cov"], 1e-14);
        Assert.Equal(2.0 / 6, values["stat_qcod"], 1e-14);
        Assert.Equal(130, values["stat_energy"]);
        Assert.Equal(Math.Sqrt(26), values["stat_rms"], 1e-14);
    }

    [Fact]
    public void A_flat_region_has_no_spread_and_by_the_standard_no_skewness_nor_kurtosis()
    {
        // 0.1 is not a binary fraction: a plain mean of seven of them is not 0.1.
        var values = Regions.Compute(Family, Regions.OfIntensities(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1));
        Assert.Equal(0.1, values["stat_mean"]);
        foreach (var tag in new[] { "var", "skew", "kurt", "iqr", "range", "mad", "rmad", "medad", "cov", "qcod" })
            Assert.Equal(0, values[$"stat_{tag}"]);
    }

    [Fact]
    public void What_is_divided_by_zero_is_missing()
    {
        var values = Regions.Compute(Family, Regions.OfIntensities(-1, 1));
        Assert.Equal(double.NaN, values["stat_cov"]);
        Assert.Equal(double.NaN, values["stat_qcod"]);
        Assert.Equal(double.NaN, values["stat_rmad"]);
        Assert.Equal(-2, values["stat_kurt"]);
    }

    [Theory]
    [InlineData(double.NaN, 5)]
    [InlineData(double.NaN, 5000)]
    [InlineData(double.NegativeInfinity, 5)]
    [InlineData(double.PositiveInfinity, 5000)]
    public void Intensities_that_are_no_finite_numbers_have_no_statistics_and_that_is_said(double intensity, int voxels)
    {
        var roi = Regions.OfIntensities([.. Enumerable.Range(0, voxels).Select(x => x == 3 ? intensity : x)]);
        Assert.All(
            Regions.Compute(Family, new FeatureInput(roi, null, new([Family.Key]))),
            v => Assert.Equal((double.NaN, FeatureInput.NotFinite), (v.Value, v.Missing)));
    }

    [Theory]
    [InlineData(1e-200)]
    [InlineData(1e200)]
    public void Shape_does_not_depend_on_the_scale_of_the_intensities(double scale)
    {
        var plain = Regions.Compute(Family, Regions.OfIntensities(1, 2, 3, 4, 10));
        var scaled = Regions.Compute(Family, Regions.OfIntensities(scale, 2 * scale, 3 * scale, 4 * scale, 10 * scale));
        Assert.Equal(plain["stat_skew"], scaled["stat_skew"], 1e-12);
        Assert.Equal(plain["stat_kurt"], scaled["stat_kurt"], 1e-12);
    }

    [Fact]
    public void Shifting_moves_location_and_leaves_spread() =>
        Gen.Double[-100, 100].Array[1, 40].Sample(
            intensities =>
            {
                var plain = Regions.Compute(Family, Regions.OfIntensities(intensities));
                var shifted = Regions.Compute(Family, Regions.OfIntensities(Array.ConvertAll(intensities, x => x + 1000)));
                foreach (var tag in new[] { "mean", "median", "min", "p10", "p90", "max" })
                    Assert.Equal(plain[$"stat_{tag}"] + 1000, shifted[$"stat_{tag}"], 1e-9);
                foreach (var tag in new[] { "iqr", "range", "mad", "medad" })
                    Assert.Equal(plain[$"stat_{tag}"], shifted[$"stat_{tag}"], 1e-9);
            },
            iter: 200);
}
