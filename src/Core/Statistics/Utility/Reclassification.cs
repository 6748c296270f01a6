namespace RadiogenomicsCloud.Statistics;

/// <summary>An estimate with its standard error and the test that it is 0; NaN where it does not exist.</summary>
public readonly record struct WaldEstimate(double Value, double StandardError)
{
    public double Z => Value / StandardError;

    public double PValue => Normal.TwoSidedP(Z);

    public (double Low, double High) Interval(double level)
    {
        var half = Normal.Quantile((1 + level) / 2) * StandardError;
        return (Value - half, Value + half);
    }
}

/// <summary>Net reclassification: of the events up less down, of the non-events down less up, and their sum (−2 … 2).</summary>
public sealed record NetReclassification(WaldEstimate Total, WaldEstimate Events, WaldEstimate NonEvents);

/// <summary>
/// Net reclassification improvement and integrated discrimination improvement of new over old predicted risks (Pencina et al., Stat Med 2008, 27:157;
/// continuous: 2011, 30:11), as R's <c>Hmisc::improveProb(old, new, y)</c>. Their standard errors take the predictions as given: they serve rows
/// that neither model saw. A positive NRI also rewards miscalibration (Hilden, Gerds, Stat Med 2014, 33:3405): read it beside the AUCs and net
/// benefit.
/// </summary>
public static class Reclassification
{
    /// <summary>Any change of the predicted risk counts.</summary>
    /// <param name="weights">How often each row counts; empty: once.</param>
    /// <returns>NaN parts for an absent class.</returns>
    /// <exception cref="ArgumentException">The lengths differ, a probability is missing or outside [0, 1], or a weight is negative or not finite.</exception>
    public static NetReclassification Continuous(ReadOnlySpan<double> oldRisk, ReadOnlySpan<double> newRisk, ReadOnlySpan<bool> isEvent, ReadOnlySpan<double> weights = default)
    {
        Check(oldRisk, newRisk, isEvent, weights);
        var moves = new int[isEvent.Length];
        for (var i = 0; i < moves.Length; i++)
            moves[i] = newRisk[i].CompareTo(oldRisk[i]);
        return Of(moves, isEvent, weights);
    }

    /// <summary>Only a change of risk category counts; a risk at a limit belongs to the category above.</summary>
    /// <param name="limits">Limits between categories, ascending.</param>
    /// <param name="weights">How often each row counts; empty: once.</param>
    /// <returns>NaN parts for an absent class.</returns>
    /// <exception cref="ArgumentException">The lengths differ, a probability is missing or outside [0, 1], a weight is negative or not finite, or the limits do not ascend.</exception>
    public static NetReclassification Categorical(
        ReadOnlySpan<double> oldRisk, ReadOnlySpan<double> newRisk, ReadOnlySpan<bool> isEvent, ReadOnlySpan<double> limits,
        ReadOnlySpan<double> weights = default)
    {
        Check(oldRisk, newRisk, isEvent, weights);
        if (limits.IsEmpty)
            throw new ArgumentException("Categories need at least one limit.", nameof(limits));
        for (var k = 0; k < limits.Length; k++)
            if (double.IsNaN(limits[k]) || (k > 0 && !(limits[k] > limits[k - 1])))
                throw new ArgumentException("The limits of risk categories must ascend.", nameof(limits));
        var moves = new int[isEvent.Length];
        for (var i = 0; i < moves.Length; i++)
            moves[i] = Category(newRisk[i], limits).CompareTo(Category(oldRisk[i], limits));
        return Of(moves, isEvent, weights);
    }

    /// <summary>The integrated discrimination improvement: the gain in the mean risk of events less that of non-events.</summary>
    /// <exception cref="ArgumentException">The lengths differ, or a probability is missing or outside [0, 1].</exception>
    public static WaldEstimate IntegratedDiscrimination(ReadOnlySpan<double> oldRisk, ReadOnlySpan<double> newRisk, ReadOnlySpan<bool> isEvent)
    {
        Check(oldRisk, newRisk, isEvent, default);
        List<double> events = [], nonEvents = [];
        for (var i = 0; i < isEvent.Length; i++)
            (isEvent[i] ? events : nonEvents).Add(newRisk[i] - oldRisk[i]);
        double[] up = [.. events], down = [.. nonEvents];
        return new(
            Moments.Mean(up) - Moments.Mean(down),
            Math.Sqrt((Moments.SampleVariance(up) / up.Length) + (Moments.SampleVariance(down) / down.Length)));
    }

    private static NetReclassification Of(int[] moves, ReadOnlySpan<bool> isEvent, ReadOnlySpan<double> weights)
    {
        var events = Net(moves, isEvent, weights, true);
        var nonEvents = Net(moves, isEvent, weights, false);
        var sum = Math.Sqrt((events.StandardError * events.StandardError) + (nonEvents.StandardError * nonEvents.StandardError));
        return new(new(events.Value + nonEvents.Value, sum), events, nonEvents);
    }

    // The variance of a mean of −1, 0 and 1: (up + down) / n² − (up − down)² / n³.
    private static WaldEstimate Net(int[] moves, ReadOnlySpan<bool> isEvent, ReadOnlySpan<double> weights, bool ofEvents)
    {
        double right = 0, wrong = 0, n = 0;
        for (var i = 0; i < moves.Length; i++)
        {
            if (isEvent[i] != ofEvents)
                continue;
            var weight = weights.IsEmpty ? 1 : weights[i];
            n += weight;
            if (moves[i] != 0)
            {
                if (moves[i] > 0 == ofEvents)
                    right += weight;
                else
                    wrong += weight;
            }
        }
        var net = (right - wrong) / n;
        return new(net, Math.Sqrt((((right + wrong) / n) - (net * net)) / n));
    }

    private static int Category(double risk, ReadOnlySpan<double> limits)
    {
        var category = 0;
        while (category < limits.Length && risk >= limits[category])
            category++;
        return category;
    }

    private static void Check(ReadOnlySpan<double> oldRisk, ReadOnlySpan<double> newRisk, ReadOnlySpan<bool> isEvent, ReadOnlySpan<double> weights)
    {
        if (oldRisk.Length != isEvent.Length || newRisk.Length != isEvent.Length)
            throw new ArgumentException($"{oldRisk.Length} old risks, {newRisk.Length} new risks and {isEvent.Length} outcomes do not match.", nameof(isEvent));
        BinaryInput.CheckProbabilities(oldRisk);
        BinaryInput.CheckProbabilities(newRisk);
        if (!weights.IsEmpty && weights.Length != isEvent.Length)
            throw new ArgumentException($"{isEvent.Length} outcomes and {weights.Length} weights do not match.", nameof(weights));
        BinaryInput.CheckWeights(weights);
    }
}
