using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Learning.Transforms;

/// <summary>Expected numbers: R 4.2.2, <c>d &lt;- as.matrix(mtcars[, c("mpg", "disp", "hp", "drat", "wt", "qsec")])</c>, the call quoted beside them.</summary>
public class ScalingTests
{
    private const double NA = double.NaN;

    private static IFittedTransform Fit(string name, Predictors predictors, string options = "{}") => LearningRegistry.Transform(new(name, JsonDocument.Parse(options).RootElement))
        .Fit(new(predictors, new ContinuousEndpoint("y", new double[predictors.RowCount]), 1), TestContext.Current.CancellationToken);

    private static void Near(IEnumerable<double> expected, IEnumerable<double> actual, double tolerance = 1e-10) =>
        Assert.All(expected.Zip(actual), v => Assert.True(Math.Abs(v.First - v.Second) <= tolerance * Math.Max(1, Math.Abs(v.First)), $"{v.Second:R} instead of {v.First:R}"));

    [Theory]
    // apply(d, 2, IQR); apply(d, 2, mad)
    [InlineData("iqr", new[] { 7.375, 205.175, 83.5, 0.84, 1.02875, 2.0075 })]
    [InlineData("mad", new[] { 5.41149, 140.47635, 77.0952, 0.704235, 0.7672455, 1.415883 })]
    public void Robust_scaling_is_by_median_and_a_spread_that_outliers_do_not_move(string spread, double[] expected)
    {
        // apply(d, 2, median)
        double[] medians = [19.2, 196.3, 123, 3.695, 3.325, 17.71];
        var result = Fit("robust_scaling", MotorCars.Six, FormattableString.Invariant($$"""{"spread": "{{spread}}"}""")).Apply(MotorCars.Six);
        Near(Enumerable.Range(0, 6).Select(c => (MotorCars.Six.Column(c)[7] - medians[c]) / expected[c]), Enumerable.Range(0, 6).Select(c => result.Column(c)[7]));
    }

    [Fact]
    public void Robust_scaling_of_a_column_without_such_spread_is_by_its_deviation_or_only_centred()
    {
        var result = Fit("robust_scaling", TestTables.Of([1, 1, 1, 1, 6], [3, 3, 3, 3, 3], [NA, NA, NA, NA, NA])).Apply(TestTables.Of([6], [4], [NA]));
        Near([5 / Math.Sqrt(5), 1], result.All.ToArray()[..2]);
        Assert.Equal(NA, result.Column(2)[0]);
    }

    [Fact]
    public void Rank_normal_gives_the_normal_scores_of_midranks()
    {
        // r <- rank(mtcars$mpg); qnorm((r - 3/8) / (32 + 1/4)); qnorm(r / 33)
        var mpg = TestTables.Of(MotorCars.Mpg);
        double[] blom = [0.23532887107, 0.23532887107, 0.668403645657, 0.398960267713, -0.116852746716, -0.195551479965, -1.21384687774, 0.822393964663, 0.668403645657, 0, -0.275482281855, -0.441412038251, -0.357215834635, -0.769055329451, -1.81341756867, -1.81341756867, -1.06511983279, 1.64110705849, 1.29942402944, 2.06672907455, 0.528864824548, -0.620568271808, -0.769055329451, -1.39574699295, 0, 1.06511983279, 0.936847108358, 1.29942402944, -0.528864824548, 0.116852746716, -0.936847108358, 0.398960267713];
        double[] waerden = [0.229884117579, 0.229884117579, 0.650837306444, 0.389414297852, -0.114185294321, -0.191052006146, -1.16894884453, 0.799082762135, 0.650837306444, 0, -0.269066137854, -0.430727299295, -0.348755695517, -0.747858594763, -1.69062162958, -1.69062162958, -1.02995676223, 1.54970590074, 1.24775385535, 1.87635856189, 0.515704793693, -0.604585346583, -0.747858594763, -1.33517773612, 0, 1.02995676223, 0.908457868537, 1.24775385535, -0.515704793693, 0.114185294321, -0.908457868537, 0.389414297852];
        Near(blom, Fit("rank_normal", mpg).Apply(mpg).All.ToArray());
        Near(waerden, Fit("rank_normal", mpg, """{"score": "van_der_waerden"}""").Apply(mpg).All.ToArray());
    }

    [Fact]
    public void Rank_normal_interpolates_between_training_values_and_stops_at_their_ends()
    {
        var fitted = Fit("rank_normal", TestTables.Of([1, 2, 4, NA], [NA, NA, NA, NA]));
        var result = fitted.Apply(TestTables.Of([1, 3, 4, 100, -100, NA, 2], [5, 5, 5, 5, 5, NA, 5]));
        // qnorm((1:3 - 3/8) / 3.25) is −0.8694238, 0, 0.8694238
        var outer = -Normal.Quantile(0.625 / 3.25);
        Near([-outer, outer / 2, outer, outer, -outer], result.Column(0)[..5].ToArray());
        Assert.Equal(NA, result.Column(0)[5]);
        Assert.Equal([0, 0], result.Column(1)[..2].ToArray());
        Assert.True(fitted.HoldsRows);
    }

