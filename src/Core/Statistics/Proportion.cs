namespace RadiogenomicsCloud.Statistics;

/// <summary>Intervals of a proportion.</summary>
public static class Proportion
{
    /// <summary>Wilson's score interval (J Am Stat Assoc 1927, 22:209), as R's <c>prop.test(x, n, correct = FALSE)</c>; [0, 1] for n = 0.</summary>
    public static (double Low, double High) Wilson(int successes, int count, double level)
    {
        if (count == 0)
            return (0, 1);
        var z = Normal.Quantile((1 + level) / 2);
        double n = count, p = successes / n, square = z * z;
        var centre = p + (square / (2 * n));
        var half = z * Math.Sqrt((p * (1 - p) / n) + (square / (4 * n * n)));
        return (
            successes == 0 ? 0 : (centre - half) / (1 + (square / n)),
            successes == count ? 1 : (centre + half) / (1 + (square / n)));
    }

    /// <summary>
    /// The exact interval of Clopper and Pearson (Biometrika 1934, 26:404), as R's <c>binom.test(x, n)$conf.int</c>; [0, 1] for n = 0.
    /// </summary>
    public static (double Low, double High) ClopperPearson(int successes, int count, double level)
    {
        if (count == 0)
            return (0, 1);
        var tail = (1 - level) / 2;
        return (
            successes == 0 ? 0 : Beta.Quantile(tail, successes, count - successes + 1),
            successes == count ? 1 : Beta.Quantile(1 - tail, successes + 1, count - successes));
    }
}
