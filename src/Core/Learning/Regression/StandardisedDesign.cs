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
        Outcome = new double[Stride];
        Mean = new double[columns];
        Scale = new double[columns];
    }

    public int RowCount { get; }

    public int ColumnCount { get; }

    public int Stride { get; }

    /// <summary>Sum to one; zero in the padding.</summary>
    public double[] Weights { get; }

    /// <summary>1 for the event, else 0.</summary>
    public double[] Outcome { get; }

    public double[] Mean { get; }

    /// <summary>Population standard deviation; 0 for a constant column, which takes no part.</summary>
    public double[] Scale { get; }

    public ReadOnlySpan<double> Column(int column) => values.AsSpan(column * Stride, Stride);

    public static StandardisedDesign Create(ReadOnlySpan<double> columnMajor, ReadOnlySpan<bool> outcome, ReadOnlySpan<double> weights)
    {
        var rows = outcome.Length;
        if (rows == 0 || columnMajor.Length % rows != 0)
            throw new ArgumentException($"{columnMajor.Length} values are no whole number of columns of {rows} rows.", nameof(columnMajor));
        if (weights.Length != 0 && weights.Length != rows)
            throw new ArgumentException($"{weights.Length} weights for {rows} rows.", nameof(weights));
        var design = new StandardisedDesign(rows, columnMajor.Length / rows);
        var sum = 0.0;
        for (var i = 0; i < rows; i++)
        {
            var weight = weights.IsEmpty ? 1 : weights[i];
            if (!(weight > 0) || !double.IsFinite(weight))
                throw new ArgumentOutOfRangeException(nameof(weights), weight, "Weights are positive.");
            design.Weights[i] = weight;
            design.Outcome[i] = outcome[i] ? 1 : 0;
            sum += weight;
        }
        for (var i = 0; i < rows; i++)
            design.Weights[i] /= sum;
        for (var c = 0; c < design.ColumnCount; c++)
            design.Standardise(c, columnMajor.Slice(c * rows, rows));
        return design;
    }

    private void Standardise(int column, ReadOnlySpan<double> source)
    {
        var target = values.AsSpan(column * Stride, Stride);
        source.CopyTo(target);
        if (source.IndexOfAnyExcept(source[0]) < 0 && double.IsFinite(source[0]))
        {
            target.Clear();
            Mean[column] = source[0];
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
