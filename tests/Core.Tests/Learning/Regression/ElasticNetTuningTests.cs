using System.Globalization;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;

namespace RadiogenomicsCloud.Core.Tests.Learning;

public class ElasticNetTuningTests
{
    // Expected values: Rscript tests/Core.Tests/Data/glmnet/make_cv.R tests/Core.Tests/Data/glmnet (R 4.2.2, glmnet 4.1-6), whose call is
    // cv.glmnet(x, y, family = "binomial", alpha = 0.5, standardize = TRUE, thresh = 1e-14, maxit = 1e7,
    //           lambda = path$lambda, foldid = rep(1:5, length.out = nrow(x)), type.measure = measure)
    [Theory]
    [InlineData("tall", "deviance")]
    [InlineData("tall", "auc")]
    [InlineData("wide", "deviance")]
    [InlineData("wide", "auc")]
    public void Loss_and_choice_of_lambda_equal_those_of_cv_glmnet(string name, string measure)
    {
        var data = GlmnetCase.Read(name, "0.5");
        var settings = new PathSettings(0.5, Threshold: 1e-14, MaximumPasses: 10_000_000);
        var cancel = TestContext.Current.CancellationToken;
        var path = LogisticPath.Fit(data.ColumnMajor, data.Outcome, [], settings, cancel);
        var folds = new FoldAssignment(5, [.. Enumerable.Range(0, data.RowCount).Select(r => r % 5)]);

        var curve = ElasticNetTuning.Evaluate(
            data.Predictors, data.Outcome, [folds], [.. path.Points.Select(p => p.Lambda)], settings, measure == "auc", cancel);

        var file = Path.Combine(AppContext.BaseDirectory, "Data", "glmnet", $"{name}.cv_{measure}.csv");
        var expected = File.ReadLines(file).Skip(1)
            .Select(line => line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray()).ToArray();
        Assert.Equal(expected.Length, curve.Loss.Length);
        for (var l = 0; l < expected.Length; l++)
        {
            Assert.Equal(measure == "auc" ? 1 - expected[l][1] : expected[l][1], curve.Loss[l], 1e-8);
            Assert.Equal(expected[l][2], curve.StandardError[l], 1e-8);
        }
        Assert.Equal(1, expected[curve.Best][3]);
        Assert.Equal(1, expected[curve.OneStandardError][4]);
    }

    [Fact]
    public void Folds_without_both_classes_to_train_on_are_left_out()
    {
        // The only two events are in fold 0: without it one class is left to train on.
        var predictors = TestTables.Of([1, 2, 3, 4, 5, 6]);
        bool[] outcome = [true, true, false, false, false, false];
        var folds = new FoldAssignment(3, [0, 0, 1, 1, 2, 2]);
        var cancel = TestContext.Current.CancellationToken;

        var curve = ElasticNetTuning.Evaluate(predictors, outcome, [folds], [0.5, 0.1], new(), false, cancel);
        var others = ElasticNetTuning.Evaluate(
            predictors, outcome, [new FoldAssignment(3, [2, 2, 0, 0, 1, 1])], [0.5, 0.1], new(), false, cancel);
        Assert.Equal(others.Loss, curve.Loss);

        var none = ElasticNetTuning.Evaluate(predictors, outcome, [folds], [0.5, 0.1], new(), byAuc: true, cancel);
        Assert.Empty(none.Loss);
        Assert.Equal(0, none.Best);
        Assert.Equal(0, none.OneStandardError);
    }
}
