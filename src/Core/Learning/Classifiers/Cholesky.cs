namespace RadiogenomicsCloud.Learning;

/// <summary>A = L Lᵀ of a symmetric positive definite matrix.</summary>
internal sealed class Cholesky
{
    private readonly RowMatrix lower;

    private Cholesky(RowMatrix lower) => this.lower = lower;

    /// <summary>Factors a matrix, of which the lower triangle is read; null if a pivot is at most <paramref name="leastPivot"/>.</summary>
    public static Cholesky? Factor(RowMatrix matrix, double leastPivot, CancellationToken cancel)
    {
        var n = matrix.RowCount;
        var lower = new RowMatrix(n, n);
        for (var i = 0; i < n; i++)
        {
            cancel.ThrowIfCancellationRequested();
            // Entries right of the diagonal are zero still, so that whole padded rows can be multiplied.
            var row = lower.Row(i);
            for (var j = 0; j < i; j++)
                row[j] = (matrix.Row(i)[j] - PaddedKernels.Dot(row[..Used(j)], lower.Row(j)[..Used(j)])) / lower.Row(j)[j];
            var pivot = matrix.Row(i)[i] - PaddedKernels.Dot(row[..Used(i)], row[..Used(i)]);
            if (!(pivot > leastPivot))
                return null;
            row[i] = Math.Sqrt(pivot);
        }
        return new(lower);
    }

    /// <summary>Solves A x = b in place.</summary>
    public void Solve(Span<double> b)
    {
        for (var i = 0; i < b.Length; i++)
        {
            var row = lower.Row(i);
            for (var j = 0; j < i; j++)
                b[i] -= row[j] * b[j];
            b[i] /= row[i];
        }
        for (var i = b.Length - 1; i >= 0; i--)
        {
            var row = lower.Row(i);
            b[i] /= row[i];
            for (var j = 0; j < i; j++)
                b[j] -= row[j] * b[i];
        }
    }

    private static int Used(int columns) => PaddedKernels.PaddedLength(columns);
}
