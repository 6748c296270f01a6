using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Learning.Classifiers;

public class SvmTests
{
    /// <summary>
    /// <c>svm(x[two, ], y, scale = TRUE, tolerance = 1e-10, kernel = "linear", cost = 1)</c>, <c>kernel = "radial", cost = 1</c> and
    /// <c>kernel = "radial", cost = 10, gamma = 0.7</c>; decision values.
    /// </summary>
    [Theory]
    [InlineData("linear", "linear", 1, 0)]
    [InlineData("rbf", "rbf", 1, 0)]
    [InlineData("rbf_cost_gamma", "rbf", 10, 0.7)]
    public void Decision_values_of_two_classes_equal_those_of_e1071(string column, string kernel, double cost, double gamma)
    {
        var training = Iris.TwoClasses();
        var expected = Iris.Read("iris.two.csv")[column];
        var fitted = Fit(training, gamma > 0 ? new { kernel, cost, gamma, tolerance = 1e-10 } : new { kernel, cost, tolerance = 1e-10 });
        var found = fitted.Decisions(training.Predictors);
        Assert.True(fitted.Machines[0].Converged);
        for (var r = 0; r < expected.Length; r++)
            Assert.Equal(expected[r], found[r][0], 1e-6);
    }

    /// <summary>
    /// <c>svm(x, species, kernel = "radial", cost = 2, scale = TRUE, tolerance = 1e-10)</c> and <c>kernel = "linear", cost = 1</c>; decision
    /// values of the pairs, positive for the first class there and for the second here.
    /// </summary>
    [Theory]
    [InlineData("linear", 1)]
    [InlineData("rbf", 2)]
    public void Decision_values_of_three_classes_equal_those_of_e1071(string kernel, double cost)
    {
        var training = Iris.Three();
        var expected = Iris.Read("iris.three.csv");
        var found = Fit(training, new { kernel, cost, tolerance = 1e-10 }).Decisions(training.Predictors);
        string[] pairs = ["01", "02", "12"];
        for (var r = 0; r < found.Length; r++)
        {
            for (var p = 0; p < pairs.Length; p++)
                Assert.Equal(-expected[$"{kernel}_{pairs[p]}"][r], found[r][p], 1e-5);
        }
    }

    /// <summary><c>svm(x[, 2:4], x[, 1], type = "eps-regression", scale = TRUE, tolerance = 1e-10, kernel = "linear", epsilon = 0.1)</c> and <c>kernel = "radial", cost = 3, epsilon = 0.2</c>.</summary>
    [Theory]
    [InlineData("linear", 1, 0.1)]
    [InlineData("rbf", 3, 0.2)]
    public void Regression_equals_that_of_e1071(string kernel, double cost, double epsilon)
    {
        var training = Iris.Regression();
        var expected = Iris.Read("iris.regression.csv")[kernel];
        var found = Fit(training, new { kernel, cost, epsilon, tolerance = 1e-10 }).Predict(training.Predictors).Scores();
        for (var r = 0; r < expected.Length; r++)
            Assert.Equal(expected[r], found[r], 1e-5);
    }

    [Fact]
    public void The_default_tolerance_is_within_1e_3_of_the_solution()
    {
        var training = Iris.TwoClasses();
        var expected = Iris.Read("iris.two.csv")["rbf"];
        var found = Fit(training, new { kernel = "rbf" }).Decisions(training.Predictors);
        for (var r = 0; r < expected.Length; r++)
            Assert.Equal(expected[r], found[r][0], 1e-3);
    }

    [Fact]
    public void A_weight_of_two_is_a_row_twice_in_the_problem_that_is_solved()
    {
        // Scaling sees rows and not weights; a table that is scaled already has the same scaling either way only if it is given once.
        var (kernel, signs) = (SvmKernel.Matrix(RowMatrix.Of(4, 1, [-2, -1, 1.5, 0.2]), 0.5), new double[] { -1, -1, 1, 1 });
        var twice = SvmKernel.Among(kernel, [0, 1, 2, 3, 3]);
        var a = SmoSolver.Solve(kernel, signs, [-1, -1, -1, -1], [1, 1, 1, 2], 1e-12, TestContext.Current.CancellationToken);
        var b = SmoSolver.Solve(twice, [.. signs, 1], [-1, -1, -1, -1, -1], [1, 1, 1, 1, 1], 1e-12, TestContext.Current.CancellationToken);
        Assert.Equal(a.Bias, b.Bias, 1e-9);
        Assert.Equal(a.Alpha[3], b.Alpha[3] + b.Alpha[4], 1e-9);
    }

