namespace RadiogenomicsCloud.Statistics;

/// <summary>How near predictions of a number come to it.</summary>
/// <param name="RootMeanSquaredError">In the outcome's unit.</param>
/// <param name="MeanAbsoluteError">In the outcome's unit.</param>
/// <param name="RSquared">
/// 1 − Σ (y − prediction)² / Σ (y − reference)², the reference being the mean of the training outcomes: 0 is as good as predicting that, negative is
/// worse. Not the squared correlation, which forgives any bias.
/// </param>
/// <param name="CalibrationSlope">Of the regression y ~ prediction; 1 is ideal; NaN if the predictions do not vary.</param>
/// <param name="MeanError">Mean of y − prediction; 0 is ideal.</param>
public sealed record ContinuousMeasures(
    double RootMeanSquaredError, double MeanAbsoluteError, double RSquared, double CalibrationSlope, double MeanError)
{
    /// <param name="references">
    /// Of each row the mean outcome of the rows that its model was fitted on; the mean of these rows for an apparent R². Empty: R² is NaN.
    /// </param>
    /// <param name="weights">How often each row counts; empty: once.</param>
    /// <returns>NaN of everything if there are no rows.</returns>
    /// <exception cref="ArgumentException">The lengths differ, a value is not finite, or a weight is negative or not finite.</exception>
    public static ContinuousMeasures Of(
        ReadOnlySpan<double> predicted, ReadOnlySpan<double> outcome, ReadOnlySpan<double> references, ReadOnlySpan<double> weights = default)
    {
        if (predicted.Length != outcome.Length || (!weights.IsEmpty && weights.Length != outcome.Length))
            throw new ArgumentException($"{predicted.Length} predictions, {outcome.Length} outcomes and {weights.Length} weights do not match.", nameof(outcome));
        if (!references.IsEmpty && references.Length != outcome.Length)
            throw new ArgumentException($"{outcome.Length} outcomes and {references.Length} references do not match.", nameof(references));
        BinaryInput.CheckWeights(weights);
        double total = 0, meanP = 0, meanY = 0;
        for (var i = 0; i < outcome.Length; i++)
        {
            if (!double.IsFinite(predicted[i]) || !double.IsFinite(outcome[i]))
                throw new ArgumentException("A prediction or an outcome is missing or infinite.", nameof(predicted));
            var weight = weights.IsEmpty ? 1 : weights[i];
            total += weight;
            meanP += weight * predicted[i];
            meanY += weight * outcome[i];
        }
        meanP /= total;
        meanY /= total;
        double squares = 0, absolute = 0, errors = 0, reference = 0, pp = 0, py = 0;
        for (var i = 0; i < outcome.Length; i++)
        {
            var weight = weights.IsEmpty ? 1 : weights[i];
            double error = outcome[i] - predicted[i], dp = predicted[i] - meanP, dy = outcome[i] - meanY;
            squares += weight * error * error;
            absolute += weight * Math.Abs(error);
            errors += weight * error;
            var fromReference = references.IsEmpty ? double.NaN : outcome[i] - references[i];
            reference += weight * fromReference * fromReference;
            pp += weight * dp * dp;
            py += weight * dp * dy;
        }
        // What rounding leaves about the mean of a constant is no spread.
        var slope = pp > 0 && predicted.IndexOfAnyExcept(predicted[0]) >= 0 ? py / pp : double.NaN;
        return new(Math.Sqrt(squares / total), absolute / total, 1 - (squares / reference), slope, errors / total);
    }
}
