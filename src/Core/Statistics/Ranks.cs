namespace RadiogenomicsCloud.Statistics;

/// <summary>Ranks, 1 for the smallest.</summary>
public static class Ranks
{
    /// <summary>Midranks: tied values share the mean of the ranks they occupy (R <c>rank(x, ties.method = "average")</c>).</summary>
    /// <exception cref="ArgumentException">A value is NaN.</exception>
    public static double[] Midranks(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        var order = new int[values.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        Array.Sort(sorted, order);
        // NaN sorts first.
        if (sorted.Length > 0 && double.IsNaN(sorted[0]))
            throw new ArgumentException("Ranks of missing values are not defined.", nameof(values));
        var ranks = new double[sorted.Length];
        for (var start = 0; start < sorted.Length;)
        {
            var end = EndOfTie(sorted, start);
            var midrank = (start + 1 + end) / 2.0;
            for (var i = start; i < end; i++)
                ranks[order[i]] = midrank;
            start = end;
        }
        return ranks;
    }

    /// <summary>One past the last of the values equal to the one at <paramref name="start"/>.</summary>
    internal static int EndOfTie(ReadOnlySpan<double> sorted, int start)
    {
        var end = start + 1;
        while (end < sorted.Length && sorted[end] == sorted[start])
            end++;
        return end;
    }
}
