using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;

namespace RadiogenomicsCloud.Core.Tests.Learning.Transforms;

/// <summary>Expected numbers: R 4.2.2, <c>d &lt;- mtcars[, c("mpg", "disp", "hp", "drat", "wt", "qsec")]</c>, the call quoted beside them.</summary>
public class ImputationTests
{
    private const double NA = double.NaN;

    private static IFittedTransform Fit(string name, Predictors predictors, string options = "{}") => LearningRegistry.Transform(new(name, JsonDocument.Parse(options).RootElement))
        .Fit(new(predictors, new ContinuousEndpoint("y", new double[predictors.RowCount]), 1), TestContext.Current.CancellationToken);

    private static Predictors With(Predictors predictors, params (int Column, int Row)[] gaps)
    {
        var values = predictors.All.ToArray();
        foreach (var (column, row) in gaps)
            values[(column * predictors.RowCount) + row] = NA;
        return predictors.With(predictors.Columns, values);
    }

    [Fact]
    public void Nearest_neighbours_equal_caret_where_training_has_no_gaps()
    {
        // train <- d[1:25,]; new <- d[26:32,]; new$mpg[c(1,3)] <- NA; new$wt[c(3,5)] <- NA; new$qsec[7] <- NA
        // pp <- caret::preProcess(train, method = "knnImpute", k = 5); predict(pp, new), times the deviations, plus the means of train
        var fitted = Fit("knn_imputation", MotorCars.Six.SelectRows([.. Enumerable.Range(0, 25)]));
        var result = fitted.Apply(With(MotorCars.Six.SelectRows([.. Enumerable.Range(25, 7)]), (0, 0), (0, 2), (4, 2), (4, 4), (5, 6)));
        double[] expected = [28.2, 20.36, 2.939, 3.347, 19];
        double[] actual = [result.Column(0)[0], result.Column(0)[2], result.Column(4)[2], result.Column(4)[4], result.Column(5)[6]];
        Assert.All(expected.Zip(actual), v => Assert.Equal(v.First, v.Second, 10));
        Assert.True(fitted.HoldsRows);
    }

    [Fact]
    public void Neighbours_are_those_that_have_the_value_and_share_a_column()
    {
        // Deviations are 1; the row that is nearest has no second value, the next two have 10 and 20.
        var fitted = Fit("knn_imputation", TestTables.Of([0, 1, 1.5, 9], [NA, 10, 20, 90], [NA, NA, NA, NA]), """{"k": 2}""");
        Assert.Equal(["x1", "x2"], fitted.Columns);
        Assert.Equal(15, fitted.Apply(TestTables.Of([0.0], [NA])).Column(1)[0], 10);
        // Nothing to be near by: the mean of 10, 20, 90.
        Assert.Equal(40, fitted.Apply(TestTables.Of([NA], [NA])).Column(1)[0], 10);
    }

    [Fact]
    public void Chained_regressions_equal_mice_when_it_has_converged()
    {
        // h <- d; h$mpg[c(2,9,20)] <- NA; h$disp[c(4,9)] <- NA; h$wt[c(1,12,20,30)] <- NA; h$qsec[17] <- NA
        // complete(mice(h, m = 1, method = "norm.predict", maxit = 200)), the same for every seed
        var table = With(MotorCars.Six, (0, 1), (0, 8), (0, 19), (1, 3), (1, 8), (4, 0), (4, 11), (4, 19), (4, 29), (5, 16));
        double[] expected =
        [
            20.3172027925, 26.0520013234, 26.7506678826, 211.118823615, 74.4233870534, 2.33143889417, 3.51722074679, 2.3865986062, 2.13459482581, 18.7016162468,
        ];
        var result = Fit("chained_imputation", table, """{"maxit": 200, "ridge": 1e-10}""").Apply(table);
        double[] actual =
        [
            .. new[] { 1, 8, 19 }.Select(r => result.Column(0)[r]), .. new[] { 3, 8 }.Select(r => result.Column(1)[r]),
            .. new[] { 0, 11, 19, 29 }.Select(r => result.Column(4)[r]), result.Column(5)[16],
        ];
        Assert.All(expected.Zip(actual), v => Assert.Equal(v.First, v.Second, 1e-6 * Math.Abs(v.First)));
    }

