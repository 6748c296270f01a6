using CsCheck;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;
using RadiogenomicsCloud.Radiomics.IntensityVolumeHistogram;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.IntensityVolumeHistogram;

public sealed class IntensityVolumeHistogramFamilyTests
{
    private static readonly IntensityVolumeHistogramFamily Family = new();

    private static readonly Gen<double[]> WholeIntensities = Gen.Int[-30, 60].Select(x => (double)x).Array[1, 40];

    [Fact]
    public void Without_discretisation_equals_the_manual_written_out() =>
        Gen.Select(WholeIntensities, Gen.Int[0, 40], Gen.Int[0, 40], Gen.Bool).Sample(
            (intensities, below, above, hasRange) =>
            {
                var range = hasRange ? new ResegmentSettings(intensities.Min() - below, intensities.Max() + above) : null;
                AssertEqual(Region(range, intensities), new(IvhDiscretisation.None));
            },
            iter: 300);

    [Fact]
    public void Fixed_bin_size_equals_the_manual_written_out() =>
        Gen.Select(WholeIntensities, Gen.Int[0, 9], Gen.Int[0, 9], AnyOf(0.25, 0.5, 1, 2.5, 8), Gen.Int[0, 3]).Sample(
            (intensities, below, above, width, bounds) =>
            {
                var range = new ResegmentSettings(
                    (bounds & 1) != 0 ? intensities.Min() - below : null, (bounds & 2) != 0 ? intensities.Max() + above : null);
                AssertEqual(Region(range, intensities), new(IvhDiscretisation.FBS, BinWidth: width));
            },
            iter: 300);

    [Fact]
    public void Fixed_bin_number_equals_the_manual_written_out() =>
        Gen.Select(WholeIntensities, AnyOf(2, 5, 10, 32, 1000)).Sample(
            (intensities, bins) => AssertEqual(Region(new(Low: -1000), intensities), new(IvhDiscretisation.FBN, Bins: bins)),
            iter: 200);

    [Fact]
    public void The_total_range_of_calibrated_intensities_is_the_resegmentation_range()
    {
        // Levels 0 to 100: the fraction 0.1 is level 10, which 2 of 4 voxels have or exceed; 0.9 is level 90.
        var values = Compute(Region(new(0, 100), 5, 9, 10, 90), new(IvhDiscretisation.None));
        Assert.Equal(0.5, values["ivh_v10"]);
        Assert.Equal(0.25, values["ivh_v90"]);
        Assert.Equal(0.25, values["ivh_diff_v10_v90"]);
        Assert.Equal(91, values["ivh_i10"]);
        Assert.Equal(6, values["ivh_i90"]);
        Assert.Equal(85, values["ivh_diff_i10_i90"]);
    }

    [Fact]
    public void Levels_of_a_fixed_bin_size_are_bin_centres_from_the_range_s_lower_bound()
    {
        // Bins of 0.1 from 0: 0.3 computes to 2.9999999999999996 bins and is in the fourth, whose centre is 0.35.
        var values = Compute(Region(new(Low: 0), 0.3, 0.95), new(IvhDiscretisation.FBS, BinWidth: 0.1));
        Assert.Equal(1.05, values["ivh_i10"], 1e-12);
        Assert.Equal(0.45, values["ivh_i90"], 1e-12);
    }

    [Fact]
    public void The_area_under_a_uniform_histogram_is_that_of_the_trapezoid()
    {
        // ν falls from 1 in equal steps to 1/11: a straight line.
        var values = Compute(Region(null, [.. Enumerable.Range(0, 11).Select(x => (double)x)]), new(IvhDiscretisation.None));
        Assert.Equal((1 + (1 / 11.0)) / 2, values["ivh_auc"], 1e-15);
    }

    [Fact]
    public void The_area_of_two_intensities_at_the_ends_is_a_step()
    {
        // ν is 1 at 0 and 1/4 from level 1 to level 100.
        var values = Compute(Region(null, 0, 0, 0, 100), new(IvhDiscretisation.None));
        Assert.Equal((0.25 * 0.99) + (0.01 * (1 + 0.25) / 2), values["ivh_auc"], 1e-15);
    }

