using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Learning.Transforms;

/// <summary>
/// Expected numbers: sva 3.46.0 under R 4.2.2, <c>d &lt;- as.matrix(mtcars[, c("mpg", "disp", "hp", "drat", "wt", "qsec")])</c>,
/// <c>batch &lt;- paste0("s", mtcars$gear)</c>, <c>mod &lt;- model.matrix(~ carb, mtcars)</c>: cars 1, 19 and 32 of the result, then means and
/// variances of its columns.
/// </summary>
public class ComBatTests
{
    private const double NA = double.NaN;

    public static TheoryData<string, double[], double[], double[], double[], double[]> Sva => new()
    {
        // ComBat(t(d), batch)
        {
            """{}""",
            [16.9856045666, 280.725237099, 174.199625608, 3.47435512296, 3.19430356076, 15.5513739612],
            [25.8714197534, 158.022369452, 90.5587764166, 4.51289748643, 2.04460193406, 17.4893982418],
            [17.3637243618, 223.958785875, 172.757542001, 3.68609676988, 3.37734063565, 17.5646613206],
            [20.1337078934, 231.103123041, 148.207973679, 3.60338659006, 3.20939770258, 17.8093920495],
            [18.1121950205, 5534.25836174, 2131.23719447, 0.0829099781909, 0.522859132927, 1.79036209445]
        },
        // ComBat(t(d), batch, mod)
        {
            """{"covariates": "carb"}""",
            [17.8283758741, 240.156875938, 149.250887456, 3.49859379549, 3.00086171187, 15.8252333525],
            [26.6743398064, 150.017113612, 91.3235173255, 4.5080365365, 1.98155270896, 17.7756499264],
            [18.7818080054, 213.168335305, 152.724413743, 3.70625362353, 3.20595259325, 17.8467316971],
            [20.1838981746, 230.040647092, 146.542252749, 3.60312202016, 3.20756006895, 17.8474986283],
            [22.4023980838, 6072.87981292, 2946.65247175, 0.0843816453341, 0.587246381135, 2.03662831465]
        },
        // ComBat(t(d), batch, mod, par.prior = FALSE)
        {
            """{"covariates": "carb", "parametric": false}""",
            [17.811097283, 249.920384901, 130.434024514, 3.57861188895, 3.37443039689, 15.5501078913],
            [26.5439370652, 163.902036053, 72.4930293206, 4.40980987861, 2.33650553141, 17.4069039116],
            [18.8775302516, 214.454754317, 133.068335773, 3.76598091025, 3.63818404162, 17.4703665597],
            [20.5081856069, 232.080650401, 138.557530708, 3.5979135118, 3.27337504066, 17.8793291991],
            [20.6122914941, 5240.96582102, 3357.52529794, 0.126254593789, 0.54839610814, 1.74601490577]
        },
        // ComBat(t(d), batch, mod, mean.only = TRUE)
        {
            """{"covariates": "carb", "mean_only": true}""",
            [18.9338780366, 221.265018938, 138.955385117, 3.63136851472, 2.91331529329, 15.9280021676],
            [28.3338780366, 136.965018938, 80.9553851171, 4.66136851472, 1.90831529329, 17.9880021676],
            [19.3338780366, 182.265018938, 137.955385117, 3.84136851472, 3.07331529329, 18.0680021676],
            [20.1089472736, 229.821987299, 146.023470035, 3.60047165648, 3.21737644311, 17.8690208751],
            [24.3583794496, 7629.43407502, 3339.7320025, 0.111338026091, 0.603230245902, 2.25502905029]
        },
        // ComBat(t(d), batch, par.prior = FALSE, mean.only = TRUE)
        {
            """{"parametric": false, "mean_only": true}""",
            [16.7741332801, 244.121255637, 167.027717787, 3.62138802798, 3.48045488687, 15.0706969315],
            [26.1741332801, 159.821255637, 109.027717787, 4.65138802798, 2.47545488687, 17.1306969315],
            [17.1741332801, 205.121255637, 166.027717787, 3.83138802798, 3.64045488687, 17.2106969315],
            [20.6245351791, 234.082417697, 139.714577968, 3.57507196829, 3.28657843698, 17.4001347574],
            [21.0926551744, 6826.06029648, 2709.07457323, 0.11952978493, 0.566669102211, 2.01167243799]
        },
    };

