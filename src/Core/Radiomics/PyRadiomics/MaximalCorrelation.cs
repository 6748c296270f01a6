namespace RadiogenomicsCloud.Radiomics.PyRadiomics;

/// <summary>
/// The maximal correlation coefficient of symmetric co-occurrence matrices. The eigenvalues of Q(i, j) = Σₖ p(i, k)·p(j, k)/(p(i)·p(k))
/// are the squares of those of the symmetric p(i, j)/√(p(i)·p(j)), whose largest is 1; the coefficient is the second largest in size.
/// </summary>
internal static class MaximalCorrelation
{
    /// <summary>Beyond this many occupied levels the eigenvalues take too long; the feature is missing then.</summary>
    public const int MaximumLevels = 512;

    /// <param name="counts">n × n, symmetric, not all zero.</param>
    /// <returns>1 for a single level; a level without pairs has the eigenvalue 0.</returns>
    public static double Of(ReadOnlySpan<long> counts, int n)
    {
        if (n == 1)
            return 1;
        var marginal = new double[n];
        for (var i = 0; i < n; i++)
        {
            foreach (var count in counts.Slice(i * n, n))
                marginal[i] += count;
        }
        var matrix = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                if (counts[(i * n) + j] != 0)
                    matrix[(i * n) + j] = counts[(i * n) + j] / Math.Sqrt(marginal[i] * marginal[j]);
            }
        }
        var (diagonal, beside) = Tridiagonal(matrix, n);
        return Math.Max(Math.Abs(Eigenvalue(diagonal, beside, n - 2)), Math.Abs(Eigenvalue(diagonal, beside, 0)));
    }

    /// <summary>
    /// Householder reduction from the last row up (Golub and Van Loan, Matrix Computations, 8.3.1); overwrites the matrix.
    /// <c>Beside[i]</c> is the element between i − 1 and i.
    /// </summary>
    private static (double[] Diagonal, double[] Beside) Tridiagonal(double[] a, int n)
    {
        var beside = new double[n];
        var v = new double[n];
        var w = new double[n];
        for (var m = n - 1; m > 1; m--)
        {
            var row = a.AsSpan(m * n, m);
            var squares = 0.0;
            for (var j = 0; j < m - 1; j++)
                squares += row[j] * row[j];
            if (squares == 0)
            {
                beside[m] = row[m - 1];
                continue;
            }
            var length = Math.Sqrt(squares + (row[m - 1] * row[m - 1]));
            var alpha = row[m - 1] > 0 ? -length : length;
            row.CopyTo(v);
            v[m - 1] -= alpha;
            // H = I − 2vvᵀ/(vᵀv); vᵀv = squares + (row[m − 1] − α)².
            var beta = 2 / (squares + (v[m - 1] * v[m - 1]));
            var projection = 0.0;
            for (var i = 0; i < m; i++)
            {
                var sum = 0.0;
                var line = a.AsSpan(i * n, m);
                for (var j = 0; j < line.Length; j++)
                    sum += line[j] * v[j];
                w[i] = beta * sum;
                projection += w[i] * v[i];
            }
            for (var i = 0; i < m; i++)
                w[i] -= beta / 2 * projection * v[i];
            for (var i = 0; i < m; i++)
            {
                var line = a.AsSpan(i * n, m);
                for (var j = 0; j < line.Length; j++)
                    line[j] -= (v[i] * w[j]) + (w[i] * v[j]);
            }
            beside[m] = alpha;
        }
        beside[1] = a[n];
        var diagonal = new double[n];
        for (var i = 0; i < n; i++)
            diagonal[i] = a[(i * n) + i];
        return (diagonal, beside);
    }

    /// <summary>The eigenvalue of this rank, ascending from 0, by bisection with Sturm counts. All lie in [−1, 1] but for rounding.</summary>
    private static double Eigenvalue(double[] diagonal, double[] beside, int rank)
    {
        var (low, high) = (-1.0000001, 1.0000001);
        for (var step = 0; step < 60; step++)
        {
            var middle = (low + high) / 2;
            if (CountBelow(diagonal, beside, middle) > rank)
                high = middle;
            else
                low = middle;
        }
        return (low + high) / 2;
    }

    private static int CountBelow(double[] diagonal, double[] beside, double x)
    {
        var count = 0;
        var pivot = 1.0;
        for (var i = 0; i < diagonal.Length; i++)
        {
            pivot = diagonal[i] - x - (i == 0 ? 0 : beside[i] * beside[i] / pivot);
            if (Math.Abs(pivot) < 1e-300)
                pivot = -1e-300;
            count += pivot < 0 ? 1 : 0;
        }
        return count;
    }
}
