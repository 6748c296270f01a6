namespace RadiogenomicsCloud.Statistics;

/// <summary>x' V⁻¹ x of a test's vector x and its covariance V.</summary>
internal static class QuadraticForm
{
    private const double LeastPivot = 1e-10;

    /// <returns>NaN if the matrix is singular but for rounding.</returns>
    public static double OfInverse(double[] vector, double[,] matrix) => Cholesky.Factor(matrix, LeastPivot)?.InverseForm(vector) ?? double.NaN;
}
