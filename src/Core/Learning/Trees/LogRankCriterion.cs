namespace RadiogenomicsCloud.Learning;

/// <summary>
/// The two-sample log-rank chi-square of the split (Ishwaran and others, Ann Appl Stat 2008, 2:841; the variance is hypergeometric).
/// The numerator is a sum of scores over the left side, and the variance grows by one prefix of the event times for each row that moves
/// there, so that a column costs rows × event times of the node at most.
/// </summary>
internal sealed class LogRankCriterion(EventGrid grid, double[] weights) : SplitCriterion
{
    private readonly double[] deaths = new double[grid.Times.Length];
    private readonly double[] atRisk = new double[grid.Times.Length];
    private readonly int[] local = new int[grid.Times.Length + 1];
    private readonly double[] hazard = new double[grid.Times.Length + 1];
    private readonly double[] linear = new double[grid.Times.Length + 1];
    private readonly double[] square = new double[grid.Times.Length];
    private readonly double[] left = new double[grid.Times.Length];
    private readonly int[] reached = new int[grid.Reached.Length];
    private int times;

    public override double Begin(ReadOnlySpan<int> rows)
    {
        Array.Clear(deaths);
        Array.Clear(atRisk);
        foreach (var row in rows)
        {
            var at = grid.Reached[row] - 1;
            if (at < 0)
                continue;
            atRisk[at] += weights[row];
            if (grid.Events[row])
                deaths[at] += weights[row];
        }
        for (var t = atRisk.Length - 2; t >= 0; t--)
            atRisk[t] += atRisk[t + 1];
        times = 0;
        for (var t = 0; t < deaths.Length; t++)
        {
            local[t] = times;
            if (deaths[t] == 0)
                continue;
            var (d, n) = (deaths[t], atRisk[t]);
            // With weights fewer than one may be at risk; then nobody's fate is uncertain.
            var variance = n > 1 ? Math.Max(0, d * (n - d) / (n - 1)) : 0;
            hazard[times + 1] = hazard[times] + (d / n);
            linear[times + 1] = linear[times] + (variance / n);
            square[times++] = variance / (n * n);
        }
        local[deaths.Length] = times;
        foreach (var row in rows)
            reached[row] = local[grid.Reached[row]];
        return times > 0 ? 1e-12 : -1;
    }

    public override void Scan(int column, ReadOnlySpan<int> sorted, ReadOnlySpan<int> codes, int least, ref Cut best)
    {
        var atRiskLeft = left.AsSpan(0, times);
        atRiskLeft.Clear();
        double numerator = 0, first = 0, second = 0;
        var last = sorted.Length - least;
        for (var i = 0; i < last; i++)
        {
            var row = sorted[i];
            var (q, w) = (reached[row], weights[row]);
            numerator += w * ((grid.Events[row] ? 1 : 0) - hazard[q]);
            first += w * linear[q];
            second += w * Enter(square.AsSpan(0, q), atRiskLeft[..q], w);
            if (i + 1 < least || codes[row] == codes[sorted[i + 1]])
                continue;
            var variance = first - second;
            if (variance <= 1e-9)
                continue;
            var gain = numerator * numerator / variance;
            if (gain > best.Bar)
                best.Take(column, row, sorted[i + 1], gain);
        }
    }

    // Σ b (2 n + w) over the times that the row has reached, and the row added to those at risk.
    private static double Enter(ReadOnlySpan<double> factors, Span<double> atRisk, double w)
    {
        double even = 0, odd = 0;
        var t = 0;
        for (; t + 1 < factors.Length && t + 1 < atRisk.Length; t += 2)
        {
            even += factors[t] * (atRisk[t] + atRisk[t] + w);
            odd += factors[t + 1] * (atRisk[t + 1] + atRisk[t + 1] + w);
            atRisk[t] += w;
            atRisk[t + 1] += w;
        }
        if (t < factors.Length)
        {
            even += factors[t] * (atRisk[t] + atRisk[t] + w);
            atRisk[t] += w;
        }
        return even + odd;
    }
}