    private static FittedComBat Fit(Predictors predictors, string options) => (FittedComBat)LearningRegistry.Transform(new("combat", JsonDocument.Parse(options).RootElement))
        .Fit(new(predictors, new ContinuousEndpoint("y", new double[predictors.RowCount]), 1), TestContext.Current.CancellationToken);

    private static Predictors Cars() => MotorCars.Table(
        ["mpg", "disp", "hp", "drat", "wt", "qsec", "carb"], MotorCars.Mpg, MotorCars.Displacement, MotorCars.Power, MotorCars.AxleRatio, MotorCars.Weight,
        MotorCars.QuarterMile, MotorCars.Carburettors).WithSites();

    private static Predictors Sited(string?[] sites, params double[][] columns)
    {
        var table = TestTables.Of(columns);
        return new(table.Rows, table.Columns, table.All.ToArray()) { Attributes = new Dictionary<string, IReadOnlyList<string?>> { ["site"] = sites } };
    }

    [Theory]
    [MemberData(nameof(Sva))]
    public void Equals_sva(string options, double[] first, double[] nineteenth, double[] last, double[] means, double[] variances)
    {
        var cars = Cars();
        if (!options.Contains("carb", StringComparison.Ordinal))
            cars = cars.SelectColumns([0, 1, 2, 3, 4, 5]);
        var result = Fit(cars, options).Apply(cars);
        for (var c = 0; c < 6; c++)
        {
            var column = result.Column(c).ToArray();
            Near(first[c], column[0]);
            Near(nineteenth[c], column[18]);
            Near(last[c], column[31]);
            Near(means[c], column.Average());
            Near(variances[c], Moments.SampleVariance(column));
        }
    }

    private static void Near(double expected, double actual) => Assert.True(Math.Abs(actual - expected) < 1e-6 * Math.Max(1, Math.Abs(expected)), $"{actual:R} instead of {expected:R}");

    [Fact]
    public void A_covariate_stays_as_it_is_and_columns_of_another_prefix_too()
    {
        var cars = Cars();
        var result = Fit(cars, """{"covariates": "carb", "prefix": "d"}""").Apply(cars);
        foreach (var c in new[] { 0, 2, 4, 5, 6 })
            Assert.Equal(cars.Column(c).ToArray(), result.Column(c).ToArray());
        Assert.NotEqual(cars.Column(1).ToArray(), result.Column(1).ToArray());
    }

    [Fact]
    public void A_batch_that_was_not_in_training_is_left_standardised_or_refused_as_asked()
    {
        var cars = Cars();
        int[] training = [.. Enumerable.Range(0, 32).Where(r => MotorCars.Gears[r] != 5)];
        int[] held = [.. Enumerable.Range(0, 32).Where(r => MotorCars.Gears[r] == 5)];
        var unseen = cars.SelectRows(held);
        Assert.Equal(unseen.All.ToArray(), Fit(cars.SelectRows(training), "{}").Apply(unseen).All.ToArray());
        var refusing = Fit(cars.SelectRows(training), """{"new_batch": "refuse"}""");
        Assert.Equal("learning.new_batch", Assert.Throws<BadInputException>(() => refusing.Apply(unseen)).Code);
        refusing.Apply(cars.SelectRows(training));
        var standardising = Fit(cars.SelectRows(training), """{"new_batch": "standardise"}""");
        var near = standardising.Apply(unseen).Column(0).ToArray().Average();
        // Between what was measured and the mean of the other sites, since shrunk.
        var (measured, others) = (held.Average(r => MotorCars.Mpg[r]), training.Average(r => MotorCars.Mpg[r]));
        Assert.InRange(near, Math.Min(measured, others), Math.Max(measured, others));
        Assert.NotEqual(measured, near, 0.1);
        // One row has no variance; it is left.
        Assert.Equal(unseen.SelectRows([2]).All.ToArray(), standardising.Apply(unseen.SelectRows([2])).All.ToArray());
    }

