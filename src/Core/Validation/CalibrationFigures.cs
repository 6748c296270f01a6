using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>The two calibration figures.</summary>
public static class CalibrationFigures
{
    /// <summary>Name of the smoother, for the caption.</summary>
    public const string Smoother = "local linear regression, tricube weights on the nearest 75 % of cases (loess of degree 1)";

    internal const double Span = 0.75;
    internal const int GridIntervals = 50;
    private const int FewestDistinct = 5;

    /// <summary>
    /// Observed proportion against predicted probability by <see cref="Smoother"/>, at 51 points between the lowest and the highest
    /// prediction, cut to [0, 1]. Empty for fewer than five distinct predictions.
    /// </summary>
    public static IReadOnlyList<CurvePoint> Smooth(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> isEvent)
    {
        var sorted = probabilities.ToArray();
        Array.Sort(sorted);
        if (sorted.Distinct().Count() < FewestDistinct)
            return [];
        var outcomes = new double[isEvent.Length];
        for (var i = 0; i < outcomes.Length; i++)
            outcomes[i] = isEvent[i] ? 1 : 0;
        var grid = new double[GridIntervals + 1];
        for (var i = 0; i < grid.Length; i++)
            grid[i] = sorted[0] + ((sorted[^1] - sorted[0]) * i / GridIntervals);
        var smooth = LocalLinear.Smooth(probabilities, outcomes, Span, grid);
        return [.. grid.Select((x, i) => new CurvePoint(x, Math.Clamp(smooth[i], 0, 1)))];
    }

    /// <summary>
    /// Groups of ascending predicted probability, one for each ten cases but 2 to 10 of them, of equal size but that equal predictions stay
    /// together; the observed proportion has Wilson's interval.
    /// </summary>
    public static IReadOnlyList<CalibrationGroup> Groups(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> isEvent, double level)
    {
        var sorted = probabilities.ToArray();
        var outcomes = isEvent.ToArray();
        Array.Sort(sorted, outcomes);
        var groupCount = Math.Clamp(sorted.Length / 10, 2, 10);
        var groups = new List<CalibrationGroup>();
        var start = 0;
        for (var g = 1; g <= groupCount; g++)
        {
            var end = (int)((long)sorted.Length * g / groupCount);
            while (end > 0 && end < sorted.Length && sorted[end] == sorted[end - 1])
                end++;
            if (end <= start)
                continue;
            var count = end - start;
            var events = outcomes.AsSpan(start, count).Count(true);
            var (low, high) = Proportion.Wilson(events, count, level);
            groups.Add(new CalibrationGroup(
                count, Moments.Mean(sorted.AsSpan(start, count)), (double)events / count, new Interval(low, high, level, "Wilson")));
            start = end;
        }
        return groups;
    }
}
