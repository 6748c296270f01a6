using RadiogenomicsCloud.Radiomics.Glcm;

namespace RadiogenomicsCloud.Radiomics.PyRadiomics;

/// <summary>
/// The maximal correlation coefficient of symmetric co-occurrence matrices. The eigenvalues of Q(i, j) = Σₖ p(i, k)·p(j, k)/(p(i)·p(k))
/// are the squares of those of the symmetric p(i, j)/√(p(i)·p(j)), whose largest is 1; the coefficient is the second largest in size.
/// </summary>
/// <param name="levelOfCode">As <see cref="LevelBox.LevelOfCode"/>, with at most <see cref="MaximumLevels"/> levels.</param>
internal sealed class MaximalCorrelation(int[] levelOfCode) : ICoOccurrenceSink
{
    /// <summary>Beyond this many occupied levels the eigenvalues take too long; the feature is missing then.</summary>
    public const int MaximumLevels = 512;

    private readonly int levels = levelOfCode.Length - 1;
    private readonly double[] counts = new double[(levelOfCode.Length - 1) * (levelOfCode.Length - 1)];

    /// <inheritdoc/>
    public void Add(int low, int high, double count)
    {
        var (one, other) = (IndexOf(low), IndexOf(high));
        counts[(one * levels) + other] += count;
        counts[(other * levels) + one] += count;
    }

    /// <summary>The coefficient of what was added, which is then forgotten; null where that is nothing.</summary>
    /// <returns>1 for a region of a single level; a level without pairs has the eigenvalue 0.</returns>
    public double? Take()
    {
        var marginal = new double[levels];
        for (var i = 0; i < levels; i++)
        {
            foreach (var count in counts.AsSpan(i * levels, levels))
                marginal[i] += count;
        }
        if (marginal.All(m => m == 0))
            return null;
        var matrix = new double[counts.Length];
        for (var i = 0; i < levels; i++)
        {
            for (var j = 0; j < levels; j++)
            {
                var count = counts[(i * levels) + j];
                matrix[(i * levels) + j] = count == 0 ? 0 : count / Math.Sqrt(marginal[i] * marginal[j]);
            }
        }
        Array.Clear(counts);
        if (levels == 1)
            return 1;
        var (diagonal, beside) = Tridiagonal(matrix, levels);
        return Math.Max(Math.Abs(Eigenvalue(diagonal, beside, levels - 2)), Math.Abs(Eigenvalue(diagonal, beside, 0)));
    }

    // Levels of codes ascend; code 0 is outside.
    private int IndexOf(int level) => Array.BinarySearch(levelOfCode, 1, levels, level) - 1;

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
