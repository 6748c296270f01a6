using RadiogenomicsCloud.Tests;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Validation;

/// <summary>Pure noise, 60 cases of 500 features, selection and tuning on: what each way of estimating makes of it, with its Monte-Carlo error.</summary>
public sealed class NullStudyTests(ITestOutputHelper output)
{
    private const int Studies = 200;

    /// <summary>
    /// The 18 cases that a split holds out know an AUC to ± 0.14, hence 200 studies their mean to ± 0.01 only: a bound of 0.02 asks for more studies.
    /// </summary>
    private const int StudiesOfOneSplit = 1000;

    /// <summary>Every scheme at once, without intervals.</summary>
    private static readonly ResamplingOptions Schemes = new(BootstrapResamples: 20, Folds: 5, Repeats: 2, OuterResamples: 0)
    {
        LeaveOneSiteOut = true,
        HoldOut = new(),
    };

    private static readonly ResamplingOptions OneSplit = new(BootstrapResamples: 0, Repeats: 0, OuterResamples: 0) { HoldOut = new() };

    [LongFact]
    public void Filters_with_a_tuned_elastic_net_find_nothing_in_noise() => Require(NullPipelines.FiltersAndElasticNet);

    [LongFact]
    public void A_filter_with_a_tuned_forest_finds_nothing_in_noise() => Require(NullPipelines.FilterAndForest);

    [Fact]
    public void The_harness_measures_a_few_small_studies_of_noise_and_of_signal()
    {
        var small = NullPipelines.FiltersAndElasticNet with { Columns = 5, Cases = 45 };
        var options = new ResamplingOptions(BootstrapResamples: 10, Folds: 3, Repeats: 1, OuterResamples: 0) { LeaveOneSiteOut = true, HoldOut = new() };
        var noise = NullStudy.Print(output, small, options, 3);
        Assert.Equal(
            ["apparent", "632+", "632", "external", "harrell", "hold_out", "leave_one_site_out", "nested_cv", "out_of_bag"],
            noise.Select(f => f.Method).OrderBy(m => m switch { "apparent" => 0, "632+" => 1, "632" => 2, _ => 3 }).ThenBy(m => m, StringComparer.Ordinal));
        Assert.All(noise, f => Assert.Equal((3, 0.5), (f.Studies, f.Truth)));
        Assert.InRange(NullStudy.Print(output, small with { Signal = 2 }, options, 2).Single(f => f.Method == "external").Mean, 0.75, 1);
    }

    private void Require(NullSetting setting)
    {
        var figures = NullStudy.Print(output, setting, Schemes, Studies).ToDictionary(f => f.Method);
        foreach (var method in (string[])["out_of_bag", "nested_cv", "leave_one_site_out", "external"])
            Assert.InRange(figures[method].Mean, 0.48, 0.52);
        Assert.InRange(figures["632+"].Mean, 0.48, 0.56);
        // Known to fail here: stated in the documentation.
        Assert.True(figures["632"].Mean > 0.56 && figures["harrell"].Mean > 0.56);
        Assert.InRange(NullStudy.Print(output, setting, OneSplit, StudiesOfOneSplit).Single(f => f.Method == "hold_out").Mean, 0.48, 0.52);
    }
}
