using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// The pooled within-class covariance S = Zᵀ Z / f of standardised residuals, shrunk as (1 − λ) S + λ μ I where μ is the mean variance,
/// and what its inverse makes of vectors. With more columns than rows nothing larger than rows × rows is ever built.
/// </summary>
/// <param name="residuals">Rows × columns.</param>
/// <param name="freedom">f.</param>
internal sealed class PooledCovariance(RowMatrix residuals, double freedom)
{
    /// <summary>The least pivot of a correlation matrix: 1 − R² of a column on those before it.</summary>
    private const double LeastPivot = 1e-8;

    private readonly bool wide = residuals.ColumnCount > residuals.RowCount;
    private RowMatrix? gram;

    private double MeanVariance { get; } = SquaredNorm(residuals) / freedom / Math.Max(1, residuals.ColumnCount);

    /// <summary>
    /// The intensity of least expected squared error (Ledoit, Wolf, J. Multivariate Anal. 2004, 88:365), of residuals about a known mean, as
    /// scikit-learn's <c>ledoit_wolf_shrinkage(Z, assume_centered=True)</c>.
    /// </summary>
    public double LedoitWolf()
    {
        var (n, p) = (residuals.RowCount, residuals.ColumnCount);
        // The squared Frobenius norm of Zᵀ Z is that of Z Zᵀ.
        var norm = SquaredNorm(Gram()) / n / n;
        var mean = SquaredNorm(residuals) / n / p;
        var fourth = 0.0;
        for (var r = 0; r < n; r++)
        {
            var square = PaddedKernels.Dot(residuals.Row(r), residuals.Row(r));
            fourth += square * square;
        }
        var distance = norm - (p * mean * mean);
        var error = ((fourth / n) - norm) / n;
        return distance > 0 ? Math.Clamp(error / distance, 0, 1) : 0;
    }

    /// <summary>What turns v into Σ⁻¹ v; null where Σ is singular.</summary>
    public Func<double[], double[]>? Inverse(double intensity, CancellationToken cancel)
    {
        var (own, target) = ((1 - intensity) / freedom, intensity * MeanVariance);
        if (wide && target <= LeastPivot)
            return null;
        var size = Gram().RowCount;
        var matrix = Gram().ToArray();
        for (var k = 0; k < matrix.Length; k++)
            matrix[k] = (own * matrix[k]) + (k % (size + 1) == 0 ? target : 0);
        if (Cholesky.Factor(matrix, size, wide ? 0 : LeastPivot, cancel) is not { } factor)
            return null;
        return wide ? v => ByRows(factor, own, target, v) : v =>
        {
            factor.Solve(v);
            return v;
        };
    }

    /// <summary>(τ I + b Zᵀ Z)⁻¹ v = (v − b Zᵀ (τ I + b Z Zᵀ)⁻¹ Z v) / τ.</summary>
    private double[] ByRows(Cholesky factor, double own, double target, double[] v)
    {
        var padded = new double[residuals.Stride];
        v.CopyTo(padded, 0);
        var products = new double[residuals.RowCount];
        for (var r = 0; r < products.Length; r++)
            products[r] = PaddedKernels.Dot(residuals.Row(r), padded);
        factor.Solve(products);
        for (var r = 0; r < products.Length; r++)
            PaddedKernels.AddScaled(padded, -own * products[r], residuals.Row(r));
        for (var c = 0; c < v.Length; c++)
            v[c] = padded[c] / target;
        return v;
    }

    /// <summary>Zᵀ Z or Z Zᵀ, whichever is smaller.</summary>
    private RowMatrix Gram()
    {
        if (gram is not null)
            return gram;
        var vectors = residuals;
        if (!wide)
        {
            vectors = new RowMatrix(residuals.ColumnCount, residuals.RowCount);
            for (var r = 0; r < residuals.RowCount; r++)
            {
                for (var c = 0; c < residuals.ColumnCount; c++)
                    vectors.Row(c)[r] = residuals.Row(r)[c];
            }
        }
        return gram = SvmKernel.Matrix(vectors, gamma: null);
    }

    private static double SquaredNorm(RowMatrix matrix)
    {
        var sum = 0.0;
        for (var r = 0; r < matrix.RowCount; r++)
            sum += PaddedKernels.Dot(matrix.Row(r), matrix.Row(r));
        return sum;
    }
}
