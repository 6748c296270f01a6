using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// What a solution is worth on the rows of a fold. Probabilities are kept 1e-5 from 0 and 1. The deviance of survival is that of all rows less
/// that of the training rows (Verweij and van Houwelingen, Stat. Med. 1993;12:2305–2314), a unit weight of the fold's events.
/// </summary>
internal sealed class FoldJudge
{
    private const double LeastProbability = 1e-5;

    private readonly Predictors predictors;
    private readonly int[] rows;              // whose linear predictors are needed
    private readonly double[][] linear;       // one array of rows a score
    private readonly double[] weights;        // of rows
    private readonly Func<double[][], double> judge;

    private FoldJudge(TrainingSet training, int[] rows, double weight, Func<double[][], double[], double> judge)
    {
        predictors = training.Predictors;
        this.rows = rows;
        weights = [.. rows.Select(r => training.Weights is null ? 1 : training.Weights[r])];
        linear = new double[training.Endpoint is MulticlassEndpoint classes ? classes.Labels.Count : 1][];
        for (var k = 0; k < linear.Length; k++)
            linear[k] = new double[rows.Length];
        Weight = weight;
        this.judge = scores => judge(scores, weights);
    }

    /// <summary>How much the fold counts.</summary>
    public double Weight { get; }

    /// <summary>Null where the fold holds nothing to judge by.</summary>
    public static FoldJudge? Of(TrainingSet training, int[] taken, int[] heldOut, TuningMeasure measure, TieMethod ties)
    {
        if (heldOut.Length == 0)
            return null;
        var endpoint = training.Endpoint.SelectRows(heldOut);
        var weight = heldOut.Sum(r => WeightOf(training, r));
        return endpoint switch
        {
            BinaryEndpoint binary when measure is TuningMeasure.Auc => binary.Values.Contains(true) && binary.Values.Contains(false)
                ? new(training, heldOut, weight, (scores, w) => 1 - Auc.Compute(scores[0], binary.Values, w))
                : null,
            BinaryEndpoint binary => new(training, heldOut, weight, (scores, w) => Binary(scores[0], binary.Values, w)),
            MulticlassEndpoint classes => new(training, heldOut, weight, (scores, w) => Multiclass(scores, classes.Values, w)),
            ContinuousEndpoint numbers => new(training, heldOut, weight, (scores, w) => SquareError(scores[0], numbers.Values, w)),
            SurvivalEndpoint survival when measure is TuningMeasure.CIndex =>
                SurvivalConcordance.Harrell(survival.Times, survival.Events, new double[heldOut.Length]).Pairs > 0
                    ? new(training, heldOut, weight, (scores, w) => 1 - SurvivalConcordance.Harrell(survival.Times, survival.Events, scores[0], w).Index)
                    : null,
            SurvivalEndpoint => Survival(training, taken, heldOut, ties),
            _ => throw new ArgumentException($"'{endpoint.Name}' is of no known kind.", nameof(training)),
        };
    }

    public double Loss(ScorePoint[] scores)
    {
        for (var k = 0; k < scores.Length; k++)
        {
            var target = linear[k];
            target.AsSpan().Fill(scores[k].Intercept);
            for (var j = 0; j < scores[k].Indexes.Length; j++)
            {
                var column = predictors.Column(scores[k].Indexes[j]);
                var coefficient = scores[k].Coefficients[j];
                for (var r = 0; r < rows.Length; r++)
                    target[r] += coefficient * column[rows[r]];
            }
        }
        return judge(linear);
    }

    private static double WeightOf(TrainingSet training, int row) => training.Weights is null ? 1 : training.Weights[row];

    private static FoldJudge? Survival(TrainingSet training, int[] taken, int[] heldOut, TieMethod ties)
    {
        var all = (SurvivalEndpoint)training.Endpoint;
        var weight = heldOut.Where(r => all.Events[r]).Sum(r => WeightOf(training, r));
        if (weight == 0)
            return null;
        var some = (SurvivalEndpoint)all.SelectRows(taken);
        double[] weights = [.. Enumerable.Range(0, all.Count).Select(r => WeightOf(training, r))];
        var whole = new PartialLikelihood(all.Times, all.Events, weights, ties);
        var part = new PartialLikelihood(some.Times, some.Events, [.. taken.Select(r => weights[r])], ties);
        var linear = new double[taken.Length];
        var saturated = whole.SaturatedLogLikelihood() - part.SaturatedLogLikelihood();
        return new(training, [.. Enumerable.Range(0, all.Count)], weight, (scores, _) =>
        {
            for (var r = 0; r < linear.Length; r++)
                linear[r] = scores[0][taken[r]];
            whole.MoveTo(scores[0]);
            part.MoveTo(linear);
            return 2 * (saturated - whole.LogLikelihood() + part.LogLikelihood()) / weight;
        });
    }

    private static double Binary(double[] linear, bool[] outcome, double[] weights)
    {
        double sum = 0, total = 0;
        for (var r = 0; r < linear.Length; r++)
        {
            var p = Math.Clamp(1 / (1 + Math.Exp(-linear[r])), LeastProbability, 1 - LeastProbability);
            sum -= 2 * weights[r] * Math.Log(outcome[r] ? p : 1 - p);
            total += weights[r];
        }
        return sum / total;
    }

    private static double Multiclass(double[][] linear, int[] outcome, double[] weights)
    {
        double sum = 0, total = 0;
        Span<double> row = linear.Length <= 64 ? stackalloc double[linear.Length] : new double[linear.Length];
        for (var r = 0; r < outcome.Length; r++)
        {
            for (var k = 0; k < row.Length; k++)
                row[k] = linear[k][r];
            Softmax.Apply(row);
            sum -= 2 * weights[r] * Math.Log(Math.Clamp(row[outcome[r]], LeastProbability, 1 - LeastProbability));
            total += weights[r];
        }
        return sum / total;
    }

    private static double SquareError(double[] linear, double[] outcome, double[] weights)
    {
        double sum = 0, total = 0;
        for (var r = 0; r < linear.Length; r++)
        {
            sum += weights[r] * (outcome[r] - linear[r]) * (outcome[r] - linear[r]);
            total += weights[r];
        }
        return sum / total;
    }
}
