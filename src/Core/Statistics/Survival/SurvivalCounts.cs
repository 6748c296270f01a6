namespace RadiogenomicsCloud.Statistics;

/// <summary>
/// Right-censored rows gathered by distinct time, ascending: how many had their event and how many were censored there, and how many were at
/// risk just before. Events come before censorings of the same time, so that a row censored at a time is at risk there. Times are equal if
/// their bits are. Rows of weight 0 do not exist.
/// </summary>
internal sealed class SurvivalCounts
{
    private SurvivalCounts(int capacity)
    {
        Time = new double[capacity];
        Events = new double[capacity];
        Censored = new double[capacity];
        AtRisk = new double[capacity];
    }

    public int Count { get; private set; }

    public double[] Time { get; }

    public double[] Events { get; }

    public double[] Censored { get; }

    public double[] AtRisk { get; }

    /// <exception cref="ArgumentException">The lengths differ, a time is not finite, or a weight is negative or not finite.</exception>
    public static SurvivalCounts Of(ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<double> weights)
    {
        Check(times, events, weights);
        var sorted = times.ToArray();
        var order = Order(sorted);
        var counts = new SurvivalCounts(sorted.Length);
        var last = -1;
        for (var i = 0; i < sorted.Length; i++)
        {
            var weight = weights.IsEmpty ? 1 : weights[order[i]];
            if (weight == 0)
                continue;
            if (last < 0 || counts.Time[last] != sorted[i])
                counts.Time[++last] = sorted[i];
            (events[order[i]] ? counts.Events : counts.Censored)[last] += weight;
        }
        counts.Count = last + 1;
        var atRisk = 0.0;
        for (var k = last; k >= 0; k--)
            counts.AtRisk[k] = atRisk += counts.Events[k] + counts.Censored[k];
        return counts;
    }

    public static void Check(ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<double> weights)
    {
        if (times.Length != events.Length || (!weights.IsEmpty && weights.Length != times.Length))
            throw new ArgumentException($"{times.Length} times, {events.Length} event indicators and {weights.Length} weights do not match.", nameof(events));
        foreach (var time in times)
            if (!double.IsFinite(time))
                throw new ArgumentException("A time is missing or infinite.", nameof(times));
        foreach (var weight in weights)
            if (!(weight >= 0 && double.IsFinite(weight)))
                throw new ArgumentException("A weight is missing, negative or infinite.", nameof(weights));
    }

    /// <summary>As without scores, and one score a row that is not NaN.</summary>
    public static void Check(ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<double> scores, ReadOnlySpan<double> weights)
    {
        Check(times, events, weights);
        if (scores.Length != times.Length)
            throw new ArgumentException($"{times.Length} times and {scores.Length} scores do not match.", nameof(scores));
        foreach (var score in scores)
            if (double.IsNaN(score))
                throw new ArgumentException("A score is missing.", nameof(scores));
    }

    /// <summary>Sorts the values in place and gives the positions that they had.</summary>
    public static int[] Order(double[] values)
    {
        var order = new int[values.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(values, order);
        return order;
    }
}
