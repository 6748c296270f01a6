using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>How one predictor is distributed in new cases against the training cases.</summary>
/// <param name="Distance">Kolmogorov–Smirnov D; NaN where it is missing throughout on either side.</param>
/// <param name="QValue"><paramref name="PValue"/> adjusted by Benjamini and Hochberg over the predictors.</param>
/// <param name="MissingThen">Share of training cases without a value.</param>
public sealed record PredictorDrift(
    string Predictor, int Training, int New, double Distance, double PValue, double QValue, double MissingThen, double MissingNow, AlertLevel Level);

/// <summary>Compares the inputs of a locked model between its training cases and new ones.</summary>
public static class InputDrift
{
    private const double FalseDiscoveryRate = 0.05;

    /// <summary>
    /// Beyond the threshold of distance a predictor is an alert if it is also significant at a false discovery rate of 0.05, else to be watched.
    /// A share of missing values that rises beyond its threshold is an alert.
    /// </summary>
    /// <param name="training">Values of each predictor in the training cases; NaN is missing.</param>
    /// <param name="now">Likewise in the new cases.</param>
    /// <returns>In the order of the predictors.</returns>
    public static IReadOnlyList<PredictorDrift> Of(
        IReadOnlyList<string> predictors, Func<string, ReadOnlyMemory<double>> training, Func<string, ReadOnlyMemory<double>> now, SurveillanceThresholds thresholds)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(thresholds);
        var samples = predictors.Select(p => (Then: training(p), Now: now(p))).ToList();
        var tests = samples.Select(s => KolmogorovSmirnov.Test(s.Then.Span, s.Now.Span)).ToList();
        var q = Multiplicity.BenjaminiHochberg([.. tests.Select(t => t.PValue)]);
        return
        [
            .. predictors.Select((predictor, p) =>
            {
                var (then, after) = (Missing(samples[p].Then.Span), Missing(samples[p].Now.Span));
                var level = after - then > thresholds.MissingRise || (tests[p].D > thresholds.InputDrift && q[p] < FalseDiscoveryRate)
                    ? AlertLevel.Alert
                    : tests[p].D > thresholds.InputDrift ? AlertLevel.Watch : AlertLevel.None;
                return new PredictorDrift(predictor, samples[p].Then.Length, samples[p].Now.Length, tests[p].D, tests[p].PValue, q[p], then, after, level);
            }),
        ];
    }

    private static double Missing(ReadOnlySpan<double> values)
    {
        var missing = 0;
        foreach (var value in values)
            missing += double.IsNaN(value) ? 1 : 0;
        return values.Length == 0 ? double.NaN : (double)missing / values.Length;
    }
}
