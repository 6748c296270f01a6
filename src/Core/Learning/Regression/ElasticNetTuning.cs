using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>How each λ of a path did on rows held out; loss is the mean −2 log-likelihood, or 1 − AUC.</summary>
/// <param name="Loss">One a λ; empty where no fold could be judged.</param>
/// <param name="StandardError">Of <paramref name="Loss"/>, over folds.</param>
internal sealed record TuningCurve(double[] Loss, double[] StandardError)
{
    /// <summary>Index of the greatest λ of least loss; 0, the model without predictors, where nothing could be judged.</summary>
    public int Best => Loss.Length == 0 ? 0 : Array.IndexOf(Loss, Loss.Min());

    /// <summary>Index of the greatest λ whose loss is within one standard error of the least.</summary>
    public int OneStandardError => Loss.Length == 0 ? 0 : Array.FindIndex(Loss, loss => loss <= Loss[Best] + StandardError[Best]);
}

/// <summary>
/// Cross-validation of a path as R's <c>cv.glmnet(lambda = path$lambda, grouped = TRUE)</c>: the λ of the path of all rows are solved for
/// without each fold (not interpolated, as cv.glmnet does where it is given no λ) and judged on it; folds count by their rows; probabilities are kept 1e-5 from 0 and 1. A fold that leaves one class to train on, or that
/// (for the AUC) holds one class, is left out. Repeats are averaged, loss and standard error.
/// </summary>
internal static class ElasticNetTuning
{
    private const double LeastProbability = 1e-5;

    public static TuningCurve Evaluate(
        Predictors predictors,
        bool[] outcome,
        IReadOnlyList<FoldAssignment> repeats,
        double[] lambdas,
        PathSettings settings,
        bool byAuc,
        CancellationToken cancel)
    {
        var loss = new double[lambdas.Length];
        var error = new double[lambdas.Length];
        var judged = 0;
        foreach (var folds in repeats)
        {
            var losses = new List<(int Rows, double[] Loss)>(folds.FoldCount);
            for (var fold = 0; fold < folds.FoldCount; fold++)
            {
                var heldOut = folds.HeldOutRows(fold);
                if (FoldLoss(predictors, outcome, folds.TrainingRows(fold), heldOut, lambdas, settings, byAuc, cancel) is { } foldLoss)
                    losses.Add((heldOut.Length, foldLoss));
            }
            if (losses.Count == 0)
                continue;
            judged++;
            double rows = losses.Sum(f => f.Rows);
            for (var l = 0; l < lambdas.Length; l++)
            {
                var mean = losses.Sum(f => f.Rows * f.Loss[l]) / rows;
                var variance = losses.Sum(f => f.Rows * (f.Loss[l] - mean) * (f.Loss[l] - mean)) / rows;
                loss[l] += mean;
                error[l] += losses.Count > 1 ? Math.Sqrt(variance / (losses.Count - 1)) : 0;
            }
        }
        return judged == 0 ? new([], []) : new([.. loss.Select(v => v / judged)], [.. error.Select(v => v / judged)]);
    }

    private static double[]? FoldLoss(
        Predictors predictors,
        bool[] outcome,
        int[] training,
        int[] heldOut,
        double[] lambdas,
        PathSettings settings,
        bool byAuc,
        CancellationToken cancel)
    {
        var trainingOutcome = Array.ConvertAll(training, r => outcome[r]);
        var heldOutOutcome = Array.ConvertAll(heldOut, r => outcome[r]);
        if (heldOut.Length == 0 || IsOneClass(trainingOutcome) || (byAuc && IsOneClass(heldOutOutcome)))
            return null;
        var path = LogisticPath.Fit(predictors.SelectRows(training).All, trainingOutcome, [], lambdas, settings, cancel);
        if (path.Points.Count == 0)
            return null;
        var loss = new double[lambdas.Length];
        var linear = new double[heldOut.Length];
        for (var l = 0; l < loss.Length; l++)
        {
            // A path that saturates ends; its last solution stands for the lesser λ.
            var point = path.Points[Math.Min(l, path.Points.Count - 1)];
            linear.AsSpan().Fill(point.Intercept);
            for (var k = 0; k < point.Indexes.Length; k++)
            {
                var column = predictors.Column(point.Indexes[k]);
                for (var r = 0; r < heldOut.Length; r++)
                    linear[r] += point.Coefficients[k] * column[heldOut[r]];
            }
            loss[l] = byAuc ? 1 - Auc.Compute(linear, heldOutOutcome) : Deviance(linear, heldOutOutcome);
        }
        return loss;
    }

    private static bool IsOneClass(bool[] outcome) => outcome.AsSpan().IndexOfAnyExcept(outcome[0]) < 0;

    private static double Deviance(double[] linear, bool[] outcome)
    {
        var sum = 0.0;
        for (var r = 0; r < linear.Length; r++)
        {
            var p = Math.Clamp(1 / (1 + Math.Exp(-linear[r])), LeastProbability, 1 - LeastProbability);
            sum -= 2 * Math.Log(outcome[r] ? p : 1 - p);
        }
        return sum / linear.Length;
    }
}
