namespace RadiogenomicsCloud.Statistics;

/// <summary>Eigenvalues and vectors of a real symmetric matrix by cyclic Jacobi rotations (Golub, Van Loan, Matrix Computations, 8.5).</summary>
internal static class SymmetricEigen
{
    private const int MostSweeps = 60;

    /// <summary>The matrix of all inner products of the vectors, row-major.</summary>
    public static double[] Products(double[][] vectors, CancellationToken cancel)
    {
        var n = vectors.Length;
        var matrix = new double[checked(n * n)];
        for (var i = 0; i < n; i++)
        {
            cancel.ThrowIfCancellationRequested();
            for (var j = 0; j <= i; j++)
            {
                var sum = 0.0;
                var (a, b) = (vectors[i], vectors[j]);
                for (var r = 0; r < a.Length; r++)
                    sum += a[r] * b[r];
                matrix[(i * n) + j] = matrix[(j * n) + i] = sum;
            }
        }
        return matrix;
    }

    /// <param name="matrix">Symmetric, row-major; overwritten.</param>
    /// <returns>Eigenvalues in descending order, and a unit vector each.</returns>
    public static (double[] Values, double[][] Vectors) Decompose(double[] matrix, int n, CancellationToken cancel)
    {
        var vectors = new double[n][];
        for (var i = 0; i < n; i++)
        {
            vectors[i] = new double[n];
            vectors[i][i] = 1;
        }
        for (var sweep = 0; sweep < MostSweeps; sweep++)
        {
            cancel.ThrowIfCancellationRequested();
            if (!Sweep(matrix, vectors, n))
                break;
        }
        var order = Enumerable.Range(0, n).OrderByDescending(i => matrix[(i * n) + i]).ToArray();
        return ([.. order.Select(i => matrix[(i * n) + i])], [.. order.Select(i => vectors[i])]);
    }

    /// <returns>Whether anything was rotated.</returns>
    private static bool Sweep(double[] a, double[][] vectors, int n)
    {
        var rotated = false;
        for (var p = 0; p < n - 1; p++)
        {
            for (var q = p + 1; q < n; q++)
            {
                double app = a[(p * n) + p], aqq = a[(q * n) + q], apq = a[(p * n) + q];
                // Also zero: what is below the rounding of both diagonal elements.
                if (Math.Abs(apq) <= 1e-17 * (Math.Abs(app) + Math.Abs(aqq)))
                    continue;
                rotated = true;
                var tau = (aqq - app) / (2 * apq);
                var t = (tau >= 0 ? 1 : -1) / (Math.Abs(tau) + Math.Sqrt(1 + (tau * tau)));
                var c = 1 / Math.Sqrt(1 + (t * t));
                var s = t * c;
                Span<double> rowP = a.AsSpan(p * n, n), rowQ = a.AsSpan(q * n, n);
                Rotate(rowP, rowQ, c, s);
                Rotate(vectors[p], vectors[q], c, s);
                for (var k = 0; k < n; k++)
                {
                    a[(k * n) + p] = rowP[k];
                    a[(k * n) + q] = rowQ[k];
                }
                a[(p * n) + p] = app - (t * apq);
                a[(q * n) + q] = aqq + (t * apq);
                a[(p * n) + q] = a[(q * n) + p] = 0;
            }
        }
        return rotated;
    }

    private static void Rotate(Span<double> x, Span<double> y, double c, double s)
    {
        for (var k = 0; k < x.Length; k++)
        {
            var (u, v) = (x[k], y[k]);
            x[k] = (c * u) - (s * v);
            y[k] = (s * u) + (c * v);
        }
    }
}
