namespace RadiogenomicsCloud.Statistics;

/// <summary>
/// Whether several groups have values of one distribution (Kruskal, Wallis, J Am Stat Assoc 1952, 47:583), with the correction for ties, as R's
/// <c>kruskal.test(x, g)</c>. Missing values (NaN) are left out, and groups without a value do not count.
/// </summary>
public static class KruskalWallis
{
    /// <param name="groups">The group of each value, from 0 to <paramref name="groupCount"/> − 1.</param>
    /// <returns>H, p by χ², and H/(n − 1), the share of the ranks' squares between groups; undefined for fewer than two groups or a constant.</returns>
    public static TwoSampleResult Test(ReadOnlySpan<double> values, ReadOnlySpan<int> groups, int groupCount)
    {
        if (values.Length != groups.Length)
            throw new ArgumentException($"{values.Length} values and {groups.Length} groups cannot be paired.", nameof(groups));
        var sorted = new double[values.Length];
        var group = new int[values.Length];
        var n = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i]))
                continue;
            sorted[n] = values[i];
            group[n++] = groups[i];
        }
        Array.Sort(sorted, group, 0, n);
        var ranks = new double[groupCount];
        var counts = new int[groupCount];
        var ties = 0.0;
        for (var start = 0; start < n;)
        {
            var end = Ranks.EndOfTie(sorted.AsSpan(0, n), start);
            var midrank = (start + 1 + end) / 2.0;
            for (var i = start; i < end; i++)
            {
                ranks[group[i]] += midrank;
                counts[group[i]]++;
            }
            double t = end - start;
            ties += (t * t * t) - t;
            start = end;
        }
        var sum = 0.0;
        var present = 0;
        for (var g = 0; g < groupCount; g++)
        {
            if (counts[g] == 0)
                continue;
            present++;
            sum += ranks[g] * ranks[g] / counts[g];
        }
        double total = n;
        var untied = 1 - (ties / ((total * total * total) - total));
        if (present < 2 || !(untied > 0))
            return TwoSampleResult.Undefined;
        var h = ((12 * sum / (total * (total + 1))) - (3 * (total + 1))) / untied;
        return new(h, ChiSquare.UpperTail(h, present - 1), h / (total - 1));
    }
}
