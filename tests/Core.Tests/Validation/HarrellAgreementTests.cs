using System.Globalization;
using System.Text.Json;
using RadiogenomicsCloud.Core.Tests.Learning;
using RadiogenomicsCloud.Core.Tests.Statistics;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Statistics;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Validation;

/// <summary>
/// Harrell's optimism against <c>validate(lrm(…), B = 40)</c> and <c>validate(cph(…), B = 40)</c> of rms 6.5-0 (R 4.2.2) on the same bootstrap
/// samples: those of the plan lie in <c>Data/r/validate.samples.csv</c>, one a line, and <c>Data/r/make_validate.R</c> hands them to rms in the
/// place of what its <c>sample</c> would draw. Each sample's value is compared as well as the corrected index.
/// </summary>
public sealed class HarrellAgreementTests
{
    private const string SampleFile = "validate.samples.csv";
    private const int Samples = 40;
    private static readonly RAnswers R = new("validate.json");

    [Theory]
    [InlineData("asah")]
    [InlineData("lung")]
    public void Optimism_on_data_of_R_is_that_of_rms_validate(string name) => MustAgree(name);

    [Theory]
    [InlineData("lgg.idh1")]
    [InlineData("lgg.os")]
    public void Optimism_on_gliomas_is_that_of_rms_validate(string name) => MustAgree(name);

    private static void MustAgree(string name)
    {
        var (predictors, endpoint) = Study(name);
        var plan = ResamplingPlan.Create(predictors.Rows, endpoint, new(BootstrapResamples: Samples, Repeats: 0, OuterResamples: 0), 20260101);
        int[][] samples = [.. Units(plan).Select(u => plan.Split(u).TrainingRows)];
        Assert.Equal(Recorded(name), samples.Select(s => string.Join(' ', s)));

        var results = ResampleRunner.Run(plan, Learner(), predictors, 0, plan.UnitCount, TestContext.Current.CancellationToken);
        Assert.All(results, r => Assert.Null(r.Failure));
        // Dxy = 2 (C − ½).
        var dxy = R.Numbers(name, "dxy");
        for (var b = 0; b < Samples; b++)
        {
            RData.Near((R.Numbers(name, "training.dxy")[b] + 1) / 2, results[1 + b].Apparent!.Value, 1e-9);
            RData.Near((R.Numbers(name, "test.dxy")[b] + 1) / 2, results[1 + b].Original!.Value, 1e-9);
        }
        var estimates = PerformanceSummary.Summarise(new("all", "regression", predictors.ColumnCount, new Dictionary<string, double>()), plan, results).Estimates;
        RData.Near((dxy[0] + 1) / 2, estimates.Single(e => e.Method == "apparent").Value, 1e-9);
        RData.Near((dxy[4] + 1) / 2, estimates.Single(e => e.Method == "harrell").Value, 1e-9);
    }

    /// <summary>
    /// The other indexes of the two calls, by the measures of the product on the models of the same samples: the shrinkage slope and intercept and the
    /// Brier score of <c>lrm</c>, the slope of <c>cph</c>.
    /// </summary>
    [Theory]
    [InlineData("asah")]
    [InlineData("lung")]
    public void Slope_and_Brier_score_on_data_of_R_are_corrected_as_by_rms_validate(string name) => MustCorrect(name);

    [Theory]
    [InlineData("lgg.idh1")]
    [InlineData("lgg.os")]
    public void Slope_and_Brier_score_on_gliomas_are_corrected_as_by_rms_validate(string name) => MustCorrect(name);

    private static void MustCorrect(string name)
    {
        var (predictors, endpoint) = Study(name);
        double[] slope = new double[Samples], intercept = new double[Samples], training = new double[Samples], test = new double[Samples];
        var recorded = Recorded(name);
        for (var b = 0; b < Samples; b++)
        {
            int[] rows = [.. recorded[b].Split(' ').Select(r => int.Parse(r, CultureInfo.InvariantCulture))];
            var model = Learner().Fit(new(predictors.SelectRows(rows), endpoint.SelectRows(rows), 1), TestContext.Current.CancellationToken);
            if (endpoint is SurvivalEndpoint survival)
            {
                slope[b] = new UnivariateCox(survival.Times, survival.Events).Fit(model.Predict(predictors, [100]).Scores()).Value;
                continue;
            }
            var binary = (BinaryEndpoint)endpoint;
            var p = model.PredictProbability(predictors);
            slope[b] = LogisticRecalibration.Slope(p, binary.Values).Value;
            intercept[b] = InterceptBeside(p, binary.Values, slope[b]);
            training[b] = BrierScore.Compute([.. rows.Select(r => p[r])], [.. rows.Select(r => binary.Values[r])]);
            test[b] = BrierScore.Compute(p, binary.Values);
        }
        var expected = R.Numbers(name, "slope");
        // On its own sample a model has slope 1 and intercept 0.
        RData.Near([1, slope.Average()], [expected[1], expected[2]], 1e-7);
        RData.Near(expected[4], OptimismCorrection.Harrell(1, 1 - slope.Average()), 1e-7);
        if (endpoint is SurvivalEndpoint)
            return;
        RData.Near(R.Numbers(name, "intercept")[4], OptimismCorrection.Harrell(0, -intercept.Average()), 1e-6);
        var brier = R.Numbers(name, "brier");
        RData.Near([brier[1], brier[2]], [training.Average(), test.Average()], 1e-8);
        RData.Near(brier[4], OptimismCorrection.Harrell(brier[0], training.Average() - test.Average()), 1e-8);
    }

    // At the optimum the residuals sum to 0.
    private static double InterceptBeside(double[] p, bool[] events, double slope)
    {
        double[] offset = [.. p.Select(v => LogisticRecalibration.Expit(slope * LogisticRecalibration.Logit(v)))];
        return LogisticRecalibration.InTheLarge(offset, events).Value;
    }

    private static string[] Recorded(string name) => [.. File.ReadLines(RAnswers.PathOf(SampleFile)).Where(l => l.StartsWith(name + ",", StringComparison.Ordinal)).Select(l => l.Split(',')[1])];

    private static IEnumerable<ResampleUnit> Units(ResamplingPlan plan) =>
        Enumerable.Range(0, plan.UnitCount).Select(plan.Unit).Where(u => u.Kind == ResampleKind.Bootstrap);

    private static IModelLearner Learner() => LearningRegistry.Model(new("regression", JsonDocument.Parse("{}").RootElement));

    private static (Predictors Predictors, Endpoint Endpoint) Study(string name)
    {
        switch (name)
        {
            case "asah":
                var asah = RData.Table(RData.PathOf("aneurysm.csv"), "poor", "s100b", "wfns", "age");
                string[] columns = ["age", "s100b", "wfns"];
                return (
                    new([.. asah["poor"].Select((_, r) => TestTables.Row(r))], columns, [.. columns.SelectMany(c => asah[c])]),
                    new BinaryEndpoint("poor", "1", "0", [.. asah["poor"].Select(v => v == 1)]));
            case "lung":
                var lung = PenalisedPathTests.Load("lung");
                return (lung.Predictors.SelectColumns([0, 1, 2, 6]), lung.Endpoint);
            default:
                var lgg = PenalisedPathTests.Load(name);
                return (lgg.Predictors.SelectColumns([0, 4, 5]), lgg.Endpoint);
        }
    }
}
