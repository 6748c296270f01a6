namespace RadiogenomicsCloud.Learning;

/// <summary>Small symmetric positive definite systems, row-major.</summary>
internal static class CholeskySolver
{
    // A pivot that is this much smaller than its diagonal is rounding.
    private const double LeastPivot = 1e-11;

    /// <summary>The lower factor; null where the matrix is not positive definite. <paramref name="matrix"/> is overwritten.</summary>
    public static double[]? Factor(double[] matrix, int n)
    {
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[(i * n) + j];
                for (var k = 0; k < j; k++)
                    sum -= matrix[(i * n) + k] * matrix[(j * n) + k];
                if (i > j)
                {
                    matrix[(i * n) + j] = sum / matrix[(j * n) + j];
                    continue;
                }
                if (!(sum > LeastPivot * matrix[(i * n) + i]))
                    return null;
                matrix[(i * n) + i] = Math.Sqrt(sum);
            }
        }
        return matrix;
    }

    /// <summary>Overwrites the right side by the solution.</summary>
    public static void Solve(double[] factor, double[] right)
    {
        var n = right.Length;
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < i; k++)
                right[i] -= factor[(i * n) + k] * right[k];
            right[i] /= factor[(i * n) + i];
        }
        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++)
                right[i] -= factor[(k * n) + i] * right[k];
            right[i] /= factor[(i * n) + i];
        }
    }
}
