namespace RadiogenomicsCloud.Association;

/// <summary>
/// The enrichment score of a gene set in a ranking (Subramanian et al., PNAS 2005, 102:15545) with weight 1, in the definition of R's
/// <c>fgsea::calcGseaStat</c>: the extreme of the running sum that is further from 0, and 0 where both are as far.
/// </summary>
public static class GseaScore
{
    /// <param name="weights">|statistic| of each gene, in decreasing order of the statistic.</param>
    /// <param name="positions">Places of the set's genes in that order, ascending, from 0.</param>
    /// <returns>In [−1, 1]; NaN for an empty set or one of all genes. Where all weights of the set are 0 its genes count alike.</returns>
    public static double Of(ReadOnlySpan<double> weights, ReadOnlySpan<int> positions)
    {
        int size = positions.Length, genes = weights.Length;
        if (size == 0 || size >= genes)
            return double.NaN;
        double total = 0;
        foreach (var position in positions)
            total += weights[position];
        double hits = 0, top = double.NegativeInfinity, bottom = double.PositiveInfinity, misses = genes - size;
        for (var k = 0; k < size; k++)
        {
            var missed = (positions[k] - k) / misses;
            bottom = Math.Min(bottom, (total > 0 ? hits / total : (double)k / size) - missed);
            hits += weights[positions[k]];
            top = Math.Max(top, (total > 0 ? hits / total : (k + 1.0) / size) - missed);
        }
        return top > -bottom ? top : top == -bottom ? 0 : bottom;
    }
}