    [Fact]
    public void A_new_case_is_imputed_by_training_alone_in_any_column_and_within_its_range()
    {
        var random = new RadiogenomicsCloud.Statistics.DeterministicRandom(1);
        double[] x = [.. Enumerable.Range(0, 50).Select(_ => random.NextGaussian())];
        double[] y = [.. x.Select(v => (3 * v) + 1 + (0.01 * random.NextGaussian()))];
        var fitted = Fit("chained_imputation", TestTables.Of(x, y));
        // Both columns are complete in training.
        var result = fitted.Apply(TestTables.Of([NA, 0.5, NA, 100], [2.5, NA, NA, NA]));
        Assert.Equal(0.5, result.Column(0)[0], 0.02);
        Assert.Equal(2.5, result.Column(1)[1], 0.02);
        Assert.Equal([x.Average(), y.Average()], [result.Column(0)[2], result.Column(1)[2]], (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal(y.Max(), result.Column(1)[3], 10);
    }

    [Fact]
    public void A_pipeline_forgets_columns_and_imputes_the_same()
    {
        var training = TestTables.Simulated(60, 12, 0.1, 3).Predictors;
        foreach (var name in new[] { "knn_imputation", "chained_imputation" })
        {
            var fitted = Fit(name, training, name == "chained_imputation" ? """{"predictors": 2}""" : "{}");
            var less = ((IPrunable)fitted).RestrictTo(["x2", "x7"]);
            var read = LearningRegistry.ReadTransform(JsonDocument.Parse(less.ToJson().GetRawText()).RootElement);
            Assert.Equal(fitted.Apply(training).Column(1).ToArray(), read.Apply(training).Column(0).ToArray());
            Assert.Equal(fitted.Apply(training).Column(6).ToArray(), read.Apply(training).Column(1).ToArray());
            Assert.DoesNotContain(double.NaN, fitted.Apply(training).All.ToArray());
        }
    }

    [Fact]
    public void A_damaged_file_is_refused()
    {
        foreach (var json in new[]
        {
            """{"kind":"chained_imputation","maxit":3,"columns":["a"],"inputs":["a"],"means":[0],"scales":[1],"lows":[0],"highs":[1],"intercepts":[0],"predictors":[[1]],"weights":[[1]],"order":[0]}""",
            """{"kind":"chained_imputation","maxit":3e9,"columns":["a"],"inputs":["a"],"means":[0],"scales":[1],"lows":[0],"highs":[1],"intercepts":[0],"predictors":[[]],"weights":[[]],"order":[0]}""",
            """{"kind":"knn_imputation","k":1,"inputs":["a"],"columns":["a"],"means":[0],"scales":[1],"rows":[[1,2]]}""",
            """{"kind":"knn_imputation","k":0,"inputs":["a"],"columns":["a"],"means":[0],"scales":[1],"rows":[[1]]}""",
            """{"kind":"rank_normal","columns":["a"],"knots":[[2,1]],"scores":[[0,1]]}""",
            """{"kind":"pca","prefix":"","mixed":["a"],"others":[],"centres":[0],"scales":[1],"numbers":[1],"explained":[1],"loadings":[[1,2]]}""",
            """{"kind":"encode","refuse_unseen":false,"sources":[{"source":"a","levels":["x"],"places":[3],"outputs":["a=x"]}]}""",
            """{"kind":"combat","batch":"site","new_batch":"leave","mean_only":false,"batches":["A"],"prior":null,"covariates":[],"covariate_means":[],"columns":["a"],"centres":[0],"scales":[1],"effects":[],"shifts":[0],"spreads":[0]}""",
        })
        {
            Assert.Equal("model.invalid", Assert.Throws<BadInputException>(() => LearningRegistry.ReadTransform(JsonDocument.Parse(json).RootElement)).Code);
        }
    }
}
