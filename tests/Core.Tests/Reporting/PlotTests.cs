using RadiogenomicsCloud.Reporting.Figures;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Reporting;

public class PlotTests
{
    [Theory]
    [InlineData(0, 4752, new[] { 0.0, 1000, 2000, 3000, 4000 }, "4000")]
    [InlineData(0, 12, new[] { 0.0, 2, 4, 6, 8, 10, 12 }, "12")]
    [InlineData(-0.05, 0.3, new[] { 0.0, 0.1, 0.2, 0.3 }, "0.3")]
    [InlineData(-0.006, 0.03, new[] { 0.0, 0.01, 0.02, 0.03 }, "0.03")]
    public void Ticks_are_round_and_within_the_axis(double low, double high, double[] expected, string last)
    {
        var axis = Axis.Round("x", low, high);
        Assert.Equal(expected, axis.Ticks, (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(last, axis.Text(axis.Ticks[^1]));
    }

    [Fact]
    public void An_axis_without_extent_and_a_negative_zero_are_no_trouble()
    {
        Assert.NotEmpty(Axis.Round("x", 3, 3).Ticks);
        Assert.Equal("0.0", Axis.Share("x").Text(-0.0));
        Assert.Equal("−0.2", Axis.Share("x").Text(-0.2));
    }

    [Fact]
    public void A_curve_ends_where_it_leaves_the_plot_and_begins_again_where_it_comes_back()
    {
        var stretches = CurveClip.Inside([new(0, 1), new(2, -1), new(4, 1), new(6, 5)], 0, 2);
        Assert.Equal(2, stretches.Count);
        Assert.Equal([new(0, 1), new(1, 0)], stretches[0]);
        Assert.Equal([new(3, 0), new(4, 1), new(4.5, 2)], stretches[1]);
    }

    [Fact]
    public void A_line_through_both_limits_keeps_its_middle() =>
        Assert.Equal([new CurvePoint(1, 0), new(3, 2)], Assert.Single(CurveClip.Inside([new(0, -1), new(4, 3)], 0, 2)));

    [Fact]
    public void The_number_at_risk_counts_who_has_neither_left_nor_had_the_event_before()
    {
        RiskGroup group = new(6, 1, [new(100, 1, null, null, 6), new(200, 0.8, 0.4, 0.95, 5), new(400, 0.8, 0.4, 0.95, 4)]);
        Assert.Equal([6, 6, 5, 4, 4, 0], new[] { 0, 100, 150, 201, 400, 401.0 }.Select(t => SurvivalFigure.AtRisk(group, t)));
    }

    [Theory]
    [InlineData("AUC 0.71", new[] { "AUC 0.71" })]
    [InlineData("M4: IDH wild type, mesenchyma…: slope 0.51", new[] { "M4: IDH wild type, mesenchyma…:", "slope 0.51" })]
    [InlineData("M2: IDH mutant, G-CIMP high: AUC 0.67", new[] { "M2: IDH mutant, G-CIMP high:", "AUC 0.67" })]
    [InlineData("no_space_anywhere_in_this_very_long_name_0.71", new[] { "no_space_anywhere_in_this_very_lon", "g_name_0.71" })]
    public void A_long_legend_takes_two_lines_and_keeps_its_figure(string text, string[] expected) =>
        Assert.Equal(expected, SeriesStyle.Wrap(text, 34));

    [Fact]
    public void Each_line_of_a_legend_has_its_place_within_the_drawing()
    {
        var plot = new Plot("p", Axis.Share("x"), Axis.Share("y"));
        plot.Line([new(0, 0), new(1, 1)], 0, "M4: IDH wild type, mesenchyma…: slope 0.51");
        plot.Line([new(0, 0), new(1, 1)], 1, "second");
        var svg = plot.ToSvg();
        Assert.Contains($"viewBox=\"0 0 {Plot.Size} {Plot.Size + (3 * 19) + 6}\"", svg, StringComparison.Ordinal);
        Assert.Equal([16, 35, 54], new[] { ">M4: IDH", ">slope 0.51", ">second" }.Select(t => Y(svg, t) - Plot.Size));
    }

    private static int Y(string svg, string text)
    {
        var before = svg[..svg.IndexOf(text, StringComparison.Ordinal)];
        return int.Parse(before[(before.LastIndexOf("y=\"", StringComparison.Ordinal) + 3)..^1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