    [Fact]
    public void A_flat_region_has_no_area_and_no_intensity_fraction_and_the_next_level_as_intensity()
    {
        var values = ComputeAll(Region(null, 7, 7, 7), new(IvhDiscretisation.None));
        Assert.Equal(0, values["ivh_auc"].Value);
        Assert.Equal(8, values["ivh_i10"].Value);
        Assert.Equal(8, values["ivh_i90"].Value);
        Assert.Equal(0, values["ivh_diff_i10_i90"].Value);
        foreach (var tag in (string[])["ivh_v10", "ivh_v90", "ivh_diff_v10_v90"])
            Assert.Contains("no intensity fraction", values[tag].Missing, StringComparison.Ordinal);
        Assert.Equal(1, Compute(Region(new(0, 8), 7, 7, 7), new(IvhDiscretisation.None))["ivh_v10"]);
    }

    [Theory]
    [InlineData(IntensityUnit.Hounsfield, false, IvhDiscretisation.None, null, null)]
    [InlineData(IntensityUnit.Hounsfield, true, IvhDiscretisation.FBS, 2.5, null)]
    [InlineData(IntensityUnit.SuvBodyWeight, true, IvhDiscretisation.FBS, 0.1, null)]
    [InlineData(IntensityUnit.Arbitrary, false, IvhDiscretisation.FBN, null, 1000)]
    public void Without_settings_the_unit_decides(IntensityUnit unit, bool isContinuous, IvhDiscretisation method, double? width, int? bins)
    {
        var half = isContinuous ? 0.5 : 0;
        var roi = Region(new(Low: 0), [.. Enumerable.Range(1, 30).Select(x => (x * x) + half)]);
        roi = roi with { Image = new(roi.Image.Grid, roi.Image.Values, unit) };
        Assert.Equal(Compute(roi, new(method, width, bins)), Compute(roi, null));
    }

    [Fact]
    public void Intensities_that_are_not_whole_have_no_histogram_without_discretisation() =>
        Assert.All(
            ComputeAll(Region(null, 1, 2.5), new(IvhDiscretisation.None)).Values,
            v => Assert.Contains("not whole numbers", v.Missing, StringComparison.Ordinal));

    [Fact]
    public void Huge_intensities_are_missing_with_the_reason_or_have_values_by_bin_number()
    {
        var roi = Region(null, -1.7e308, 0, 1.7e308);
        Assert.All(ComputeAll(roi, new(IvhDiscretisation.None)).Values, v => Assert.Equal(FamilyValues.Overflow, v.Missing));
        // Here the levels can be counted, but nine tenths of them not: no value, and no volume of 0.
        Assert.All(ComputeAll(Region(null, 0, 5e307), new(IvhDiscretisation.None)).Values, v => Assert.Equal(FamilyValues.Overflow, v.Missing));
        var values = Compute(roi, new(IvhDiscretisation.FBN, Bins: 10));
        Assert.Equal((2 / 3.0, 1 / 3.0, 11.0, 2.0), (values["ivh_v10"], values["ivh_v90"], values["ivh_i10"], values["ivh_i90"]));
    }

    [Fact]
    public void Intensities_that_are_not_finite_are_missing_with_the_reason() =>
        Assert.All(
            ComputeAll(Region(null, 1, double.NaN), null).Values,
            v => Assert.Contains("not finite", v.Missing, StringComparison.Ordinal));

    private static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(v => values[v]);

    private static void AssertEqual(RegionOfInterest roi, IvhSettings settings)
    {
        var expected = NaiveIntensityVolumeHistogram.Compute(roi, settings);
        foreach (var (tag, value) in Compute(roi, settings))
            Assert.True(
                double.IsNaN(expected[tag]) ? double.IsNaN(value) : Math.Abs(value - expected[tag]) <= 1e-12 * Math.Max(1, Math.Abs(value)),
                $"{tag}: {value} is not {expected[tag]}");
    }

    private static Dictionary<string, double> Compute(RegionOfInterest roi, IvhSettings? settings) =>
        ComputeAll(roi, settings).ToDictionary(v => v.Key, v => v.Value.Value);

    private static Dictionary<string, FeatureValue> ComputeAll(RegionOfInterest roi, IvhSettings? settings) =>
        Regions.Compute(Family, new FeatureInput(roi, null, new([Family.Key], Ivh: settings))).ToDictionary(v => v.Definition.Tag);

    private static RegionOfInterest Region(ResegmentSettings? range, params double[] intensities) =>
        Regions.OfIntensities(intensities) with { Resegmentation = range };
}
