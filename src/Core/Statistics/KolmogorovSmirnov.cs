namespace RadiogenomicsCloud.Statistics;

/// <summary>
/// Two-sample Kolmogorov–Smirnov test, two-sided, as R's <c>ks.test(x, y, exact = FALSE)</c>: the greatest distance between the two empirical
/// distributions, ties included, and the limiting distribution of Smirnov (Ann Math Stat 1948, 19:279). Missing values (NaN) are left out.
/// </summary>
public static class KolmogorovSmirnov
{
    /// <returns>D in [0, 1] and p; both NaN where a sample is empty.</returns>
    public static (double D, double PValue) Test(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var (a, b) = (Sorted(x), Sorted(y));
        if (a.Length == 0 || b.Length == 0)
            return (double.NaN, double.NaN);
        var (i, j, distance) = (0, 0, 0.0);
        while (i < a.Length && j < b.Length)
        {
            var value = Math.Min(a[i], b[j]);
            while (i < a.Length && a[i] == value)
                i++;
            while (j < b.Length && b[j] == value)
                j++;
            distance = Math.Max(distance, Math.Abs(((double)i / a.Length) - ((double)j / b.Length)));
        }
        return (distance, UpperTail(Math.Sqrt((double)a.Length * b.Length / ((double)a.Length + b.Length)) * distance));
    }

    private static double[] Sorted(ReadOnlySpan<double> values)
    {
        var kept = new List<double>(values.Length);
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
                kept.Add(value);
        }
        kept.Sort();
        return [.. kept];
    }

    // Two series of the same function: each converges where the other does not.
    private static double UpperTail(double t)
    {
        if (t <= 0)
            return 1;
        if (t < 1)
        {
            var below = 0.0;
            for (var k = 1; k <= 20; k++)
                below += Math.Exp(-Math.Pow(((2 * k) - 1) * Math.PI / t, 2) / 8);
            return Math.Clamp(1 - (Math.Sqrt(2 * Math.PI) / t * below), 0, 1);
        }
        var above = 0.0;
        for (var k = 1; k <= 20; k++)
            above += (k % 2 == 1 ? 1 : -1) * Math.Exp(-2.0 * k * k * t * t);
        return Math.Clamp(2 * above, 0, 1);
    }
}
