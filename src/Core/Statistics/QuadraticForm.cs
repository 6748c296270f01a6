namespace RadiogenomicsCloud.Statistics;

/// <summary>x' V⁻¹ x of a symmetric positive definite matrix, by Cholesky's decomposition.</summary>
internal static class QuadraticForm
{
    /// <returns>NaN if the matrix is singular but for rounding.</returns>
    public static double OfInverse(double[] vector, double[,] matrix)
    {
        var n = vector.Length;
        var lower = new double[n, n];
        var solved = new double[n];
        var sum = 0.0;
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var value = matrix[i, j];
                for (var k = 0; k < j; k++)
                    value -= lower[i, k] * lower[j, k];
                if (i != j)
                    lower[i, j] = value / lower[j, j];
                else if (value > 1e-10 * matrix[i, i])
                    lower[i, i] = Math.Sqrt(value);
                else
                    return double.NaN;
            }
            var rest = vector[i];
            for (var k = 0; k < i; k++)
                rest -= lower[i, k] * solved[k];
            solved[i] = rest / lower[i, i];
            sum += solved[i] * solved[i];
        }
        return sum;
    }
}
