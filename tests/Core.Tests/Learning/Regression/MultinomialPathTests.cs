using System.Globalization;
using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;

namespace RadiogenomicsCloud.Core.Tests.Learning;

/// <summary>
/// Multinomial paths to their last step against glmnet 4.1-6 (<c>Data/r/make_cv_glmnet.R</c>: <c>glmnet(x, y, family = "multinomial",
/// type.multinomial = "ungrouped", alpha = a, thresh = 1e-14, maxit = 1e7)</c>).
/// </summary>
public class MultinomialPathTests(ITestOutputHelper output)
{
    private static readonly RAnswers R = new("cv_glmnet.json");

    [Theory]
    [InlineData("0")]
    [InlineData("0.5")]
    [InlineData("1")]
    public void A_whole_path_equals_that_of_glmnet(string alpha)
    {
        var training = CrossValidatedPathTests.Veteran();
        var (fit, _) = Fit(training, alpha);
        var expected = R[$"path.veteran.{alpha}"];
        Assert.Equal(expected.GetProperty("steps").GetInt32(), fit.Points.Count);
        foreach (var step in expected.GetProperty("points").EnumerateArray())
        {
            var point = fit.Points[step.GetProperty("step").GetInt32()];
            Assert.Equal(1, point.Lambda / step.GetProperty("lambda").GetDouble(), 1e-8);
            var (intercepts, coefficients) = Of(step);
            for (var k = 0; k < intercepts.Length; k++)
            {
                Assert.Equal(intercepts[k], point.Scores[k].Intercept, 1e-6 * Math.Max(1, Math.Abs(intercepts[k])));
                var found = Dense(point.Scores[k], training.Predictors.ColumnCount);
                for (var c = 0; c < found.Length; c++)
                    Assert.Equal(coefficients[k][c], found[c], 1e-6 * Math.Max(1, Math.Abs(coefficients[k][c])));
            }
        }
    }

    /// <summary>
    /// From the 41st step on the classes of iris are so nearly separated that glmnet stops short of the optimum at thresh = 1e-14, and numbers cannot be
    /// compared to 1e-6. What is compared is what both minimise: ours meets the conditions of the optimum, and its objective is never above glmnet's.
    /// </summary>
    [Theory]
    [InlineData("0")]
    [InlineData("0.5")]
    [InlineData("1")]
    public void Late_steps_of_iris_are_nearer_to_the_optimum_than_those_of_glmnet(string alpha)
    {
        var training = PenalisedPathTests.Load("iris");
        var (fit, design) = Fit(training, alpha);
        var problem = new Problem(training, design, double.Parse(alpha, CultureInfo.InvariantCulture));
        foreach (var step in R[$"path.iris.{alpha}"].GetProperty("points").EnumerateArray())
        {
            var place = step.GetProperty("step").GetInt32();
            if (place >= fit.Points.Count)
                continue;
            var point = fit.Points[place];
            var (intercepts, coefficients) = Of(step);
            var theirs = (Value: problem.Objective(intercepts, coefficients, point.Lambda), Broken: problem.Violation(intercepts, coefficients, point.Lambda));
            double[] own = [.. point.Scores.Select(s => s.Intercept)];
            double[][] slopes = [.. point.Scores.Select(s => Dense(s, training.Predictors.ColumnCount))];
            var ours = (Value: problem.Objective(own, slopes, point.Lambda), Broken: problem.Violation(own, slopes, point.Lambda));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"alpha {alpha} step {place}: objective {ours.Value:R}, glmnet's {theirs.Value - ours.Value:E2} above; conditions {ours.Broken:E2}, glmnet {theirs.Broken:E2}"));
        }
    }

    private static (PathFit Fit, StandardisedDesign Design) Fit(TrainingSet training, string alpha)
    {
        var design = StandardisedDesign.Create(training.Predictors.All, training.Predictors.RowCount, training.Weights);
        var settings = new PathSettings(double.Parse(alpha, CultureInfo.InvariantCulture), Threshold: 1e-14, MaximumPasses: 10_000_000);
        return (PenalisedPath.Fit(design, training.Endpoint, TieMethod.Breslow, null, settings, TestContext.Current.CancellationToken), design);
    }

    private static (double[] Intercepts, double[][] Coefficients) Of(JsonElement step) => (
        RAnswers.Numbers(step.GetProperty("intercepts")), [.. step.GetProperty("coefficients").EnumerateArray().Select(RAnswers.Numbers)]);

    private static double[] Dense(ScorePoint score, int columns)
    {
        var dense = new double[columns];
        for (var k = 0; k < score.Indexes.Length; k++)
            dense[score.Indexes[k]] = score.Coefficients[k];
        return dense;
    }

    /// <summary>What is minimised, written out: −Σ log p / n + λ Σ [(1 − α) b² / 2 + α |b|], b the coefficients of standardised columns.</summary>
    private sealed class Problem(TrainingSet training, StandardisedDesign design, double alpha)
    {
        private readonly Predictors x = training.Predictors;
        private readonly int[] classes = ((MulticlassEndpoint)training.Endpoint).Values;

        public double Objective(double[] intercepts, double[][] coefficients, double lambda)
        {
            var value = -classes.Select((k, r) => Math.Log(Probabilities(intercepts, coefficients, r)[k])).Average();
            foreach (var slopes in coefficients)
            {
                for (var c = 0; c < slopes.Length; c++)
                {
                    var b = slopes[c] * design.Scale[c];
                    value += lambda * (((1 - alpha) * b * b / 2) + (alpha * Math.Abs(b)));
                }
            }
            return value;
        }

        /// <summary>By how much the conditions of the optimum are broken at most.</summary>
        public double Violation(double[] intercepts, double[][] coefficients, double lambda)
        {
            double[][] p = [.. classes.Select((_, r) => Probabilities(intercepts, coefficients, r))];
            var worst = 0.0;
            for (var k = 0; k < intercepts.Length; k++)
            {
                var of = k;
                worst = Math.Max(worst, Math.Abs(classes.Select((y, r) => (y == of ? 1 : 0) - p[r][of]).Average()));
                for (var c = 0; c < x.ColumnCount; c++)
                {
                    var column = x.Column(c).ToArray();
                    var b = coefficients[k][c] * design.Scale[c];
                    var slope = classes.Select((y, r) => (column[r] - design.Mean[c]) / design.Scale[c] * ((y == of ? 1 : 0) - p[r][of])).Average() - (lambda * (1 - alpha) * b);
                    worst = Math.Max(worst, b == 0 ? Math.Max(0, Math.Abs(slope) - (lambda * alpha)) : Math.Abs(slope - (lambda * alpha * Math.Sign(b))));
                }
            }
            return worst;
        }

        private double[] Probabilities(double[] intercepts, double[][] coefficients, int row)
        {
            double[] linear = [.. intercepts.Select((a, k) => a + Enumerable.Range(0, x.ColumnCount).Sum(c => coefficients[k][c] * x.Column(c)[row]))];
            var greatest = linear.Max();
            var sum = linear.Sum(v => Math.Exp(v - greatest));
            return [.. linear.Select(v => Math.Exp(v - greatest) / sum)];
        }
    }
}
