namespace RadiogenomicsCloud.Learning;

/// <summary>The c that makes Σ [ridge (βₖ − c)²/2 + lasso |βₖ − c|] least; of several the nearest to zero.</summary>
internal static class LeastPenaltyShift
{
    public static double Of(ReadOnlySpan<double> betas, double ridge, double lasso)
    {
        Span<double> sorted = betas.Length <= 64 ? stackalloc double[betas.Length] : new double[betas.Length];
        betas.CopyTo(sorted);
        sorted.Sort();
        var count = sorted.Length;
        if (sorted[0] == sorted[count - 1] || (ridge == 0 && lasso == 0))
            return sorted[0] == sorted[count - 1] ? sorted[0] : 0;
        if (ridge == 0)
        {
            var (low, high) = (sorted[(count - 1) / 2], sorted[count / 2]);
            return Math.Clamp(0, low, high);
        }
        var sum = 0.0;
        foreach (var beta in sorted)
            sum += beta;
        // Between two neighbours the derivative is ridge (count·c − Σβ) + lasso (below − above); it rises, with a jump at each β.
        for (var below = 0; below <= count; below++)
        {
            var c = ((ridge * sum) - (lasso * ((2 * below) - count))) / (ridge * count);
            if (below < count && c > sorted[below])
                continue;
            return below > 0 ? Math.Max(c, sorted[below - 1]) : c;
        }
        return sorted[count - 1];
    }
}
