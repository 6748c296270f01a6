namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Class probabilities from probabilities of pairs: min Σᵢ Σⱼ≠ᵢ (rⱼᵢ pᵢ − rᵢⱼ pⱼ)² subject to Σ pᵢ = 1 (Wu, Lin, Weng, JMLR 2004, 5:975,
/// their second method), by the iteration of their algorithm 2.
/// </summary>
internal static class PairwiseCoupling
{
    private const int GreatestPasses = 1000;

    /// <summary>Keeps the problem regular where a pair is certain; the value that LIBSVM keeps pairs from 0 and 1 by.</summary>
    private const double LeastProbability = 1e-7;

    /// <param name="pairs">k × k, row after row: the probability of class i where it is i or j; the diagonal is not read.</param>
    /// <param name="result">k probabilities.</param>
    public static void Solve(ReadOnlySpan<double> pairs, Span<double> result)
    {
        var k = result.Length;
        Span<double> q = k <= 16 ? stackalloc double[k * k] : new double[k * k];
        Span<double> qp = k <= 16 ? stackalloc double[k] : new double[k];
        q.Clear();
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < k; j++)
            {
                if (i == j)
                    continue;
                var (r, s) = (Clamp(pairs[(i * k) + j]), Clamp(pairs[(j * k) + i]));
                q[(i * k) + i] += s * s;
                q[(i * k) + j] = -s * r;
            }
        }
        result.Fill(1.0 / k);
        for (var pass = 0; pass < GreatestPasses; pass++)
        {
            var pQp = Products(q, result, qp);
            var worst = 0.0;
            foreach (var value in qp)
                worst = Math.Max(worst, Math.Abs(value - pQp));
            if (worst < 1e-12)
                break;
            for (var t = 0; t < k; t++)
            {
                var change = (pQp - qp[t]) / q[(t * k) + t];
                result[t] += change;
                pQp = (pQp + (change * ((change * q[(t * k) + t]) + (2 * qp[t])))) / ((1 + change) * (1 + change));
                for (var j = 0; j < k; j++)
                {
                    qp[j] = (qp[j] + (change * q[(t * k) + j])) / (1 + change);
                    result[j] /= 1 + change;
                }
            }
        }
    }

    private static double Products(ReadOnlySpan<double> q, ReadOnlySpan<double> p, Span<double> qp)
    {
        var pQp = 0.0;
        for (var i = 0; i < p.Length; i++)
        {
            qp[i] = 0;
            for (var j = 0; j < p.Length; j++)
                qp[i] += q[(i * p.Length) + j] * p[j];
            pQp += p[i] * qp[i];
        }
        return pQp;
    }

    private static double Clamp(double probability) => Math.Clamp(probability, LeastProbability, 1 - LeastProbability);
}
