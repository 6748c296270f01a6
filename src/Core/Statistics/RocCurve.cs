namespace RadiogenomicsCloud.Statistics;

/// <summary>A point of the empirical ROC curve: the rates at "score ≥ threshold".</summary>
public readonly record struct RocPoint(double FalsePositiveRate, double TruePositiveRate, double Threshold);

/// <summary>The empirical ROC curve; the trapezoids below it have the area <see cref="Auc.Compute"/>.</summary>
public static class RocCurve
{
    /// <summary>From (0, 0), threshold +∞, to (1, 1): one point per distinct score. Empty if a class is absent.</summary>
    public static IReadOnlyList<RocPoint> Compute(ReadOnlySpan<double> scores, ReadOnlySpan<bool> isEvent)
    {
        if (scores.Length != isEvent.Length)
            throw new ArgumentException($"{scores.Length} scores and {isEvent.Length} outcomes do not match.", nameof(isEvent));
        var sorted = scores.ToArray();
        var outcome = isEvent.ToArray();
        Array.Sort(sorted, outcome);
        double events = outcome.Count(o => o), nonEvents = outcome.Length - events;
        if (events == 0 || nonEvents == 0)
            return [];
        var points = new List<RocPoint> { new(0, 0, double.PositiveInfinity) };
        double truePositives = 0, falsePositives = 0;
        for (var i = sorted.Length - 1; i >= 0; i--)
        {
            if (outcome[i])
                truePositives++;
            else
                falsePositives++;
            if (i == 0 || sorted[i - 1] != sorted[i])
                points.Add(new(falsePositives / nonEvents, truePositives / events, sorted[i]));
        }
        return points;
    }

    /// <summary>
    /// Sensitivity at a false positive rate, linear between points and the highest where the curve rises; for averaging curves vertically
    /// (Fawcett, Pattern Recognit Lett 2006, 27:861, algorithm 3).
    /// </summary>
    public static double SensitivityAt(IReadOnlyList<RocPoint> curve, double falsePositiveRate)
    {
        ArgumentNullException.ThrowIfNull(curve);
        var i = 0;
        while (i < curve.Count - 1 && curve[i + 1].FalsePositiveRate <= falsePositiveRate)
            i++;
        if (i == curve.Count - 1 || curve[i].FalsePositiveRate == falsePositiveRate)
            return curve[i].TruePositiveRate;
        var (left, right) = (curve[i], curve[i + 1]);
        var share = (falsePositiveRate - left.FalsePositiveRate) / (right.FalsePositiveRate - left.FalsePositiveRate);
        return left.TruePositiveRate + (share * (right.TruePositiveRate - left.TruePositiveRate));
    }
}
