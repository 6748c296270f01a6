namespace RadiogenomicsCloud.Learning;

/// <summary>
/// The columns of a standardised design that do not depend on those before them, made orthogonal: Z of weighted mean 0, variance 1 and no correlation,
/// X = Z R with R upper triangular. A column whose part that no earlier one explains is shorter than 1e-7 of it is aliased and takes no part,
/// as in R's <c>lm</c> and <c>glm</c> (whose coefficient is NA), and so is a constant one. Maximum likelihood is the same over Z and far better
/// conditioned.
/// </summary>
internal sealed class OrthogonalColumns
{
    private const double LeastLength = 1e-7;

    private readonly StandardisedDesign design;
    private readonly double[][] upper;        // upper[j][i] = R[i, j], i ≤ j

    private OrthogonalColumns(StandardisedDesign design, int[] kept, int[] aliased, double[][] columns, double[][] upper)
    {
        (this.design, Kept, Aliased, Columns, this.upper) = (design, kept, aliased, columns, upper);
    }

    /// <summary>The columns that take part, ascending.</summary>
    public int[] Kept { get; }

    public int[] Aliased { get; }

    /// <summary>Z, one array of rows (without padding) a column.</summary>
    public double[][] Columns { get; }

    /// <param name="greatestRank">More columns than this are a <see cref="BadInputException"/>: no likelihood has a maximum then.</param>
    public static OrthogonalColumns Of(StandardisedDesign design, int greatestRank, CancellationToken cancel)
    {
        var basis = new List<double[]>();     // padded
        var upper = new List<double[]>();
        var kept = new List<int>();
        var aliased = new List<int>();
        var weighted = new double[design.Stride];
        for (var c = 0; c < design.ColumnCount; c++)
        {
            cancel.ThrowIfCancellationRequested();
            if (design.Scale[c] == 0)
            {
                aliased.Add(c);
                continue;
            }
            var column = design.Column(c).ToArray();
            var products = new double[basis.Count + 1];
            // Twice, because what rounding leaves of the first time is taken by the second.
            for (var round = 0; round < 2; round++)
            {
                for (var b = 0; b < basis.Count; b++)
                {
                    for (var i = 0; i < weighted.Length; i++)
                        weighted[i] = design.Weights[i] * column[i];
                    var product = PaddedKernels.Dot(weighted, basis[b]);
                    products[b] += product;
                    PaddedKernels.AddScaled(column, -product, basis[b]);
                }
            }
            var length = Math.Sqrt(PaddedKernels.WeightedSquares(design.Weights, column));
            if (length < LeastLength)
            {
                aliased.Add(c);
                continue;
            }
            if (kept.Count == greatestRank)
            {
                throw new BadInputException(
                    "learning.too_many_columns",
                    $"{design.RowCount} rows are too few for a regression without penalty on so many columns; select some, or take ridge, lasso or elastic_net.");
            }
            products[^1] = length;
            for (var i = 0; i < column.Length; i++)
                column[i] /= length;
            basis.Add(column);
            upper.Add(products);
            kept.Add(c);
        }
        return new(design, [.. kept], [.. aliased], [.. basis.Select(b => b[..design.RowCount])], [.. upper]);
    }

    /// <summary>
    /// The matrix that takes intercept and weights of Z to intercept and weights of the columns as given: (1 + kept) × (1 + kept).
    /// </summary>
    public double[,] BackTransform()
    {
        var rank = Kept.Length;
        var transform = new double[rank + 1, rank + 1];
        transform[0, 0] = 1;
        for (var j = 0; j < rank; j++)
        {
            // Column j of R⁻¹, by back substitution.
            var solution = new double[rank];
            for (var i = j; i >= 0; i--)
            {
                var sum = i == j ? 1.0 : 0;
                for (var k = i + 1; k <= j; k++)
                    sum -= upper[k][i] * solution[k];
                solution[i] = sum / upper[i][i];
            }
            for (var i = 0; i <= j; i++)
            {
                var weight = solution[i] / design.Scale[Kept[i]];
                transform[i + 1, j + 1] = weight;
                transform[0, j + 1] -= weight * design.Mean[Kept[i]];
            }
        }
        return transform;
    }
}
