using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Replaces the columns whose name begins with <c>prefix</c> (all, where it is empty) by their first principal components over the training
/// rows, named <c>prefix</c> and <c>PC1</c>, <c>PC2</c>, …, as R's <c>prcomp(x, scale. = TRUE)</c>; other columns stay. The sign of a component
/// is fixed: its loading of greatest magnitude is positive. A missing value counts as the training mean of its column; columns without two
/// values or without spread take no part.
/// </summary>
public sealed class PrincipalComponents(OptionValues options) : ITransformLearner
{
    internal const string RegistryName = "pca";

    internal static readonly RegistryEntry Entry = new(
        RegistryName, RegistryKind.Transform, "Replaces columns by their first principal components.",
    [
        new("count", OptionType.Integer, 0, 0, 10_000, null, "How many components; 0 takes as many as 'share' asks for.") { Search = new(1, 20) },
        new("share", OptionType.Number, 0.9, 0, 1, null, "The fewest components that explain this share of the variance."),
        new("scale", OptionType.Boolean, true, null, null, null, "Whether each column is divided by its standard deviation first."),
        new("prefix", OptionType.String, "", null, null, null, "Beginning of the names that are replaced; all columns if not given."),
    ]);

    // Components of less variance, relative to the first, are rounding.
    private const double LeastVariance = 1e-12;

    private readonly int count = options.Integer("count");
    private readonly double share = options.Number("share");
    private readonly bool scale = options.Boolean("scale");
    private readonly string prefix = options.String("prefix");

    public string Name => RegistryName;

    public IFittedTransform Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        var predictors = training.Predictors;
        var (others, inputs) = (new List<string>(), new List<string>());
        var (centres, scales, design) = (new List<double>(), new List<double>(), new List<double[]>());
        var buffer = new double[predictors.RowCount];
        for (var c = 0; c < predictors.ColumnCount; c++)
        {
            cancel.ThrowIfCancellationRequested();
            var name = predictors.Columns[c];
            if (!name.StartsWith(prefix, StringComparison.Ordinal))
            {
                others.Add(name);
                continue;
            }
            var present = Values.Present(predictors.Column(c), buffer);
            var (mean, variance) = (Moments.Mean(present), Moments.SampleVariance(present));
            if (double.IsInfinity(mean) || double.IsInfinity(variance) || present.IndexOfAny(double.PositiveInfinity, double.NegativeInfinity) >= 0)
                throw Values.Infinite(name);
            if (!(variance > 0))
                continue;
            inputs.Add(name);
            centres.Add(mean);
            scales.Add(scale ? Math.Sqrt(variance) : 1);
            design.Add(FittedPrincipalComponents.Standardised(predictors.Column(c), mean, scales[^1]));
        }
        var (loadings, explained) = Components([.. design], predictors.RowCount, cancel);
        return new FittedPrincipalComponents([.. inputs], [.. others], [.. centres], [.. scales], loadings, explained, prefix, Subjects.Of(predictors.Rows));
    }

    private (double[][] Loadings, double[] Explained) Components(double[][] design, int rows, CancellationToken cancel)
    {
        if (design.Length == 0)
            return ([], []);
        // The smaller of X'X and XX' has all that is wanted.
        var wide = design.Length > rows;
        var vectors = wide ? Transposed(design, rows) : design;
        var (values, axes) = SymmetricEigen.Decompose(SymmetricEigen.Products(vectors, cancel), vectors.Length, cancel);
        var total = values.Where(v => v > 0).Sum();
        var loadings = new List<double[]>();
        var explained = new List<double>();
        for (var k = 0; k < values.Length && values[k] > LeastVariance * values[0]; k++)
        {
            if (count > 0 ? k >= count : k > 0 && explained.Sum() >= share)
                break;
            loadings.Add(Oriented(wide ? Loading(design, axes[k], Math.Sqrt(values[k])) : axes[k]));
            explained.Add(values[k] / total);
        }
        return ([.. loadings], [.. explained]);
    }

    private static double[] Loading(double[][] design, double[] axis, double singular)
    {
        var loading = new double[design.Length];
        for (var c = 0; c < loading.Length; c++)
        {
            for (var r = 0; r < axis.Length; r++)
                loading[c] += design[c][r] * axis[r];
            loading[c] /= singular;
        }
        return loading;
    }

    private static double[] Oriented(double[] loading)
    {
        // The first of the greatest, where others are as great but for rounding.
        var greatest = loading.Max(Math.Abs);
        var leading = Array.Find(loading, v => Math.Abs(v) >= greatest * (1 - 1e-9));
        return leading < 0 ? Array.ConvertAll(loading, v => -v) : loading;
    }

    private static double[][] Transposed(double[][] columns, int rows)
    {
        var result = new double[rows][];
        for (var r = 0; r < rows; r++)
            result[r] = Array.ConvertAll(columns, column => column[r]);
        return result;
    }
}
