namespace RadiogenomicsCloud.Learning;

/// <summary>Inner products of rows, or exp(−γ ‖a − b‖²).</summary>
internal static class SvmKernel
{
    /// <summary>The symmetric matrix of all rows by all rows.</summary>
    /// <param name="gamma">Null for inner products.</param>
    public static RowMatrix Matrix(RowMatrix rows, double? gamma)
    {
        var kernel = new RowMatrix(rows.RowCount, rows.RowCount);
        for (var i = 0; i < rows.RowCount; i++)
        {
            for (var j = 0; j <= i; j++)
                kernel.Row(i)[j] = kernel.Row(j)[i] = PaddedKernels.Dot(rows.Row(i), rows.Row(j));
        }
        if (gamma is not { } g)
            return kernel;
        var squares = new double[rows.RowCount];
        for (var i = 0; i < squares.Length; i++)
            squares[i] = kernel.Row(i)[i];
        for (var i = 0; i < squares.Length; i++)
        {
            for (var j = 0; j <= i; j++)
                kernel.Row(i)[j] = kernel.Row(j)[i] = Radial(g, squares[i], squares[j], kernel.Row(i)[j]);
        }
        return kernel;
    }

    /// <summary>exp(−γ ‖x − sᵢ‖²) of a row and each of <paramref name="vectors"/>.</summary>
    public static void Radial(ReadOnlySpan<double> row, RowMatrix vectors, ReadOnlySpan<double> squares, double gamma, Span<double> result)
    {
        var square = PaddedKernels.Dot(row, row);
        for (var s = 0; s < vectors.RowCount; s++)
            result[s] = Radial(gamma, square, squares[s], PaddedKernels.Dot(row, vectors.Row(s)));
    }

    /// <summary>‖sᵢ‖² of each row.</summary>
    public static double[] Squares(RowMatrix rows)
    {
        var squares = new double[rows.RowCount];
        for (var s = 0; s < squares.Length; s++)
            squares[s] = PaddedKernels.Dot(rows.Row(s), rows.Row(s));
        return squares;
    }

    /// <summary>The kernel among some rows.</summary>
    public static RowMatrix Among(RowMatrix kernel, ReadOnlySpan<int> rows)
    {
        var sub = new RowMatrix(rows.Length, rows.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            var source = kernel.Row(rows[i]);
            var target = sub.Row(i);
            for (var j = 0; j < rows.Length; j++)
                target[j] = source[rows[j]];
        }
        return sub;
    }

    // Rounding may leave a square just below zero.
    private static double Radial(double gamma, double a, double b, double product) => Math.Exp(-gamma * Math.Max(0, a + b - (2 * product)));
}
