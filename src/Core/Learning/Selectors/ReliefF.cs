using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// ReliefF, and RReliefF for an endpoint that is a number (Robnik-Šikonja, Kononenko, Mach Learn 2003, 53:23): a column is worth more the
/// more it differs between near cases of different outcome and the less between near cases of the same. It sees columns that matter only
/// together. Every training row is taken once, its <c>k</c> nearest rows of each class (of a number: its k nearest rows) count equally;
/// nearness is the sum over columns of |difference| / range. Rows of one patient are no neighbours of each other, else copies of a case and
/// lesions of a patient would find themselves. A missing value counts as the training median; equally near rows count in the order of their
/// ids. Keeps the columns of greatest weight.
/// </summary>
public sealed class ReliefF(OptionValues options) : ITransformLearner
{
    internal const string RegistryName = "relieff";

    internal static readonly RegistryEntry Entry = new(
        RegistryName, RegistryKind.Selector, "Keeps the columns that tell near cases of different outcome apart (ReliefF).",
    [
        new("k", OptionType.Integer, 10, 1, 10_000, null, "Near rows of each class that every row is compared with.") { Search = new(3, 30) },
        new("count", OptionType.Integer, 20, 0, 1_000_000, null, "How many columns are kept at most; 0 for as many as pass the threshold.") { Search = new(3, 50, Logarithmic: true) },
        new("threshold", OptionType.Number, 0.0, -1, 1, null, "Only columns of greater weight are kept."),
    ])
    {
        Endpoints = [EndpointKind.Binary, EndpointKind.Multiclass, EndpointKind.Continuous],
    };

    private readonly int neighbours = options.Integer("k");
    private readonly int count = options.Integer("count");
    private readonly double threshold = options.Number("threshold");

    public string Name => RegistryName;

    public IFittedTransform Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        var weights = Weights(training, cancel);
        var kept = Enumerable.Range(0, weights.Length).Where(c => weights[c] > threshold).OrderByDescending(c => weights[c]).ThenBy(c => c);
        return FittedSelection.Of(Name, training.Predictors, count > 0 ? kept.Take(count) : kept);
    }

    /// <summary>The weight of each column, from −1 to 1; NaN where nothing can be compared.</summary>
    internal double[] Weights(TrainingSet training, CancellationToken cancel)
    {
        var ordered = CanonicalOrder.Of(training);
        var predictors = ordered.Predictors;
        (string, string)[] subjects = [.. predictors.Rows.Select(r => r.Subject)];
        var columns = Scaled(predictors, cancel);
        var distances = Distances(columns, predictors.RowCount, cancel);
        return ordered.Endpoint switch
        {
            ContinuousEndpoint numbers => OfNumber(columns, distances, subjects, numbers.Values, cancel),
            BinaryEndpoint binary => OfClasses(columns, distances, subjects, Array.ConvertAll(binary.Values, v => v ? 1 : 0), 2, cancel),
            MulticlassEndpoint classes => OfClasses(columns, distances, subjects, classes.Values, classes.Labels.Count, cancel),
            _ => throw Values.WrongEndpoint(training, Name, "an endpoint of classes or a number"),
        };
    }

    private double[] OfClasses(double[][] columns, double[][] distances, (string, string)[] subjects, int[] classes, int classCount, CancellationToken cancel)
    {
        var weights = new double[columns.Length];
        var share = new double[classCount];
        foreach (var value in classes)
            share[value] += 1.0 / classes.Length;
        for (var i = 0; i < classes.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            for (var k = 0; k < classCount; k++)
            {
                var near = Nearest(distances[i], i, subjects, j => classes[j] == k);
                if (near.Length == 0)
                    continue;
                var weight = (k == classes[i] ? -1 : share[k] / (1 - share[classes[i]])) / (near.Length * (double)classes.Length);
                for (var c = 0; c < columns.Length; c++)
                    weights[c] += weight * Sum(columns[c], i, near);
            }
        }
        return weights;
    }

    private double[] OfNumber(double[][] columns, double[][] distances, (string, string)[] subjects, double[] outcome, CancellationToken cancel)
    {
        double low = outcome.DefaultIfEmpty().Min(), range = outcome.DefaultIfEmpty().Max() - low;
        var difference = 0.0;
        var differences = new double[columns.Length];
        var both = new double[columns.Length];
        for (var i = 0; i < outcome.Length; i++)
        {
            cancel.ThrowIfCancellationRequested();
            var near = Nearest(distances[i], i, subjects, _ => true);
            foreach (var j in near)
            {
                var apart = range > 0 ? Math.Abs(outcome[i] - outcome[j]) / range : 0;
                difference += apart / near.Length;
                for (var c = 0; c < columns.Length; c++)
                {
                    var d = Math.Abs(columns[c][i] - columns[c][j]) / near.Length;
                    differences[c] += d;
                    both[c] += apart * d;
                }
            }
        }
        double m = outcome.Length;
        return [.. both.Select((b, c) => difference > 0 && difference < m ? (b / difference) - ((differences[c] - b) / (m - difference)) : double.NaN)];
    }

    private int[] Nearest(double[] distances, int from, (string, string)[] subjects, Func<int, bool> candidate)
    {
        var found = new List<int>(distances.Length);
        var at = new List<double>(distances.Length);
        for (var j = 0; j < distances.Length; j++)
        {
            if (!candidate(j) || subjects[j] == subjects[from])
                continue;
            found.Add(j);
            at.Add(distances[j]);
        }
        return [.. Enumerable.Range(0, found.Count).OrderBy(k => at[k]).ThenBy(k => k).Take(neighbours).Select(k => found[k])];
    }

    private static double Sum(double[] column, int from, int[] near)
    {
        var sum = 0.0;
        foreach (var j in near)
            sum += Math.Abs(column[from] - column[j]);
        return sum;
    }

    private static double[][] Scaled(Predictors predictors, CancellationToken cancel)
    {
        var columns = new double[predictors.ColumnCount][];
        var buffer = new double[predictors.RowCount];
        for (var c = 0; c < columns.Length; c++)
        {
            cancel.ThrowIfCancellationRequested();
            var source = predictors.Column(c);
            var present = Values.Present(source, buffer);
            present.Sort();
            columns[c] = new double[source.Length];
            if (present.IsEmpty)
                continue;
            double low = present[0], range = present[^1] - low, median = Quantiles.SortedQuantile(present, 0.5);
            if (!double.IsFinite(range))
                throw Values.Infinite(predictors.Columns[c]);
            for (var i = 0; i < source.Length && range > 0; i++)
                columns[c][i] = ((double.IsNaN(source[i]) ? median : source[i]) - low) / range;
        }
        return columns;
    }

    private static double[][] Distances(double[][] columns, int rows, CancellationToken cancel)
    {
        var distances = new double[rows][];
        for (var i = 0; i < rows; i++)
            distances[i] = new double[rows];
        foreach (var column in columns)
        {
            cancel.ThrowIfCancellationRequested();
            for (var i = 0; i < rows; i++)
            {
                var (of, value) = (distances[i], column[i]);
                for (var j = 0; j < i; j++)
                    of[j] += Math.Abs(value - column[j]);
            }
        }
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < i; j++)
                distances[j][i] = distances[i][j];
        }
        return distances;
    }
}
