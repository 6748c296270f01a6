using RadiogenomicsCloud.Core.Tests.Statistics;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;

namespace RadiogenomicsCloud.Core.Tests.Learning;

/// <summary>
/// The choice of λ of every endpoint against glmnet 4.1-6 (R 4.2.2): <c>Data/r/make_cv_glmnet.R</c>, whose call is <c>cv.glmnet(x, y, family = …,
/// alpha = 0.5, weights = w, thresh = 1e-14 (1e-20 for mtcars), maxit = 1e7, lambda = glmnet(…)$lambda, foldid = rep(1:5, length.out = nrow(x)), grouped = TRUE)</c>: mean
/// squared error of a number, deviance of classes, of survival the partial likelihood of all rows less that of the rows trained on. Two defects of
/// cv.glmnet's deviance of survival are gone round there and said there: censored times equal to events, and weights.
/// </summary>
public class CrossValidatedPathTests
{
    private static readonly RAnswers R = new("cv_glmnet.json");

    [Theory]
    [InlineData("mtcars")]
    [InlineData("mtcars.weighted")]
    [InlineData("veteran")]
    [InlineData("lung")]
    [InlineData("lung.weighted")]
    public void Loss_and_choice_of_lambda_on_data_of_R_equal_those_of_cv_glmnet(string name) => MustEqual(name);

    [Theory]
    [InlineData("lgg.idh1")]
    [InlineData("lgg.age")]
    [InlineData("lgg.subtype")]
    [InlineData("lgg.os")]
    public void Loss_and_choice_of_lambda_on_gliomas_equal_those_of_cv_glmnet(string name) => MustEqual(name);

    private static void MustEqual(string name)
    {
        var training = name == "veteran" ? Veteran() : PenalisedPathTests.Load(name);
        var settings = new PathSettings(0.5, Threshold: name.StartsWith("mtcars", StringComparison.Ordinal) ? 1e-20 : 1e-14, MaximumPasses: 10_000_000);
        var cancel = TestContext.Current.CancellationToken;
        var design = StandardisedDesign.Create(training.Predictors.All, training.Predictors.RowCount, training.Weights);
        var path = PenalisedPath.Fit(design, training.Endpoint, TieMethod.Breslow, null, settings, cancel);
        double[] lambdas = [.. path.Points.Select(p => p.Lambda)];
        RData.Near(R.Numbers(name, "lambda"), lambdas, 1e-8);
        var folds = new FoldAssignment(5, [.. Enumerable.Range(0, training.Predictors.RowCount).Select(r => r % 5)]);
        var curve = ElasticNetTuning.Evaluate(training, [folds], [(settings, lambdas)], TuningMeasure.Deviance, TieMethod.Breslow, cancel)[0];
        RData.Near(R.Numbers(name, "cvm"), curve.Loss, 1e-6);
        RData.Near(R.Numbers(name, "cvsd"), curve.StandardError, 1e-6);
        Assert.Equal(R.Numbers(name, "min")[0], curve.Best);
        Assert.Equal(R.Numbers(name, "se")[0], curve.OneStandardError);
    }

    /// <summary>Cell type by the other columns of <c>survival::veteran</c>: four classes.</summary>
    internal static TrainingSet Veteran()
    {
        var table = RFrame.OfR("veteran");
        return new(
            table.Predictors("time", "status", "karno", "age", "trt"),
            new MulticlassEndpoint("cell", ["squamous", "smallcell", "adeno", "large"], [.. table.Numbers("cell").Select(v => (int)v)]),
            1);
    }
}
