using System.Globalization;
using RadiogenomicsCloud.Certification;

namespace RadiogenomicsCloud.Core.Tests.Certification;

public sealed class ReferenceValueTests
{
    private static ReferenceValue Reference(string printed, string tolerance = "0") => new(printed, decimal.Parse(tolerance, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("0.563", 0.5635, "0.564")] // the double lies above the half
    [InlineData("0.519", 0.5195, "0.519")] // this one lies below: 0.51949999999999996…
    [InlineData("0.519", 0.51949, "0.519")]
    [InlineData("0.562", 0.5625, "0.563")] // a half that a double holds exactly: away from zero
    [InlineData("-0.562", -0.5625, "-0.563")]
    [InlineData("556", 556.5, "557")]
    [InlineData("556", 556.4999999999999, "556")]
    [InlineData("12.2", 12.25, "12.3")]
    [InlineData("9.99", 9.996, "10.0")] // up into another decade
    [InlineData("358000", 358500, "359000")]
    [InlineData("-18000000", -17950000, "-18000000")]
    [InlineData("0.0000698", 0.00006984, "0.0000698")]
    [InlineData("0", 0, "0")]
    [InlineData("0", -0.0, "0")]
    [InlineData("0", 1e-300, "0")]
    public void A_value_is_rounded_to_three_significant_digits_with_halves_away_from_zero(string printed, double computed, string rounded) =>
        Assert.Equal(decimal.Parse(rounded, CultureInfo.InvariantCulture), Reference(printed).Rounded(computed));

    [Theory]
    [InlineData("125256", 125256, true)]
    [InlineData("125256", 125255, false)]
    [InlineData("125256", 125256.4, true)]
    [InlineData("27359", 27359.5, false)]
    [InlineData("2257", 2257.4, true)]
    [InlineData("2257", 2258, false)]
    public void A_whole_number_that_is_printed_in_full_is_compared_in_full(string printed, double computed, bool accepted) =>
        Assert.Equal(accepted, Reference(printed).Accepts(computed));

    [Theory]
    [InlineData("0.519", "0", 0.5194, true)]
    [InlineData("0.519", "0", 0.5196, false)]
    [InlineData("556", "4", 560.4, true)]
    [InlineData("556", "4", 560.5, false)]
    [InlineData("556", "4", 551.5, true)]
    [InlineData("556", "4", 551.4, false)]
    [InlineData("0.0944", "0.0005", 0.09494, true)]
    [InlineData("0.0944", "0.0005", 0.09496, false)] // 0.0950, which is 0.0006 away; in binary arithmetic such differences would need slack
    [InlineData("-0.355", "0", -0.3552, true)]
    [InlineData("-0.355", "0", 0.355, false)]
    [InlineData("-47", "0.1", -46.94, true)]
    [InlineData("-47", "0.1", -46.84, false)]
    [InlineData("39", "0.2", 39.24, true)]
    [InlineData("39", "0.2", 39.25, false)]
    [InlineData("0.00009", "0.000415", 0.0005, true)]
    [InlineData("0.00009", "0.000415", 0.000506, false)]
    [InlineData("2.6", "0", 2.604, true)]
    [InlineData("2.6", "0", 2.61, false)]
    [InlineData("0", "0", 0, true)]
    [InlineData("0", "0", 1e-5, false)]
    public void A_value_passes_if_it_is_within_the_tolerance_after_rounding_and_with_no_other_slack(
        string printed, string tolerance, double computed, bool accepted) =>
        Assert.Equal(accepted, Reference(printed, tolerance).Accepts(computed));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(1e27)]
    [InlineData(double.MaxValue)]
    [InlineData(-double.MaxValue)]
    public void What_is_no_number_of_a_table_has_no_rounded_value_and_does_not_pass(double computed)
    {
        var reference = Reference("1", "1000000");
        Assert.Null(reference.Rounded(computed));
        Assert.Null(reference.Difference(computed));
        Assert.False(reference.Accepts(computed));
    }

    [Fact]
    public void The_difference_is_that_of_the_rounded_value() => Assert.Equal(-0.3m, Reference("13.4", "1.1").Difference(13.1234));

    [Fact]
    public void A_row_without_reference_is_neither_right_nor_wrong_and_one_without_value_is_wrong()
    {
        var reference = Reference("2", "1");
        Assert.Equal((Verdict.Pass, false), Judge(new("f", "t", 3, reference)));
        Assert.Equal((Verdict.Fail, true), Judge(new("f", "t", 3.1, reference)));
        Assert.Equal((Verdict.NotComputed, true), Judge(new("f", "t", double.NaN, reference, "why")));
        Assert.Equal((Verdict.NoReference, false), Judge(new("f", "t", 3, null)));
        Assert.Equal((Verdict.NoReference, false), Judge(new("f", "t", double.NaN, null, "why")));

        static (Verdict, bool) Judge(CertificateRow row) => (row.Verdict, row.IsFailure);
    }
}
