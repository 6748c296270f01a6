using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Statistics;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Validation;

/// <summary>When there is a likelihood-ratio test of added predictors; its numbers are compared with R's <c>anova</c> where the test itself is.</summary>
public sealed class AddedPredictorsTests
{
    private static readonly (Predictors Predictors, Endpoint Endpoint) Study = AnyStudy.Make(EndpointKind.Binary, 90, 3, 11, 0.8);

    public static TheoryData<EndpointKind> Kinds => [.. Enum.GetValues<EndpointKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_set_within_another_is_tested_by_twice_the_difference_of_the_log_likelihoods(EndpointKind kind)
    {
        var study = AnyStudy.Make(kind, 90, 3, 11, 0.8);
        var test = Assert.Single(Tests(study, [], Model("regression")));
        Assert.Equal(("regression", "few", "many"), (test.Model, test.Smaller, test.Larger));
        double few = Likelihood(study, 1), many = Likelihood(study, 3);
        Assert.Equal(2 * (many - few), test.ChiSquare!.Value, 6);
        Assert.Equal(kind == EndpointKind.Multiclass ? 4 : 2, test.DegreesOfFreedom);
        Assert.Equal(ChiSquare.UpperTail(2 * (many - few), test.DegreesOfFreedom!.Value), test.PValue!.Value, 8);
        Assert.Null(test.Refusal);
    }

    [Fact]
    public void Scaling_does_not_change_it_and_a_small_study_is_warned()
    {
        var plain = Assert.Single(Tests(Study, [], Model("regression")));
        var scaled = Assert.Single(Tests(Study, [Model("zscore"), Model("near_zero_variance")], Model("regression")));
        Assert.Equal(plain.ChiSquare!.Value, scaled.ChiSquare!.Value, 8);
        Assert.Null(plain.Caution);
        var small = AnyStudy.Make(EndpointKind.Binary, 40, 3, 3, 0.5);
        Assert.Contains("parameters", Assert.Single(Tests(small, [], Model("regression"))).Caution!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ridge", null, "without penalty")]
    [InlineData("random_forest", null, "without penalty")]
    [InlineData("regression", "univariate", "'univariate'")]
    [InlineData("regression", "pca", "'pca'")]
    public void It_is_refused_with_the_reason_where_the_models_were_not_fixed_beforehand(string model, string? step, string reason)
    {
        var test = Assert.Single(Tests(Study, step is null ? [] : [Model(step)], Model(model)));
        Assert.Contains(reason, test.Refusal!, StringComparison.Ordinal);
        Assert.Null(test.ChiSquare);
        Assert.Null(test.PValue);
    }

    [Fact]
    public void It_is_refused_where_cases_are_weighed_or_not_independent()
    {
        Assert.Contains("'class_weights'", Assert.Single(Tests(Study, [], Model("regression"), "class_weights")).Refusal!, StringComparison.Ordinal);
        var repeated = AnyStudy.Make(EndpointKind.Binary, 45, 3, 11, 0.8, rowsASubject: 2);
        Assert.Contains("several cases", Assert.Single(Tests(repeated, [], Model("regression"))).Refusal!, StringComparison.Ordinal);
    }

    [Fact]
    public void Sets_that_are_not_within_each_other_have_no_test() => Assert.Empty(
        AddedPredictors.Test(Plan(Study), "regression", [Locked(Study, "a", 1, 0, [], Model("regression")), Locked(Study, "b", 2, 1, [], Model("regression"))], null));

    private static IReadOnlyList<AddedPredictorsTest> Tests(
        (Predictors Predictors, Endpoint Endpoint) study, IReadOnlyList<NamedOptions> steps, NamedOptions model, string? reweighted = null) =>
        AddedPredictors.Test(Plan(study), model.Name, [Locked(study, "few", 1, 0, steps, model), Locked(study, "many", 3, 0, steps, model)], reweighted);

    private static ResamplingPlan Plan((Predictors Predictors, Endpoint Endpoint) study) => AnyStudy.Plan(study, new(BootstrapResamples: 0, Repeats: 1, OuterResamples: 0));

    private static LockedPredictors Locked(
        (Predictors Predictors, Endpoint Endpoint) study, string set, int columns, int first, IReadOnlyList<NamedOptions> steps, NamedOptions model)
    {
        var predictors = study.Predictors.SelectColumns([.. Enumerable.Range(first, columns)]);
        var fitted = (FittedPipeline)LearningRegistry.Pipeline(steps, model).Fit(new(predictors, study.Endpoint, 1), CancellationToken.None);
        return new(set, predictors.Columns, LockedModel.Create(fitted, study.Endpoint, null), false);
    }

    private static double Likelihood((Predictors Predictors, Endpoint Endpoint) study, int columns)
    {
        var predictors = study.Predictors.SelectColumns([.. Enumerable.Range(0, columns)]);
        var fitted = LearningRegistry.Model(Model("regression")).Fit(new(predictors, study.Endpoint, 1), CancellationToken.None);
        return fitted is FittedRegression regression ? regression.Inference.LogLikelihood : ((FittedMultinomial)fitted).Inference!.LogLikelihood;
    }

    private static NamedOptions Model(string name) => new(name, JsonSerializer.SerializeToElement(new { }));
}
