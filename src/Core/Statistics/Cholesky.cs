using System.Numerics;
using System.Runtime.InteropServices;

namespace RadiogenomicsCloud.Statistics;

/// <summary>
/// A = L Lᵀ of a symmetric positive definite matrix (Golub, Van Loan, Matrix Computations, 4.2), and the systems that it solves. What an entry
/// loses to the columns before it is taken from it column by column, whatever the width of the machine's vectors, so that the factor is the
/// same on every machine.
/// </summary>
internal sealed class Cholesky
{
    private readonly double[] upper;    // Lᵀ, row after row
    private readonly int size;

    private Cholesky(double[] upper, int size) => (this.upper, this.size) = (upper, size);

    /// <param name="matrix">Size × size, row after row; the diagonal and what is right of it are read.</param>
    /// <param name="leastPivot">
    /// What must be left of a diagonal entry, relative to it, when the columns before it have explained theirs: the least 1 − R² that is not
    /// taken for rounding.
    /// </param>
    /// <returns>Null where less is left, nothing, or NaN: the matrix is not positive definite but for rounding.</returns>
    /// <exception cref="ArgumentException">The matrix is not of that size.</exception>
    public static Cholesky? Factor(ReadOnlySpan<double> matrix, int size, double leastPivot, CancellationToken cancel = default)
    {
        if (matrix.Length != size * size)
            throw new ArgumentException($"{matrix.Length} numbers are no {size} × {size} matrix.", nameof(matrix));
        var upper = matrix.ToArray();
        for (var j = 0; j < size; j++)
        {
            cancel.ThrowIfCancellationRequested();
            var row = upper.AsSpan((j * size) + j, size - j);
            var whole = row[0];
            for (var k = 0; k < j; k++)
                SubtractScaled(row, upper[(k * size) + j], upper.AsSpan((k * size) + j, size - j));
            if (!(row[0] > leastPivot * whole) || !(row[0] > 0))
                return null;
            row[0] = Math.Sqrt(row[0]);
            for (var i = 1; i < row.Length; i++)
                row[i] /= row[0];
        }
        return new(upper, size);
    }

    /// <inheritdoc cref="Factor(ReadOnlySpan{double}, int, double, CancellationToken)"/>
    public static Cholesky? Factor(double[,] matrix, double leastPivot)
    {
        var flat = new double[matrix.Length];
        Buffer.BlockCopy(matrix, 0, flat, 0, Buffer.ByteLength(matrix));
        return Factor(flat, matrix.GetLength(0), leastPivot);
    }

    /// <summary>Overwrites b by A⁻¹ b.</summary>
    public void Solve(Span<double> b)
    {
        SolveLower(b);
        for (var i = size - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < size; k++)
                b[i] -= upper[(i * size) + k] * b[k];
            b[i] /= upper[(i * size) + i];
        }
    }

    /// <summary>A⁻¹.</summary>
    public double[,] Inverse()
    {
        var inverse = new double[size, size];
        var column = new double[size];
        for (var j = 0; j < size; j++)
        {
            Array.Clear(column);
            column[j] = 1;
            Solve(column);
            for (var i = 0; i < size; i++)
                inverse[i, j] = column[i];
        }
        return inverse;
    }

    /// <summary>xᵀ A⁻¹ x.</summary>
    public double InverseForm(ReadOnlySpan<double> x)
    {
        var solved = x.ToArray();
        SolveLower(solved);
        var sum = 0.0;
        foreach (var value in solved)
            sum += value * value;
        return sum;
    }

    /// <summary>Overwrites b by L⁻¹ b.</summary>
    private void SolveLower(Span<double> b)
    {
        if (b.Length != size)
            throw new ArgumentException($"{b.Length} numbers are no right side of {size} equations.", nameof(b));
        for (var i = 0; i < size; i++)
        {
            b[i] /= upper[(i * size) + i];
            SubtractScaled(b[(i + 1)..], b[i], upper.AsSpan((i * size) + i + 1, size - i - 1));
        }
    }

    // a ← a − d·x, each entry by itself: no sum whose order could matter.
    private static void SubtractScaled(Span<double> a, double d, ReadOnlySpan<double> x)
    {
        var target = MemoryMarshal.Cast<double, Vector<double>>(a);
        var values = MemoryMarshal.Cast<double, Vector<double>>(x)[..target.Length];
        var scale = new Vector<double>(d);
        for (var i = 0; i < target.Length; i++)
            target[i] -= scale * values[i];
        for (var i = target.Length * Vector<double>.Count; i < a.Length; i++)
            a[i] -= d * x[i];
    }
}
