using RadiogenomicsCloud.Pipeline.Steps;

namespace RadiogenomicsCloud.Core.Tests.Pipeline.Steps;

/// <summary>
/// What every step gives on a fixed cohort, by its version. Whoever changes a step's output on purpose raises its version and runs this
/// once with the variable that <see cref="GoldenFile"/> names; without a new version, old stores would go on giving the old output.
/// </summary>
public sealed class StepGoldenTests(GoldenRun run) : IClassFixture<GoldenRun>
{
    public static TheoryData<string> Steps => [.. CohortSteps.Versions.Keys];

    [Theory]
    [MemberData(nameof(Steps))]
    public void A_step_gives_what_its_version_gave(string step)
    {
        var (version, outputs) = run.Of(step);
        Assert.Equal(CohortSteps.Versions[step], version);
        Assert.NotEmpty(outputs);
        GoldenFile.Check(step, version, outputs);
    }

    [Fact]
    public void The_cohort_has_every_fate_of_a_case()
    {
        var results = run.Of("results").Outputs.Select(o => o.ToJsonString()).ToList();
        Assert.Equal(2, results.Count);
        Assert.All(results, r => Assert.Contains("T13,P13,B,failed,imaging ct", r, StringComparison.Ordinal));
        Assert.All(results, r => Assert.Contains("T11,P11,B,excluded,endpoint", r, StringComparison.Ordinal));
        Assert.All(results, r => Assert.Contains("T12,P12,A,excluded,", r, StringComparison.Ordinal));
        Assert.All(results, r => Assert.Contains("T00,P00,A,analysed,", r, StringComparison.Ordinal));
    }
}
