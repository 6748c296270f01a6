namespace RadiogenomicsCloud.Learning;

/// <summary>Rows of numbers, one after another, each padded with zeros for <see cref="PaddedKernels"/>.</summary>
internal sealed class RowMatrix(int rows, int columns)
{
    private readonly double[] values = new double[checked(rows * PaddedKernels.PaddedLength(columns))];

    public int RowCount => rows;

    public int ColumnCount => columns;

    public int Stride { get; } = PaddedKernels.PaddedLength(columns);

    /// <summary>A row with its padding.</summary>
    public Span<double> Row(int row) => values.AsSpan(row * Stride, Stride);

    /// <summary>All rows without their padding.</summary>
    public double[] ToArray()
    {
        var plain = new double[rows * columns];
        for (var r = 0; r < rows; r++)
            Row(r)[..columns].CopyTo(plain.AsSpan(r * columns));
        return plain;
    }

    public static RowMatrix Of(int rows, int columns, ReadOnlySpan<double> rowMajor)
    {
        var matrix = new RowMatrix(rows, columns);
        for (var r = 0; r < rows; r++)
            rowMajor.Slice(r * columns, columns).CopyTo(matrix.Row(r));
        return matrix;
    }
}
