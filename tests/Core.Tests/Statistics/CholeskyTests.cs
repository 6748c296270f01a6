using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Statistics;

public sealed class CholeskyTests
{
    // L = [2 0 0; 6 1 0; -8 5 3]
    private static readonly double[] Known = [4, 12, -16, 12, 37, -43, -16, -43, 98];

    [Fact]
    public void Systems_are_solved_as_by_hand()
    {
        var factor = Factor(Known, 3, 1e-12)!;
        // A (1, 0, 2)ᵀ = (-28, -74, 180)ᵀ, A (0, 1, 0)ᵀ = (12, 37, -43)ᵀ.
        double[] x = [-28, -74, 180], y = [12, 37, -43];
        factor.Solve(x);
        factor.Solve(y);
        Near([1, 0, 2], x);
        Near([0, 1, 0], y);
        // Adjugate over determinant, det A = (2 · 1 · 3)².
        Near([1777 / 36.0, -488 / 36.0, 76 / 36.0, -488 / 36.0, 136 / 36.0, -20 / 36.0, 76 / 36.0, -20 / 36.0, 4 / 36.0], [.. factor.Inverse().Cast<double>()]);
        // L y = (2, 7, 0): y = (1, 1, 1).
        Assert.Equal(3, factor.InverseForm([2, 7, 0]), 12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40)]
    [InlineData(131)]
    public void A_factor_is_bit_for_bit_that_of_the_plain_loops(int size)
    {
        var matrix = Positive(size);
        double[] b = [.. Enumerable.Range(0, size).Select(i => Math.Cos(i))], expected = Plain(matrix, size, b);
        Factor(matrix, size, 1e-12)!.Solve(b);
        Assert.Equal(expected, b);
    }

    [Fact]
    public void Both_layouts_give_one_factor_and_leave_the_matrix_alone()
    {
        var matrix = Positive(5);
        var square = new double[5, 5];
        for (var k = 0; k < 25; k++)
            square[k / 5, k % 5] = matrix[k];
        double[] before = [.. matrix], x = [1, 2, 3, 4, 5];
        Assert.Equal(Factor(matrix, 5, 0)!.InverseForm(x), Cholesky.Factor(square, 0)!.InverseForm(x));
        Assert.Equal(before, matrix);
    }

    [Theory]
    [InlineData(1e-4, true)]
    [InlineData(1e-5, false)]
    public void What_is_left_of_a_column_is_judged_by_its_own_scale(double difference, bool accepted)
    {
        // Two columns of correlation ρ leave 1 − ρ² of the second: here 1e-8 or 1e-10 of it.
        var correlation = Math.Sqrt(1 - (difference * difference));
        foreach (var scale in new[] { 1e-9, 1, 1e9 })
            Assert.Equal(accepted, Factor([1, correlation * scale, correlation * scale, scale * scale], 2, 1e-9) is not null);
    }

    [Fact]
    public void What_is_not_positive_definite_is_refused()
    {
        Assert.Null(Factor([0], 1, 0));
        Assert.Null(Factor([-1], 1, 0));
        Assert.Null(Factor([double.NaN], 1, 0));
        Assert.Null(Factor([1, 2, 2, 1], 2, 0));
        Assert.Null(Factor([1, 1, 1, 1], 2, 0));
        Assert.Null(Factor([1, double.NaN, double.NaN, 1], 2, 0));
        Assert.NotNull(Factor([], 0, 0));
    }

    [Fact]
    public void Sizes_must_match()
    {
        Assert.Throws<ArgumentException>(() => Factor([1, 2, 3], 2, 0));
        Assert.Throws<ArgumentException>(() => Factor([1], 1, 0)!.Solve(new double[2]));
    }

    private static Cholesky? Factor(double[] matrix, int size, double leastPivot) =>
        Cholesky.Factor(matrix, size, leastPivot, TestContext.Current.CancellationToken);

    // Z Zᵀ + I / 10 of a fixed Z.
    private static double[] Positive(int size)
    {
        var random = new DeterministicRandom(3);
        var z = new double[size, size];
        for (var k = 0; k < z.Length; k++)
            z[k / size, k % size] = random.NextGaussian();
        var matrix = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
                matrix[(i * size) + j] = matrix[(j * size) + i] = Enumerable.Range(0, size).Sum(k => z[i, k] * z[j, k]) + (i == j ? 0.1 : 0);
        }
        return matrix;
    }

    private static double[] Plain(double[] matrix, int n, double[] right)
    {
        var lower = new double[n, n];
        var x = right.ToArray();
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[(i * n) + j];
                for (var k = 0; k < j; k++)
                    sum -= lower[i, k] * lower[j, k];
                lower[i, j] = i == j ? Math.Sqrt(sum) : sum / lower[j, j];
            }
        }
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < i; k++)
                x[i] -= lower[i, k] * x[k];
            x[i] /= lower[i, i];
        }
        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++)
                x[i] -= lower[k, i] * x[k];
            x[i] /= lower[i, i];
        }
        return x;
    }

    private static void Near(double[] expected, double[] actual) => Assert.All(expected.Zip(actual), p => Assert.Equal(p.First, p.Second, 10));
}