    [Fact]
    public void Training_on_one_batch_changes_nothing()
    {
        var cars = Cars().SelectRows([.. Enumerable.Range(0, 32).Where(r => MotorCars.Gears[r] == 3)]);
        var result = Fit(cars, "{}").Apply(cars).All.ToArray();
        Assert.All(cars.All.ToArray().Zip(result), v => Assert.Equal(v.First, v.Second, 10));
    }

    [Fact]
    public void A_batch_of_one_row_is_moved_and_not_stretched()
    {
        double[] a = [1, 2, 3, 4, 10], b = [5, 3, 4, 1, 12], c = [2, 1, 2, 4, 9];
        var predictors = Sited(["A", "A", "A", "A", "B"], a, b, c);
        var result = Fit(predictors, "{}").Apply(predictors);
        Assert.All(result.All.ToArray(), v => Assert.True(double.IsFinite(v)));
        Assert.InRange(result.Column(0)[4], 0, 9.9);
        var moved = Fit(predictors, "{}").Apply(Sited(["B", "B"], [10, 11], [12, 13], [9, 10]));
        for (var k = 0; k < 3; k++)
            Assert.Equal(1, moved.Column(k)[1] - moved.Column(k)[0], 12);
    }

    [Fact]
    public void Rows_without_a_batch_and_constant_columns_are_left()
    {
        var predictors = Sited(["A", "A", "A", "B", "B", "B", null], [1, 2, 3, 4, 5, 7, 100], [2, 2, 2, 3, 4, 5, 6], [1, 4, NA, 4, 1, 5, NA]);
        var fitted = Fit(predictors, "{}");
        Assert.Equal(["x1", "x3"], fitted.Harmonised);
        var result = fitted.Apply(predictors);
        Assert.Equal(100, result.Column(0)[6]);
        Assert.Equal(predictors.Column(1).ToArray(), result.Column(1).ToArray());
        Assert.Equal([2, 6], Enumerable.Range(0, 7).Where(r => double.IsNaN(result.Column(2)[r])));
    }

    [Fact]
    public void What_the_batch_tells_is_no_covariate_and_a_table_without_batches_is_refused()
    {
        var predictors = Sited(["A", "A", "B", "B"], [1, 2, 3, 5], [0, 0, 1, 1]);
        Assert.Equal("learning.combat_confounded", Assert.Throws<BadInputException>(() => Fit(predictors, """{"covariates": "x2"}""")).Code);
        Assert.Equal("learning.no_batch", Assert.Throws<BadInputException>(() => Fit(predictors, """{"batch": "scanner"}""")).Code);
        Assert.Equal("learning.column_missing", Assert.Throws<BadInputException>(() => Fit(predictors, """{"covariates": "age"}""")).Code);
    }

    [Fact]
    public void The_endpoint_is_not_looked_at()
    {
        var cars = Cars();
        string Of(double[] outcome) => LearningRegistry.Transform(new("combat", default)).Fit(new(cars, new ContinuousEndpoint("y", outcome), 1), TestContext.Current.CancellationToken).ToJson().GetRawText();
        Assert.Equal(Of(MotorCars.Mpg), Of(MotorCars.Weight));
    }

    [Fact]
    public void A_pipeline_forgets_columns_and_gives_the_same()
    {
        var cars = Cars();
        var fitted = Fit(cars, """{"covariates": "carb", "new_batch": "standardise"}""");
        var narrow = ((IPrunable)fitted).RestrictTo(["hp", "wt"]);
        Assert.Equal(["hp", "wt", "carb"], narrow.Inputs);
        var (all, some) = (fitted.Apply(cars), narrow.Apply(cars));
        Assert.Equal(all.Column(2).ToArray(), some.Column(0).ToArray());
        Assert.Equal(all.Column(4).ToArray(), some.Column(1).ToArray());
        var read = LearningRegistry.ReadTransform(JsonDocument.Parse(narrow.ToJson().GetRawText()).RootElement);
        Assert.Equal(some.All.ToArray(), read.Apply(cars).All.ToArray());
    }
}
