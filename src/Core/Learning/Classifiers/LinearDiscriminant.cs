using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Linear discriminant analysis, as R's <c>MASS::lda</c> with its default <c>method = "moment"</c>: class means, one covariance pooled
/// within classes (over n − classes), priors the class frequencies; weighted rows count as so many rows. Where the covariance is singular
/// (as many columns as rows, collinear columns, a column constant within every class), which MASS warns of or refuses, the rule of
/// <see cref="DiscriminantOptions"/> says whether it is shrunk (see <see cref="PooledCovariance"/>) or the fit refused. Columns without
/// differences are left out; missing and infinite values are refused.
/// </summary>
internal sealed class LinearDiscriminant(DiscriminantOptions options) : IModelLearner
{
    /// <summary>A column whose spread within classes is less than this share of its whole spread is constant within them.</summary>
    private const double LeastSpread = 1e-8;

    public string Name => DiscriminantOptions.RegistryName;

    public IFittedModel Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        cancel.ThrowIfCancellationRequested();
        training = CanonicalOrder.Of(training);
        var classes = ClassRows.From(training, Name);
        var whole = ColumnScaling.Fit(training.Predictors, Name);
        var rows = whole.Apply(training.Predictors);
        var present = classes.Present;
        var columns = whole.Columns.Count;
        var (means, priors) = Means(training, classes, present, rows);
        var freedom = classes.Of.Length - present.Length;
        var spreads = Residuals(training, classes, present, rows, means, freedom);
        var (inverse, intensity) = Invert(new PooledCovariance(rows, freedom), whole, spreads, cancel);
        // Scores are differences from the first class, whose own is 0.
        var weights = new double[(present.Length - 1) * columns];
        var constants = new double[present.Length - 1];
        for (var k = 1; k < present.Length; k++)
        {
            var (difference, middle) = (new double[columns], new double[columns]);
            for (var c = 0; c < columns; c++)
            {
                difference[c] = (means[k][c] - means[0][c]) / spreads[c];
                middle[c] = (means[k][c] + means[0][c]) / 2 / spreads[c];
            }
            var direction = inverse(difference);
            constants[k - 1] = Math.Log(priors[k] / priors[0]);
            for (var c = 0; c < columns; c++)
            {
                constants[k - 1] -= middle[c] * direction[c];
                weights[((k - 1) * columns) + c] = direction[c];
            }
        }
        double[] scales = [.. spreads.Select((s, c) => s * whole.Scales[c])];
        return FittedDiscriminant.Of(
            classes.Kind, classes.Count, present, new([.. whole.Columns], whole.Centres.ToArray(), scales), weights, constants, intensity, Subjects.Of(training.Predictors.Rows));
    }

    private (Func<double[], double[]> Inverse, double Intensity) Invert(
        PooledCovariance covariance, ColumnScaling whole, double[] spreads, CancellationToken cancel)
    {
        if (whole.Columns.Count == 0)
            return (v => v, 0);
        var intensity = options.Rule switch
        {
            ShrinkageRule.LedoitWolf => covariance.LedoitWolf(),
            ShrinkageRule.Fixed => options.Intensity,
            _ => 0,
        };
        if (covariance.Inverse(intensity, cancel) is { } inverse)
            return (inverse, intensity);
        if (options.Rule is ShrinkageRule.IfNeeded)
        {
            intensity = covariance.LedoitWolf();
            if (covariance.Inverse(intensity, cancel) is { } shrunk)
                return (shrunk, intensity);
        }
        var flat = Array.IndexOf(spreads, 1);
        throw flat >= 0
            ? new BadInputException(
                "learning.constant_within_classes",
                $"Column '{whole.Columns[flat]}' is constant within every class, which '{Name}' cannot use; drop it, or set 'shrinkage'.",
                whole.Columns[flat])
            : new BadInputException(
                "learning.singular",
                $"{whole.Columns.Count} columns are too many for the training rows of '{Name}', or some are collinear; select fewer columns, or set 'shrinkage'.",
                Name);
    }

    private static (double[][] Means, double[] Priors) Means(TrainingSet training, ClassRows classes, int[] present, RowMatrix rows)
    {
        var means = Array.ConvertAll(present, _ => new double[rows.Stride]);
        var sizes = new double[present.Length];
        for (var r = 0; r < rows.RowCount; r++)
        {
            var k = Array.IndexOf(present, classes.Of[r]);
            var weight = training.Weights?[r] ?? 1;
            sizes[k] += weight;
            PaddedKernels.AddScaled(means[k], weight, rows.Row(r));
        }
        for (var k = 0; k < means.Length; k++)
        {
            for (var c = 0; c < rows.ColumnCount; c++)
                means[k][c] /= sizes[k];
        }
        return (means, Array.ConvertAll(sizes, s => s / rows.RowCount));
    }

    /// <summary>
    /// Leaves in <paramref name="rows"/> the weighted differences from the mean of the class over the column's spread within classes, and
    /// returns that spread; 1 stands for a column without.
    /// </summary>
    private static double[] Residuals(TrainingSet training, ClassRows classes, int[] present, RowMatrix rows, double[][] means, double freedom)
    {
        var squares = new double[rows.Stride];
        for (var r = 0; r < rows.RowCount; r++)
        {
            var row = rows.Row(r);
            PaddedKernels.AddScaled(row, -1, means[Array.IndexOf(present, classes.Of[r])]);
            var root = Math.Sqrt(training.Weights?[r] ?? 1);
            for (var c = 0; c < rows.ColumnCount; c++)
            {
                row[c] *= root;
                squares[c] += row[c] * row[c];
            }
        }
        var spreads = new double[rows.ColumnCount];
        for (var c = 0; c < spreads.Length; c++)
        {
            var spread = Math.Sqrt(squares[c] / freedom);
            spreads[c] = spread > LeastSpread ? spread : 1;
        }
        for (var r = 0; r < rows.RowCount; r++)
        {
            for (var c = 0; c < spreads.Length; c++)
                rows.Row(r)[c] = spreads[c] == 1 ? rows.Row(r)[c] : rows.Row(r)[c] / spreads[c];
        }
        return spreads;
    }
}
