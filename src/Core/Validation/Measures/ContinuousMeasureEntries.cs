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
            Of = (held, _) => Measures(held, fromTraining: true).RSquared,
        },
        new("rmse", "Root mean squared error", Kind, MeasureScale.NotNegative, "In the unit of the endpoint.")
        {
            Ideal = 0, Compared = true,
            Of = (held, _) => Measures(held).RootMeanSquaredError,
        },
        new("mae", "Mean absolute error", Kind, MeasureScale.NotNegative, "In the unit of the endpoint.")
        {
            Ideal = 0,
            Of = (held, _) => Measures(held).MeanAbsoluteError,
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
            Of = (held, _) => Measures(held).MeanError,
        },
        new("calibration_slope", "Calibration slope", Kind, MeasureScale.Unbounded, "Slope of the least squares line of outcome on prediction; below 1 where predictions are too extreme.")
        {
            Ideal = 1, Stacked = true,
            Of = (held, _) => Measures(held).CalibrationSlope,
        },
    ];

    private static ContinuousMeasures Measures(IReadOnlyList<HeldOut> held, bool fromTraining = false) => ContinuousMeasures.Of(
        [.. held.SelectMany(h => h.Scores)],
        [.. held.SelectMany(h => h.Numbers)],
        fromTraining ? [.. held.SelectMany(h => Enumerable.Repeat(Moments.Mean(((ContinuousEndpoint)h.Training).Values), h.Count))] : [],
        [.. held.SelectMany(h => h.Weights)]);

    // Copies of a case in an outer sample are as many cases.
    private static (double Sum, double Count) Spearman(HeldOut h, double parameter)
    {
        var copies = Enumerable.Range(0, h.Count).SelectMany(i => Enumerable.Repeat(i, (int)Math.Round(h.Weights[i]))).ToArray();
        if (copies.Length < 2)
            return (0, 0);
        var rho = Correlation.Spearman([.. copies.Select(i => h.Scores[i])], [.. copies.Select(i => h.Numbers[i])]);
        return (double.IsNaN(rho) ? 0 : rho * copies.Length, copies.Length);
    }
}
