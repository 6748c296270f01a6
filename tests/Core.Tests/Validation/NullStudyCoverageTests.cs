using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Validation;

/// <summary>How often the 95 % intervals of every scheme hold what the pipeline is worth, on noise and on planted signal.</summary>
public sealed class NullStudyCoverageTests(ITestOutputHelper output)
{
    /// <summary>Whose intervals must cover; the corrections that keep a bias of their own on noise have none with so many candidates.</summary>
    private static readonly string[] Methods = ["out_of_bag", "nested_cv", "leave_one_site_out", "hold_out", "632+"];

    /// <summary>A learner that is fitted at once, so that an interval can be made of many fits. 400 studies know a coverage of 90 % to ± 1.5 %.</summary>
    [Theory(Explicit = true)]
    [InlineData(EndpointKind.Binary, 0)]
    [InlineData(EndpointKind.Binary, 0.7)]
    [InlineData(EndpointKind.Survival, 0)]
    [InlineData(EndpointKind.Survival, 0.7)]
    public void Intervals_of_every_scheme_cover_what_they_say(EndpointKind kind, double signal) => Require(
        new NullSetting("projection", [], NullSetting.Named("none"), kind, Cases: 51, Columns: 10, signal) { Learner = new ProjectionLearner() },
        new ResamplingOptions(BootstrapResamples: 100, Folds: 5, Repeats: 4, OuterResamples: 60, InnerResamples: 8, InnerRepeats: 2),
        studies: 400);

    /// <summary>Twelve patients of the rarer class for each candidate: as many as give Harrell's and the .632 estimate an interval.</summary>
    [Theory(Explicit = true)]
    [InlineData(0)]
    [InlineData(0.7)]
    public void Intervals_of_the_corrections_cover_where_there_are_enough_patients_for_each_candidate(double signal) => Require(
        new NullSetting("projection", [], NullSetting.Named("none"), EndpointKind.Binary, Cases: 51, Columns: 2, signal) { Learner = new ProjectionLearner() },
        new ResamplingOptions(BootstrapResamples: 100, Folds: 5, Repeats: 4, OuterResamples: 60, InnerResamples: 8, InnerRepeats: 2),
        studies: 400, [.. Methods, "632", "harrell"]);

    /// <summary>What a study file asks for, on fewer columns and with fewer samples than a study would take. 300 studies know a coverage of 90 % to ± 1.7 %.</summary>
    [Theory(Explicit = true)]
    [InlineData(EndpointKind.Binary, 0)]
    [InlineData(EndpointKind.Binary, 1)]
    [InlineData(EndpointKind.Survival, 1)]
    public void Intervals_of_a_study_s_own_pipeline_cover_what_they_say(EndpointKind kind, double signal) => Require(
        new NullSetting(
            "filters with tuned elastic net",
            [NullSetting.Named("univariate", """{"count": 5}"""), NullSetting.Named("correlation", """{"max": 0.9}""")],
            NullSetting.Named("elastic_net", """{"nlambda": 20, "folds": 3}"""), kind, Cases: 60, Columns: 30, signal),
        new ResamplingOptions(BootstrapResamples: 40, Folds: 5, Repeats: 2, OuterResamples: 25, InnerResamples: 4, InnerRepeats: 2),
        studies: 300);

    private void Require(NullSetting setting, ResamplingOptions options, int studies, IReadOnlyList<string>? methods = null)
    {
        var figures = NullStudy.Print(output, setting, options with { LeaveOneSiteOut = true, HoldOut = new() }, studies).ToDictionary(f => f.Method);
        Assert.All(methods ?? Methods, method => Assert.InRange(figures[method].Coverage!.Value, 0.9, 1));
    }
}