    [Theory]
    [InlineData("linear", EndpointKind.Binary, false)]
    [InlineData("linear", EndpointKind.Multiclass, false)]
    [InlineData("rbf", EndpointKind.Binary, true)]
    [InlineData("rbf", EndpointKind.Multiclass, true)]
    [InlineData("rbf", EndpointKind.Continuous, true)]
    public void A_model_of_either_kernel_survives_serialisation_and_says_whether_it_holds_rows(string kernel, EndpointKind kind, bool holdsRows)
    {
        var training = TestTables.Simulated(60, 12, 0, 1, kind);
        var fitted = Fit(training, new { kernel });
        var read = LearningRegistry.ReadModel(JsonDocument.Parse(fitted.ToJson().GetRawText()).RootElement);
        Assert.Equal((holdsRows, holdsRows), (fitted.HoldsRows, read.HoldsRows));
        Assert.Equal(holdsRows, fitted.SupportVectorCount > 0);
        Assert.Equal(fitted.Predict(training.Predictors).All.ToArray(), read.Predict(training.Predictors).All.ToArray());
        Assert.Equal(fitted.ToJson().GetRawText(), read.ToJson().GetRawText());
    }

    [Fact]
    public void Probabilities_of_a_radial_machine_rank_unseen_cases_well_and_are_calibrated()
    {
        var fitted = Fit(TestTables.Simulated(300, 6, 0, 1), new { kernel = "rbf" });
        var other = TestTables.Simulated(2000, 6, 0, 2);
        var (p, y) = (fitted.Predict(other.Predictors).Scores(), ((BinaryEndpoint)other.Endpoint).Values);
        Assert.InRange(Auc.Compute(p, y), 0.85, 0.95);
        Assert.InRange(LogisticRecalibration.Slope(p, y).Value, 0.7, 1.4);
        Assert.InRange(LogisticRecalibration.InTheLarge(p, y).Value, -0.4, 0.4);
    }

    [Fact]
    public void Log_odds_of_the_linear_machine_are_the_sum_of_its_coefficients()
    {
        var training = TestTables.Simulated(60, 12, 0);
        var fitted = Assert.IsType<FittedLinearSvm>(Fit(training, null));
        var p = fitted.Predict(training.Predictors).Scores();
        var at = training.Predictors.IndexesOf([.. fitted.Coefficients.Select(c => c.Column)]);
        for (var r = 0; r < p.Length; r++)
        {
            var sum = fitted.Intercept + fitted.Coefficients.Select((c, k) => c.Value * training.Predictors.Column(at[k])[r]).Sum();
            Assert.Equal(LogisticRecalibration.Logit(p[r]), sum, 1e-9);
        }
    }

    [Fact]
    public void One_patient_with_the_event_leaves_the_prevalence()
    {
        var training = TestTables.Training(TestTables.Simulated(20, 5, 0).Predictors, [true, .. new bool[19]]);
        Assert.All(Fit(training, null).Predict(training.Predictors).Scores(), p => Assert.Equal(2.0 / 22, p, 0.01));
    }

    [Fact]
    public void Without_a_column_the_prevalence_is_predicted()
    {
        var training = TestTables.Simulated(40, 5, 0);
        var none = training with { Predictors = training.Predictors.With([], []) };
        var events = ((BinaryEndpoint)training.Endpoint).EventCount;
        Assert.All(Fit(none, null).Predict(none.Predictors).Scores(), p => Assert.Equal((events + 1) / 42.0, p, 0.01));
    }

    [Theory]
    [InlineData("\"bias\":", "\"bias\":1e999,\"x\":")]
    [InlineData("\"support_vectors\":", "\"support_vectors\":1000000,\"x\":")]
    [InlineData("\"gamma\":", "\"gamma\":-1,\"x\":")]
    [InlineData("\"second\":1", "\"second\":7")]
    [InlineData("\"scales\":[", "\"scales\":[0,")]
    [InlineData("\"endpoint\":\"binary\"", "\"endpoint\":\"survival\"")]
    [InlineData("\"machines\":[", "\"machines\":[],\"x\":[")]
    public void A_damaged_file_is_refused(string part, string damage)
    {
        var text = Fit(TestTables.Simulated(30, 5, 0), new { kernel = "rbf" }).ToJson().GetRawText();
        Assert.Contains(part, text, StringComparison.Ordinal);
        var json = JsonDocument.Parse(text.Replace(part, damage, StringComparison.Ordinal)).RootElement;
        Assert.Equal("model.invalid", Assert.Throws<BadInputException>(() => LearningRegistry.ReadModel(json)).Code);
    }

    private static FittedSvm Fit(TrainingSet training, object? options) => (FittedSvm)Iris.Fit("svm", training, options);
}
