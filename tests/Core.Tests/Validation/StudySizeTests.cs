using RadiogenomicsCloud.Fitting;
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
}
