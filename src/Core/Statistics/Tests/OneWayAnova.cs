namespace RadiogenomicsCloud.Statistics;

/// <summary>Whether the means of several groups differ. Missing values (NaN) are left out, and groups without a value do not count.</summary>
public static class OneWayAnova
{
    /// <summary>Under equal variances, as R's <c>oneway.test(x ~ g, var.equal = TRUE)</c> and <c>aov(x ~ g)</c>.</summary>
    /// <param name="groups">The group of each value, from 0 to <paramref name="groupCount"/> − 1.</param>
    /// <returns>
    /// F, p and η², the share of the squares between groups; undefined for fewer than two groups, no residual degree of freedom or a constant.
    /// </returns>
    public static TwoSampleResult Test(ReadOnlySpan<double> values, ReadOnlySpan<int> groups, int groupCount)
    {
        var sums = GroupMoments.Of(values, groups, groupCount);
        double n = sums.Total, grand = sums.GrandMean, between = 0, within = 0;
        var present = 0;
        for (var g = 0; g < groupCount; g++)
        {
            if (sums.Counts[g] == 0)
                continue;
            present++;
            between += sums.Counts[g] * (sums.Means[g] - grand) * (sums.Means[g] - grand);
            within += sums.Squares[g];
        }
        if (present < 2 || n <= present || !sums.Varies || !(between + within > 0))
            return TwoSampleResult.Undefined;
        var f = between / (present - 1) / (within / (n - present));
        return new(f, FisherF.UpperTail(f, present - 1, n - present), between / (between + within));
    }

    /// <summary>Under unequal variances (Welch, Biometrika 1951, 38:330), as R's <c>oneway.test(x ~ g)</c>.</summary>
    /// <param name="groups">The group of each value, from 0 to <paramref name="groupCount"/> − 1.</param>
    /// <returns>F, p and η²; undefined where a group that has values has fewer than two, or no spread.</returns>
    public static TwoSampleResult Welch(ReadOnlySpan<double> values, ReadOnlySpan<int> groups, int groupCount)
    {
        var sums = GroupMoments.Of(values, groups, groupCount);
        double weights = 0, mean = 0;
        var present = 0;
        for (var g = 0; g < groupCount; g++)
        {
            if (sums.Counts[g] == 0)
                continue;
            present++;
            if (sums.Counts[g] < 2 || !(sums.Squares[g] > 0))
                return TwoSampleResult.Undefined;
            var weight = Weight(sums, g);
            weights += weight;
            mean += weight * sums.Means[g];
        }
        if (present < 2)
            return TwoSampleResult.Undefined;
        mean /= weights;
        double between = 0, correction = 0, plainBetween = 0, within = 0;
        for (var g = 0; g < groupCount; g++)
        {
            if (sums.Counts[g] == 0)
                continue;
            var weight = Weight(sums, g);
            between += weight * (sums.Means[g] - mean) * (sums.Means[g] - mean);
            correction += (1 - (weight / weights)) * (1 - (weight / weights)) / (sums.Counts[g] - 1);
            plainBetween += sums.Counts[g] * (sums.Means[g] - sums.GrandMean) * (sums.Means[g] - sums.GrandMean);
            within += sums.Squares[g];
        }
        double k = present;
        correction /= (k * k) - 1;
        var f = between / ((k - 1) * (1 + (2 * (k - 2) * correction)));
        return new(f, FisherF.UpperTail(f, k - 1, 1 / (3 * correction)), plainBetween / (plainBetween + within));
    }

    private static double Weight(GroupMoments sums, int group) => sums.Counts[group] / (sums.Squares[group] / (sums.Counts[group] - 1));

    /// <summary>Count, mean and squares about the mean of each group; of one that is constant the squares are 0, which rounding of its mean would miss.</summary>
    private sealed record GroupMoments(int[] Counts, double[] Means, double[] Squares, double Total, double GrandMean, bool Varies)
    {
        public static GroupMoments Of(ReadOnlySpan<double> values, ReadOnlySpan<int> groups, int groupCount)
        {
            if (values.Length != groups.Length)
                throw new ArgumentException($"{values.Length} values and {groups.Length} groups cannot be paired.", nameof(groups));
            var counts = new int[groupCount];
            var means = new double[groupCount];
            var squares = new double[groupCount];
            var first = new double[groupCount];
            var constant = new bool[groupCount];
            double total = 0, grand = 0, any = double.NaN;
            var varies = false;
            for (var i = 0; i < values.Length; i++)
            {
                if (double.IsNaN(values[i]))
                    continue;
                var group = groups[i];
                if (counts[group]++ == 0)
                    (first[group], constant[group]) = (values[i], true);
                constant[group] &= values[i] == first[group];
                any = double.IsNaN(any) ? values[i] : any;
                varies |= values[i] != any;
                means[group] += values[i];
                grand += values[i];
                total++;
            }
            for (var g = 0; g < groupCount; g++)
                means[g] = constant[g] ? first[g] : means[g] / counts[g];
            for (var i = 0; i < values.Length; i++)
            {
                if (double.IsNaN(values[i]))
                    continue;
                var deviation = values[i] - means[groups[i]];
                squares[groups[i]] += deviation * deviation;
            }
            return new(counts, means, squares, total, grand / total, varies);
        }
    }
}
