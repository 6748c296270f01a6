using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>Measures of a predicted number.</summary>
internal static class ContinuousMeasureEntries
{
    private const EndpointKind Kind = EndpointKind.Continuous;

    public static IReadOnlyList<Measure> All { get; } =
    [
        new("r2", "R²", Kind, MeasureScale.AtMostOne,
            "1 − squared error / that of predicting the mean of the training rows for all; below 0 where a model is worse than that.")
        {
            Ideal = 1, NoInformation = 0, Compared = true,
            Of = (held, _) => 1 - UnexplainedShare(held),
        },
        new("rmse", "Root mean squared error", Kind, MeasureScale.NotNegative, "In the unit of the endpoint.")
        {
            Ideal = 0, Compared = true,
            Of = (held, _) => Math.Sqrt(MeanSquare(held)),
        },
        new("mae", "Mean absolute error", Kind, MeasureScale.NotNegative, "In the unit of the endpoint.")
        {
            Ideal = 0,
            Of = Measure.Ratio((h, _) => (Enumerable.Range(0, h.Count).Sum(i => h.Weights[i] * Math.Abs(h.Numbers[i] - h.Scores[i])), h.Weights.Sum())),
        },
        new("spearman", "Spearman's ρ", Kind, MeasureScale.SignedUnit,
            "Rank correlation of prediction and outcome within a fold, folds weighed by their cases; 0 where all predictions of a fold are the same.")
        {
            Ideal = 1, NoInformation = 0, Compared = true,
            Of = Measure.Ratio(Spearman),
        },
        new("calibration_in_the_large", "Calibration in the large", Kind, MeasureScale.Unbounded, "Mean outcome less mean prediction, in the unit of the endpoint.")
        {
            Ideal = 0, Stacked = true,
            Of = Measure.Ratio((h, _) => (Enumerable.Range(0, h.Count).Sum(i => h.Weights[i] * (h.Numbers[i] - h.Scores[i])), h.Weights.Sum())),
        },
        new("calibration_slope", "Calibration slope", Kind, MeasureScale.Unbounded, "Slope of the least squares line of outcome on prediction; below 1 where predictions are too extreme.")
        {
            Ideal = 1, Stacked = true,
            Of = (held, _) => Slope(held),
        },
    ];

    private static double UnexplainedShare(IReadOnlyList<HeldOut> held)
    {
        double error = 0, total = 0;
        foreach (var h in held)
        {
            var mean = Moments.Mean(((ContinuousEndpoint)h.Training).Values);
            for (var i = 0; i < h.Count; i++)
            {
                error += h.Weights[i] * (h.Numbers[i] - h.Scores[i]) * (h.Numbers[i] - h.Scores[i]);
                total += h.Weights[i] * (h.Numbers[i] - mean) * (h.Numbers[i] - mean);
            }
        }
        return error / total;
    }

    private static double MeanSquare(IReadOnlyList<HeldOut> held)
    {
        double sum = 0, count = 0;
        foreach (var h in held)
        {
            for (var i = 0; i < h.Count; i++)
            {
                var error = h.Numbers[i] - h.Scores[i];
                sum += h.Weights[i] * error * error;
                count += h.Weights[i];
            }
        }
        return sum / count;
    }

    // Copies of a case in an outer sample are as many cases.
    private static (double Sum, double Count) Spearman(HeldOut h, double parameter)
    {
        var copies = Enumerable.Range(0, h.Count).SelectMany(i => Enumerable.Repeat(i, (int)Math.Round(h.Weights[i]))).ToArray();
        if (copies.Length < 2)
            return (0, 0);
        var rho = Correlation.Spearman([.. copies.Select(i => h.Scores[i])], [.. copies.Select(i => h.Numbers[i])]);
        return (double.IsNaN(rho) ? 0 : rho * copies.Length, copies.Length);
    }

    private static double Slope(IReadOnlyList<HeldOut> held)
    {
        double count = 0, x = 0, y = 0, xx = 0, xy = 0;
        foreach (var h in held)
        {
            for (var i = 0; i < h.Count; i++)
            {
                var w = h.Weights[i];
                (count, x, y) = (count + w, x + (w * h.Scores[i]), y + (w * h.Numbers[i]));
            }
        }
        (x, y) = (x / count, y / count);
        foreach (var h in held)
        {
            for (var i = 0; i < h.Count; i++)
            {
                xx += h.Weights[i] * (h.Scores[i] - x) * (h.Scores[i] - x);
                xy += h.Weights[i] * (h.Scores[i] - x) * (h.Numbers[i] - y);
            }
        }
        return xy / xx;
    }
}
