namespace RadiogenomicsCloud.Learning;

/// <summary>A = L Lᵀ of a symmetric positive definite matrix.</summary>
internal sealed class CholeskyFactor
{
    private readonly double[,] lower;

    private CholeskyFactor(double[,] lower) => this.lower = lower;

    private int Size => lower.GetLength(0);

    /// <summary>Null where the matrix is not positive definite, but for rounding.</summary>
    public static CholeskyFactor? Factor(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        var lower = new double[n, n];
        for (var j = 0; j < n; j++)
        {
            var pivot = matrix[j, j];
            for (var k = 0; k < j; k++)
                pivot -= lower[j, k] * lower[j, k];
            if (!(pivot > 1e-14 * matrix[j, j]))
                return null;
            lower[j, j] = Math.Sqrt(pivot);
            for (var i = j + 1; i < n; i++)
            {
                var sum = matrix[i, j];
                for (var k = 0; k < j; k++)
                    sum -= lower[i, k] * lower[j, k];
                lower[i, j] = sum / lower[j, j];
            }
        }
        return new(lower);
    }

    /// <summary>A⁻¹ b.</summary>
    public double[] Solve(ReadOnlySpan<double> b)
    {
        var x = b.ToArray();
        for (var i = 0; i < Size; i++)
        {
            for (var k = 0; k < i; k++)
                x[i] -= lower[i, k] * x[k];
            x[i] /= lower[i, i];
        }
        for (var i = Size - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < Size; k++)
                x[i] -= lower[k, i] * x[k];
            x[i] /= lower[i, i];
        }
        return x;
    }

    /// <summary>A⁻¹.</summary>
    public double[,] Inverse()
    {
        var inverse = new double[Size, Size];
        var unit = new double[Size];
        for (var j = 0; j < Size; j++)
        {
            Array.Clear(unit);
            unit[j] = 1;
            var column = Solve(unit);
            for (var i = 0; i < Size; i++)
                inverse[i, j] = column[i];
        }
        return inverse;
    }
}
