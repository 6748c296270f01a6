using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Validation;

public sealed class StudySizeTests
{
    [Fact]
    public void A_study_large_enough_is_not_warned_about() => Assert.Empty(StudySize.Warnings(EndpointKind.Binary, cases: 300, informative: 100, candidates: 10));

    [Fact]
    public void Each_weakness_is_said_with_its_numbers()
    {
        Assert.Equal(
            ["Only 9 patients are in the rarer class; every estimate is very uncertain."], StudySize.Warnings(EndpointKind.Binary, cases: 40, informative: 9, candidates: 0));
        Assert.Equal(
            ["19 patients in the rarer class for 4 candidate predictors, 4.75 for each; fewer than 10 invite overfitting."], StudySize.Warnings(EndpointKind.Binary, 51, 19, 4));
        var many = StudySize.Warnings(EndpointKind.Binary, 51, 19, 500);
        Assert.Equal(2, many.Count);
        Assert.StartsWith("500 candidate predictors exceed 51 cases", many[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Rileys_criteria_are_told_with_their_greatest_number_and_not_where_they_are_met()
    {
        foreach (var kind in Enum.GetValues<EndpointKind>())
        {
            var study = AnyStudy.Make(kind, 60, 1, 1, 0);
            var plan = AnyStudy.Plan(study, new ResamplingOptions());
            Assert.Matches(@"^Riley's criteria ask for \d+ patients for 500 candidate predictors \(.+ anticipated\); the study has 60\.$", StudySize.Riley(plan, 500)!);
            Assert.Null(StudySize.Riley(plan, 0));
        }
        var binary = AnyStudy.Make(EndpointKind.Binary, 2000, 1, 1, 0);
        Assert.Null(StudySize.Riley(AnyStudy.Plan(binary, new ResamplingOptions()), 5));
        // The greatest of the three criteria, as the function itself gives them.
        var small = AnyStudy.Plan(AnyStudy.Make(EndpointKind.Binary, 60, 1, 1, 0), new ResamplingOptions());
        var events = ((BinaryEndpoint)small.Endpoint).EventCount;
        var required = RileyCriteria.Binary(60, events, 20, 0.15 * RileyCriteria.MaximumCoxSnell(events / 60.0)).Required;
        Assert.Contains($"ask for {required:0} patients for 20 ", StudySize.Riley(small, 20)!, StringComparison.Ordinal);
    }
}
