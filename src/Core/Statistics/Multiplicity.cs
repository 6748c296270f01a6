namespace RadiogenomicsCloud.Statistics;

/// <summary>
/// P-values adjusted for multiple testing, as R's <c>p.adjust</c>: NaN stays NaN and does not count as a test; the order is kept.
/// </summary>
public static class Multiplicity
{
    /// <summary>False discovery rate of Benjamini and Hochberg (J R Stat Soc B 1995, 57:289).</summary>
    public static double[] BenjaminiHochberg(ReadOnlySpan<double> p) => StepUp(p, _ => 1);

    /// <summary>False discovery rate under any dependence, Benjamini and Yekutieli (Ann Stat 2001, 29:1165).</summary>
    public static double[] BenjaminiYekutieli(ReadOnlySpan<double> p) => StepUp(p, tests =>
    {
        var sum = 0.0;
        for (var i = 1; i <= tests; i++)
            sum += 1.0 / i;
        return sum;
    });

    /// <summary>Family-wise error rate of Holm (Scand J Stat 1979, 6:65).</summary>
    public static double[] Holm(ReadOnlySpan<double> p)
    {
        var (sorted, order) = Sorted(p);
        var adjusted = Missing(p.Length);
        var running = 0.0;
        for (var i = 0; i < sorted.Length; i++)
        {
            running = Math.Max(running, (sorted.Length - i) * sorted[i]);
            adjusted[order[i]] = Math.Min(1, running);
        }
        return adjusted;
    }

    /// <summary>Family-wise error rate of Bonferroni: p times the number of tests.</summary>
    public static double[] Bonferroni(ReadOnlySpan<double> p)
    {
        var (sorted, order) = Sorted(p);
        var adjusted = Missing(p.Length);
        for (var i = 0; i < sorted.Length; i++)
            adjusted[order[i]] = Math.Min(1, sorted.Length * sorted[i]);
        return adjusted;
    }

    private static double[] StepUp(ReadOnlySpan<double> p, Func<int, double> factor)
    {
        var (sorted, order) = Sorted(p);
        var adjusted = Missing(p.Length);
        var scale = factor(sorted.Length);
        var running = 1.0;
        for (var i = sorted.Length - 1; i >= 0; i--)
        {
            running = Math.Min(running, scale * sorted.Length / (i + 1) * sorted[i]);
            adjusted[order[i]] = running;
        }
        return adjusted;
    }

    private static (double[] Sorted, int[] Order) Sorted(ReadOnlySpan<double> p)
    {
        var values = new List<double>(p.Length);
        var indexes = new List<int>(p.Length);
        for (var i = 0; i < p.Length; i++)
        {
            if (double.IsNaN(p[i]))
                continue;
            if (p[i] is < 0 or > 1)
                throw new ArgumentOutOfRangeException(nameof(p), p[i], "A p-value lies in [0, 1].");
            values.Add(p[i]);
            indexes.Add(i);
        }
        double[] sorted = [.. values];
        int[] order = [.. indexes];
        Array.Sort(sorted, order);
        return (sorted, order);
    }

    private static double[] Missing(int count)
    {
        var values = new double[count];
        Array.Fill(values, double.NaN);
        return values;
    }
}
