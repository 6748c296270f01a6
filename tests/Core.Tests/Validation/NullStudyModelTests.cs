using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Validation;

/// <summary>Pure noise, 60 cases of 500 features: every registered model out of bag and on another cohort, and the other endpoints by every method.</summary>
public sealed class NullStudyModelTests(ITestOutputHelper output)
{
    private const int Studies = 200;

    private static readonly ResamplingOptions OutOfBag = new(BootstrapResamples: 10, Repeats: 0, OuterResamples: 0);

    public static TheoryData<string> Models => [.. NullPipelines.OtherModels.Select(s => s.Name)];

    public static TheoryData<string> Endpoints => [.. NullPipelines.OtherEndpoints.Select(s => s.Name)];

    [Theory(Explicit = true)]
    [MemberData(nameof(Models))]
    public void No_registered_model_finds_anything_in_noise(string name)
    {
        var figures = NullStudy.Print(output, NullPipelines.OtherModels.Single(s => s.Name == name), OutOfBag, Studies).ToDictionary(f => f.Method);
        Assert.All(new[] { "out_of_bag", "external" }, method => Assert.InRange(figures[method].Mean, 0.48, 0.52));
    }

    [Theory(Explicit = true)]
    [MemberData(nameof(Endpoints))]
    public void Nothing_is_found_in_noise_for_other_endpoints(string name)
    {
        var setting = NullPipelines.OtherEndpoints.Single(s => s.Name == name);
        var options = new ResamplingOptions(BootstrapResamples: 10, Folds: 5, Repeats: 1, OuterResamples: 0) { LeaveOneSiteOut = true };
        var figures = NullStudy.Print(output, setting, options, Studies).ToDictionary(f => f.Method);
        // A rank correlation is on twice the scale of a share of pairs.
        var (nothing, bound) = setting.Measure.NoInformation is 0.5 ? (0.5, 0.02) : (0, 0.04);
        Assert.All(
            new[] { "out_of_bag", "nested_cv", "leave_one_site_out", "external" },
            method => Assert.InRange(figures[method].Mean, nothing - bound, nothing + bound));
    }

    [Fact]
    public void Every_registered_model_can_be_tried_so()
    {
        Assert.All(NullPipelines.OtherModels, setting => Assert.Contains(
            NullStudy.Run(setting with { Columns = 20 }, OutOfBag, 1), f => f is { Method: "out_of_bag", Studies: 1 }));
    }
}