    [Fact]
    public void Components_equal_prcomp()
    {
        var fitted = (FittedPrincipalComponents)Fit("pca", MotorCars.Six, """{"share": 1}""");
        // pr <- prcomp(d, scale. = TRUE): pr$sdev^2 / sum(pr$sdev^2); pr$rotation[, 1:2]; pr$x[c(1, 32), ]
        Near([0.697899412892, 0.191352020273, 0.0555594439489, 0.0257267573798, 0.0207993347866, 0.00866303071943], fitted.Explained, 1e-9);
        MustBeAxis([-0.458683504983, 0.466035361594, 0.425853390533, -0.367096290802, 0.438617913021, -0.252831986562], fitted.Loadings[0]);
        MustBeAxis([-0.0586760892054, 0.0606529619631, -0.361475762715, -0.436525370934, 0.299534566165, 0.762848773961], fitted.Loadings[1]);
        var scores = fitted.Apply(MotorCars.Six);
        double[] first = [-0.842580639459, -0.87346939125, 0.228278346159, 0.374272548104, -0.515226413728, -0.0529388405905], last = [-1.40112403081, -0.100076651505, -0.516772622508, 0.435915057258, -0.0157646311807, -0.0341443759752];
        for (var k = 0; k < 6; k++)
        {
            Assert.Equal(Math.Abs(first[k]), Math.Abs(scores.Column(k)[0]), 1e-8);
            Assert.Equal(first[k] * last[k], scores.Column(k)[0] * scores.Column(k)[31], 1e-8);
            Assert.True(fitted.Loadings[k].MaxBy(Math.Abs) > 0);
        }
    }

    [Fact]
    public void Components_of_more_columns_than_rows_and_of_unscaled_columns_equal_prcomp()
    {
        // pr <- prcomp(d[1:4, ], scale. = TRUE): pr$x[1, ], pr$rotation[, 1]; the fourth has no variance
        var four = MotorCars.Six.SelectRows([0, 1, 2, 3]);
        var wide = (FittedPrincipalComponents)Fit("pca", four, """{"share": 1}""");
        Assert.Equal(["PC1", "PC2", "PC3"], wide.Columns);
        MustBeAxis([-0.346001243451, 0.507244175873, 0.422766465633, -0.406122786148, 0.510749237839, 0.135847339789], wide.Loadings[0]);
        double[] x = [-0.203196010372, -1.43392727282, -0.290726460187, 0];
        for (var k = 0; k < 3; k++)
            Assert.Equal(Math.Abs(x[k]), Math.Abs(wide.Apply(four).Column(k)[0]), 1e-8);
        // prcomp(d)$x[1, 1:3]
        var plain = Fit("pca", MotorCars.Six, """{"count": 3, "scale": false}""").Apply(MotorCars.Six);
        double[] unscaled = [-79.6080112392, -2.18793631403, 1.96960799982];
        for (var k = 0; k < 3; k++)
            Assert.Equal(Math.Abs(unscaled[k]), Math.Abs(plain.Column(k)[0]), 1e-8);
    }

    private static void MustBeAxis(double[] expected, IReadOnlyList<double> actual)
    {
        var sign = Math.Sign(expected[0] * actual[0]);
        Near(expected, actual.Select(v => sign * v), 1e-8);
    }

    [Fact]
    public void Components_are_as_many_as_asked_for_and_leave_other_columns()
    {
        Assert.Equal(["PC1", "PC2"], Fit("pca", MotorCars.Six, """{"share": 0.8}""").Columns);
        Assert.Equal(["PC1"], Fit("pca", MotorCars.Six, """{"share": 0.6}""").Columns);
        var some = Fit("pca", MotorCars.Six, """{"count": 1, "prefix": "d"}""");
        Assert.Equal(["dPC1", "mpg", "hp", "wt", "qsec"], some.Columns);
        Assert.Equal(["disp", "drat", "mpg", "hp", "wt", "qsec"], some.Inputs);
        Assert.Equal(MotorCars.Power, some.Apply(MotorCars.Six).Column(2).ToArray());
        var less = ((IPrunable)some).RestrictTo(["wt"]);
        Assert.Equal(["wt"], less.Inputs);
        Assert.Equal(MotorCars.Weight, less.Apply(MotorCars.Six).Column(0).ToArray());
    }

    [Fact]
    public void A_pipeline_with_components_is_locked_and_read_back()
    {
        bool[] outcome = [.. MotorCars.Mpg.Select(v => v > 20)];
        var pipeline = LearningRegistry.Pipeline([new("pca", JsonDocument.Parse("""{"count": 2}""").RootElement)], new("elastic_net", default))
            .Fit(TestTables.Training(MotorCars.Six, outcome), TestContext.Current.CancellationToken);
        var read = LearningRegistry.ReadModel(JsonDocument.Parse(pipeline.ToJson().GetRawText()).RootElement);
        Assert.Equal(pipeline.PredictProbability(MotorCars.Six), read.PredictProbability(MotorCars.Six));
        Assert.Equal(MotorCars.Six.Columns, pipeline.Columns);
        Assert.Null(pipeline.Coefficients);
    }
}
