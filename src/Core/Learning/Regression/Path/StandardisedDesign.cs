namespace RadiogenomicsCloud.Learning;

/// <summary>Weighted, centred and scaled predictors, each column padded with zeros for <see cref="PaddedKernels"/>.</summary>
internal sealed class StandardisedDesign
{
    private readonly double[] values;

    private StandardisedDesign(int rows, int columns)
    {
        RowCount = rows;
        ColumnCount = columns;
        Stride = PaddedKernels.PaddedLength(rows);
        if ((long)Stride * columns > Array.MaxLength)
            throw new BadInputException("learning.too_large", $"{rows} rows × {columns} columns are too many to model at once; filter the columns first.");
        values = new double[Stride * columns];
        Weights = new double[Stride];
        Mean = new double[columns];
        Scale = new double[columns];
    }

    public int RowCount { get; }

    public int ColumnCount { get; }

    public int Stride { get; }

    /// <summary>Sum to one; zero in the padding.</summary>
    public double[] Weights { get; }

    public double[] Mean { get; }

    /// <summary>Population standard deviation; 0 for a constant column, which takes no part.</summary>
    public double[] Scale { get; }

    public ReadOnlySpan<double> Column(int column) => values.AsSpan(column * Stride, Stride);

    /// <param name="rows">How many values a column has.</param>
    /// <param name="weights">One a row; empty means equal.</param>
    public static StandardisedDesign Create(ReadOnlySpan<double> columnMajor, int rows, ReadOnlySpan<double> weights) =>
        Create(columnMajor, rows, weights, []);

    /// <param name="taken">The rows that take part, in their order; empty means all.</param>
    public static StandardisedDesign Create(ReadOnlySpan<double> columnMajor, int rows, ReadOnlySpan<double> weights, ReadOnlySpan<int> taken)
    {
        if (rows == 0 || columnMajor.Length % rows != 0)
            throw new ArgumentException($"{columnMajor.Length} values are no whole number of columns of {rows} rows.", nameof(columnMajor));
        if (weights.Length != 0 && weights.Length != rows)
            throw new ArgumentException($"{weights.Length} weights for {rows} rows.", nameof(weights));
        var design = new StandardisedDesign(taken.IsEmpty ? rows : taken.Length, columnMajor.Length / rows);
        design.Weigh(weights, taken);
        for (var c = 0; c < design.ColumnCount; c++)
            design.Standardise(c, columnMajor.Slice(c * rows, rows), taken);
        return design;
    }

    private void Weigh(ReadOnlySpan<double> weights, ReadOnlySpan<int> taken)
    {
        var sum = 0.0;
        for (var i = 0; i < RowCount; i++)
        {
            var weight = weights.IsEmpty ? 1 : weights[taken.IsEmpty ? i : taken[i]];
            if (!(weight > 0) || !double.IsFinite(weight))
                throw new ArgumentOutOfRangeException(nameof(weights), weight, "Weights are positive.");
            Weights[i] = weight;
            sum += weight;
        }
        for (var i = 0; i < RowCount; i++)
            Weights[i] /= sum;
    }

    private void Standardise(int column, ReadOnlySpan<double> source, ReadOnlySpan<int> taken)
    {
        var target = values.AsSpan(column * Stride, Stride);
        if (taken.IsEmpty)
        {
            source.CopyTo(target);
        }
        else
        {
            for (var i = 0; i < taken.Length; i++)
                target[i] = source[taken[i]];
        }
        var first = target[0];
        if (target[..RowCount].IndexOfAnyExcept(first) < 0 && double.IsFinite(first))
        {
            target.Clear();
            Mean[column] = first;
            return;
        }
        var mean = PaddedKernels.Dot(Weights, target);
        for (var i = 0; i < RowCount; i++)
            target[i] -= mean;
        var scale = Math.Sqrt(PaddedKernels.WeightedSquares(Weights, target));
        if (!double.IsFinite(mean) || !double.IsFinite(scale))
        {
            throw new BadInputException(
                "learning.not_finite", $"Column {column} has missing, infinite or too large values; impute or rescale it before the model.");
        }
        Mean[column] = mean;
        if (scale == 0)
        {
            // Differences so small that their squares vanish: as good as constant.
            target.Clear();
            return;
        }
        Scale[column] = scale;
        for (var i = 0; i < RowCount; i++)
            target[i] /= scale;
    }
}
