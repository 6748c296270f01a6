using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Tests;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Validation;

/// <summary>Pure noise, 60 cases of 500 features, selection and tuning on: what each way of estimating makes of it, with its Monte-Carlo error.</summary>
public sealed class NullStudyTests(ITestOutputHelper output)
{
    private const int Studies = 200;

    /// <summary>Every scheme at once, without intervals.</summary>
    private static readonly ResamplingOptions Schemes = new(BootstrapResamples: 20, Folds: 5, Repeats: 2, OuterResamples: 0)
    {
        LeaveOneSiteOut = true,
        HoldOut = new(),
    };

    private static readonly NullSetting FiltersAndElasticNet = new(
        "filters with tuned elastic net",
        [NullSetting.Named("univariate", """{"count": 30}"""), NullSetting.Named("correlation", """{"max": 0.9}""")],
        NullSetting.Named("elastic_net"));

    [LongFact]
    public void Filters_with_a_tuned_elastic_net_find_nothing_in_noise() => Require(FiltersAndElasticNet);

    /// <summary>A learner that is fitted at once, so that intervals can be made of thousands of fits.</summary>
    [Theory(Explicit = true)]
    [InlineData(EndpointKind.Binary, 0)]
    [InlineData(EndpointKind.Binary, 0.7)]
    [InlineData(EndpointKind.Survival, 0)]
    [InlineData(EndpointKind.Survival, 0.7)]
    public void Intervals_of_every_scheme_cover_what_they_say(EndpointKind kind, double signal)
    {
        var setting = new NullSetting("projection", [], NullSetting.Named("none"), kind, Cases: 51, Columns: 10, signal) { Learner = new ProjectionLearner() };
        var options = new ResamplingOptions(BootstrapResamples: 100, Folds: 5, Repeats: 4, OuterResamples: 60, InnerResamples: 8, InnerRepeats: 2)
        {
            LeaveOneSiteOut = true,
            HoldOut = new(),
        };
        var figures = Print(setting, options, 100).ToDictionary(f => f.Method);
        // 100 studies know a coverage of 95 % to about 2 %.
        foreach (var method in (string[])["out_of_bag", "nested_cv", "leave_one_site_out", "hold_out"])
            Assert.InRange(figures[method].Coverage!.Value, 0.88, 1);
    }

    [Fact]
    public void The_harness_measures_a_few_small_studies_of_noise_and_of_signal()
    {
        var small = FiltersAndElasticNet with { Columns = 5, Cases = 45 };
        var options = new ResamplingOptions(BootstrapResamples: 10, Folds: 3, Repeats: 1, OuterResamples: 0) { LeaveOneSiteOut = true, HoldOut = new() };
        var noise = Print(small, options, 3);
        Assert.Equal(
            ["apparent", "632+", "632", "external", "harrell", "hold_out", "leave_one_site_out", "nested_cv", "out_of_bag"],
            noise.Select(f => f.Method).OrderBy(m => m switch { "apparent" => 0, "632+" => 1, "632" => 2, _ => 3 }).ThenBy(m => m, StringComparer.Ordinal));
        Assert.All(noise, f => Assert.Equal((3, 0.5), (f.Studies, f.Truth)));
        Assert.InRange(Print(small with { Signal = 2 }, options, 2).Single(f => f.Method == "external").Mean, 0.75, 1);
    }

    private void Require(NullSetting setting)
    {
        var figures = Print(setting, Schemes, Studies).ToDictionary(f => f.Method);
        foreach (var method in (string[])["out_of_bag", "nested_cv", "leave_one_site_out", "hold_out", "external"])
            Assert.InRange(figures[method].Mean, 0.48, 0.52);
        Assert.InRange(figures["632+"].Mean, 0.48, 0.56);
        // Known to fail here: stated in the documentation.
        Assert.True(figures["632"].Mean > 0.56 && figures["harrell"].Mean > 0.56);
    }

    private IReadOnlyList<NullFigure> Print(NullSetting setting, ResamplingOptions options, int studies)
    {
        output.WriteLine($"{setting.Name}: {setting.Kind}, {setting.Cases} cases, {setting.Columns} columns, signal {setting.Signal}");
        var figures = NullStudy.Run(setting, options, studies);
        foreach (var figure in figures)
            output.WriteLine($"  {figure}");
        return figures;
    }
}
