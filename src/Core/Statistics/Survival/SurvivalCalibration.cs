namespace RadiogenomicsCloud.Statistics;

/// <summary>A group of rows of similar predicted risk: what was predicted and what came, up to a horizon.</summary>
/// <param name="Count">Rows, weighted.</param>
/// <param name="Predicted">Mean predicted risk.</param>
/// <param name="Observed">One minus the Kaplan–Meier survival of the group at the horizon.</param>
/// <param name="Low">Lower limit of <paramref name="Observed"/> on the log-log scale; NaN if nobody or everybody had the event.</param>
public sealed record SurvivalCalibrationGroup(double Count, double Predicted, double Observed, double Low, double High);

/// <summary>Calibration of predicted survival at a horizon with right-censored times.</summary>
public static class SurvivalCalibration
{
    /// <summary>
    /// Groups at the quantiles (type 7) of the predicted risk; equal predictions stay together, so that there may be fewer groups. The observed
    /// risk is one minus Kaplan–Meier within each, as R's <c>rms::groupkm</c>.
    /// </summary>
    /// <param name="survival">Predicted probability of no event up to and including the horizon, of each row.</param>
    /// <param name="level">Level of the pointwise intervals.</param>
    /// <param name="weights">How often each row counts; empty: once. The group limits take each row once.</param>
    /// <exception cref="ArgumentException">The lengths differ, a time is not finite, a prediction is NaN, or a weight is negative or not finite.</exception>
    public static IReadOnlyList<SurvivalCalibrationGroup> Groups(
        ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<double> survival, double horizon, int groups, double level = 0.95,
        ReadOnlySpan<double> weights = default)
    {
        SurvivalCounts.Check(times, events, survival, weights);
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        var sorted = new double[times.Length];
        for (var i = 0; i < sorted.Length; i++)
            sorted[i] = 1 - survival[i];
        Array.Sort(sorted);
        var result = new List<SurvivalCalibrationGroup>();
        var from = double.NegativeInfinity;
        for (var g = 1; g <= groups && sorted.Length > 0; g++)
        {
            var to = g == groups ? double.PositiveInfinity : Quantiles.SortedQuantile(sorted, (double)g / groups);
            var rows = new List<int>();
            for (var i = 0; i < times.Length; i++)
                if (1 - survival[i] > from && 1 - survival[i] <= to && (weights.IsEmpty || weights[i] > 0))
                    rows.Add(i);
            if (rows.Count > 0)
                result.Add(Group(times, events, survival, horizon, level, weights, rows));
            from = Math.Max(from, to);
        }
        return result;
    }

    /// <summary>
    /// Mean calibration: observed risk at the horizon (one minus Kaplan–Meier) over the mean predicted risk; 1 is ideal, above 1 means that
    /// risks are predicted too low.
    /// </summary>
    /// <param name="weights">How often each row counts; empty: once.</param>
    /// <returns>NaN if there are no rows.</returns>
    public static double ObservedToExpected(
        ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<double> survival, double horizon, ReadOnlySpan<double> weights = default)
    {
        SurvivalCounts.Check(times, events, survival, weights);
        double expected = 0, total = 0;
        for (var i = 0; i < survival.Length; i++)
        {
            var weight = weights.IsEmpty ? 1 : weights[i];
            expected += weight * (1 - survival[i]);
            total += weight;
        }
        return (1 - KaplanMeier.Fit(times, events, weights).At(horizon)) / (expected / total);
    }

    /// <summary>
    /// The calibration curve at the horizon: jackknife pseudo-values of the risk (Andersen, Perme, Stat Methods Med Res 2010, 19:71) smoothed
    /// by local linear regression on the predicted risk, and kept within [0, 1].
    /// </summary>
    /// <param name="span">Share of the rows in each neighbourhood.</param>
    /// <returns>The smoothed observed risk at each row's predicted risk, in the order of the rows.</returns>
    public static double[] Smooth(
        ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<double> survival, double horizon, double span = 0.75)
    {
        var predicted = Risks(times, events, survival);
        return Smooth(times, events, survival, horizon, predicted, span);
    }

    /// <summary>The same curve at any predicted risks.</summary>
    public static double[] Smooth(
        ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<double> survival, double horizon, ReadOnlySpan<double> at, double span)
    {
        var smooth = LocalLinear.Smooth(Risks(times, events, survival), ObservedRisks(times, events, horizon), span, at);
        for (var i = 0; i < smooth.Length; i++)
            smooth[i] = Math.Clamp(smooth[i], 0, 1);
        return smooth;
    }

    /// <summary>
    /// How far the calibration curve at the horizon lies from the predicted risks, the curve here by <see cref="Lowess"/> of the pseudo-values
    /// (R's <c>lowess(1 - p, 1 - jackknife, iter = 0)</c>), as for binary outcomes.
    /// </summary>
    public static CalibrationErrors Errors(ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<double> survival, double horizon)
    {
        var predicted = Risks(times, events, survival);
        return CalibrationErrors.Of(predicted, Lowess.Smooth(predicted, ObservedRisks(times, events, horizon)));
    }

    private static double[] Risks(ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<double> survival)
    {
        SurvivalCounts.Check(times, events, survival, default);
        var risks = new double[survival.Length];
        for (var i = 0; i < risks.Length; i++)
            risks[i] = 1 - survival[i];
        return risks;
    }

    private static double[] ObservedRisks(ReadOnlySpan<double> times, ReadOnlySpan<bool> events, double horizon)
    {
        var observed = PseudoValues.OfSurvival(times, events, horizon);
        for (var i = 0; i < observed.Length; i++)
            observed[i] = 1 - observed[i];
        return observed;
    }

    private static SurvivalCalibrationGroup Group(
        ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<double> survival, double horizon, double level,
        ReadOnlySpan<double> weights, List<int> rows)
    {
        double[] time = new double[rows.Count], weight = new double[rows.Count];
        var isEvent = new bool[rows.Count];
        double count = 0, predicted = 0;
        for (var k = 0; k < rows.Count; k++)
        {
            (time[k], isEvent[k], weight[k]) = (times[rows[k]], events[rows[k]], weights.IsEmpty ? 1 : weights[rows[k]]);
            count += weight[k];
            predicted += weight[k] * (1 - survival[rows[k]]);
        }
        var curve = KaplanMeier.Fit(time, isEvent, weight);
        var (low, high) = curve.IntervalAt(horizon, level, SurvivalInterval.LogLog);
        return new(count, predicted / count, 1 - curve.At(horizon), 1 - high, 1 - low);
    }
}
