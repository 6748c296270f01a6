using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>The curves of a probability of an event.</summary>
internal static class BinaryFigures
{
    private const int RocGridIntervals = 100;

    public static ModelPerformance Add(ModelPerformance performance, ResampleScores scores, ResamplingPlan plan)
    {
        var means = scores.CaseMeans();
        int[] held = [.. Enumerable.Range(0, means.Length).Where(r => means[r] is not null)];
        double[] probabilities = [.. held.Select(r => means[r]![0])];
        var outcomes = ((BinaryEndpoint)plan.Endpoint.SelectRows(held)).Values;
        return performance with
        {
            Roc = Roc(probabilities, outcomes),
            RocAveraged = AveragedRoc(scores.HeldOutOf(scores.Schemes[0].Own), scores.Schemes[0]),
            PrecisionRecall = PrecisionRecallOf(probabilities, outcomes),
            CalibrationSmooth = CalibrationFigures.Smooth(probabilities, outcomes),
            CalibrationGroups = CalibrationFigures.Groups(probabilities, outcomes, plan.Options.Level),
        };
    }

    public static IReadOnlyList<CurvePoint> Roc(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> outcomes) =>
        [.. RocCurve.Compute(probabilities, outcomes).Select(p => new CurvePoint(p.FalsePositiveRate, p.TruePositiveRate))];

    public static IReadOnlyList<CurvePoint> PrecisionRecallOf(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> outcomes) =>
        [.. PrecisionRecall.Curve(probabilities, outcomes).Select(p => new CurvePoint(p.Recall, p.Precision))];

    /// <summary>See <see cref="ModelPerformance.RocAveraged"/>.</summary>
    /// <param name="parts">What was held out of the fits of <paramref name="scheme"/>.</param>
    public static IReadOnlyList<CurvePoint> AveragedRoc(IEnumerable<HeldOut> parts, Scheme scheme)
    {
        var curves = new List<(IReadOnlyList<RocPoint> Curve, double Weight)>();
        foreach (var held in parts)
        {
            double events = held.IsEvent.Count(o => o), pairs = events * (held.Count - events);
            if (pairs > 0)
                curves.Add((RocCurve.Compute(held.Scores, held.IsEvent), scheme == Scheme.OutOfBag ? 1 : pairs));
        }
        var points = new List<CurvePoint>();
        if (curves.Count == 0)
            return points;
        var total = curves.Sum(c => c.Weight);
        points.Add(new CurvePoint(0, 0));
        for (var i = 0; i <= RocGridIntervals; i++)
        {
            var x = (double)i / RocGridIntervals;
            points.Add(new CurvePoint(x, curves.Sum(c => c.Weight * RocCurve.SensitivityAt(c.Curve, x)) / total));
        }
        return points;
    }
}
