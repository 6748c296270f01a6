namespace RadiogenomicsCloud.Statistics;

/// <summary>
/// How far a smoothed calibration curve lies from the predictions, |smooth − predicted| over the rows (Austin, Steyerberg, Stat Med 2019, 38:4051).
/// </summary>
/// <param name="Mean">The integrated calibration index ICI; Eavg of R's <c>rms::val.prob</c>.</param>
/// <param name="Median">E50.</param>
/// <param name="Ninetieth">E90, a quantile of type 7.</param>
/// <param name="Maximum">Emax over the rows.</param>
public sealed record CalibrationErrors(double Mean, double Median, double Ninetieth, double Maximum)
{
    /// <param name="predicted">Predicted risk of each row.</param>
    /// <param name="smooth">The calibration curve at each row's prediction.</param>
    /// <returns>NaN of everything if there are no rows.</returns>
    public static CalibrationErrors Of(ReadOnlySpan<double> predicted, ReadOnlySpan<double> smooth)
    {
        if (predicted.Length != smooth.Length)
            throw new ArgumentException($"{predicted.Length} predictions and {smooth.Length} smoothed values do not match.", nameof(smooth));
        var errors = new double[predicted.Length];
        for (var i = 0; i < errors.Length; i++)
            errors[i] = Math.Abs(predicted[i] - smooth[i]);
        Array.Sort(errors);
        return new(
            Moments.Mean(errors), Quantiles.SortedQuantile(errors, 0.5), Quantiles.SortedQuantile(errors, 0.9), errors.Length > 0 ? errors[^1] : double.NaN);
    }
}

/// <summary>Calibration of predicted probabilities beyond intercept and slope, which <see cref="LogisticRecalibration"/> gives.</summary>
public static class SmoothCalibration
{
    /// <summary>
    /// The calibration curve by lowess, as R's <c>rms::val.prob(p, y)</c> draws it: <c>lowess(p, y, iter = 0)</c>. Copies of a row are given as rows.
    /// </summary>
    /// <returns>The smoothed outcome at each row's prediction; it may leave [0, 1] a little.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a probability is missing or outside [0, 1].</exception>
    public static double[] Curve(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> isEvent)
    {
        BinaryInput.Check(probabilities, isEvent, default);
        BinaryInput.CheckProbabilities(probabilities);
        var outcome = new double[isEvent.Length];
        for (var i = 0; i < outcome.Length; i++)
            outcome[i] = isEvent[i] ? 1 : 0;
        return Lowess.Smooth(probabilities, outcome);
    }

    /// <summary>Eavg, E50, E90 and Emax of <see cref="Curve"/>, as R's <c>rms::val.prob(p, y)</c> gives them.</summary>
    /// <param name="copies">How often each row counts, whole numbers; empty: once.</param>
    /// <returns>NaN of everything if there are no rows.</returns>
    /// <exception cref="ArgumentException">
    /// The lengths differ, a probability is missing or outside [0, 1], or a number of copies is negative or no whole number.
    /// </exception>
    public static CalibrationErrors Errors(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> isEvent, ReadOnlySpan<double> copies = default)
    {
        if (copies.IsEmpty)
            return CalibrationErrors.Of(probabilities, Curve(probabilities, isEvent));
        BinaryInput.Check(probabilities, isEvent, copies);
        List<double> rows = [];
        List<bool> outcomes = [];
        for (var i = 0; i < copies.Length; i++)
        {
            if (copies[i] != Math.Floor(copies[i]))
                throw new ArgumentException("A smoothed calibration curve takes whole numbers of copies.", nameof(copies));
            for (var k = 0; k < copies[i]; k++)
            {
                rows.Add(probabilities[i]);
                outcomes.Add(isEvent[i]);
            }
        }
        return Errors([.. rows], [.. outcomes]);
    }
}
