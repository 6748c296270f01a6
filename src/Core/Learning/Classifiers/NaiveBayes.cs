using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Naive Bayes with a normal density of each column in each class, as R's <c>e1071::naiveBayes</c>: priors are class frequencies, spreads
/// sample standard deviations (n − 1), and a spread of 0 is replaced by a threshold. Weighted rows count as so many rows. Missing values
/// are left out, in the fit and of a case; columns of a single value are not read. Where a class has fewer than two values of a column,
/// which leaves R without a prediction, it has the spread of the column in all classes, and without any value its mean too.
/// </summary>
internal sealed class NaiveBayes(double threshold) : IModelLearner
{
    public const string RegistryName = "naive_bayes";

    public static readonly RegistryEntry Entry = new(
        RegistryName, RegistryKind.Model, "Naive Bayes with a normal distribution of each column in each class.",
    [
        new("threshold", OptionType.Number, 0.001, 1e-12, 1e6, null, "Standard deviation of a column in a class where it has none, in the column's unit."),
    ])
    {
        Endpoints = [EndpointKind.Binary, EndpointKind.Multiclass],
    };

    public string Name => RegistryName;

    /// <exception cref="BadInputException">An infinite value, rows of one class, or another kind of endpoint.</exception>
    public IFittedModel Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        cancel.ThrowIfCancellationRequested();
        training = CanonicalOrder.Of(training);
        var classes = ClassRows.From(training, Name);
        var predictors = training.Predictors;
        int[] read = [.. Enumerable.Range(0, predictors.ColumnCount).Where(c => Varies(predictors, c))];
        var present = classes.Present;
        var placeOf = new int[classes.Count];
        for (var k = 0; k < present.Length; k++)
            placeOf[present[k]] = k;
        var priors = new double[present.Length];
        for (var r = 0; r < classes.Of.Length; r++)
            priors[placeOf[classes.Of[r]]] += Weight(training, r) / classes.Of.Length;
        var (means, deviations) = (new double[present.Length * read.Length], new double[present.Length * read.Length]);
        for (var c = 0; c < read.Length; c++)
        {
            var values = predictors.Column(read[c]);
            var whole = Spread(values, _ => true);
            for (var k = 0; k < present.Length; k++)
            {
                var own = Spread(values, r => placeOf[classes.Of[r]] == k);
                means[(k * read.Length) + c] = own.Weight > 0 ? own.Mean : whole.Mean;
                deviations[(k * read.Length) + c] = Deviation(own.Weight > 1 ? own : whole);
            }
        }
        return new FittedNaiveBayes(
            classes.Kind, classes.Count, present, priors, [.. read.Select(c => predictors.Columns[c])], means, deviations, Subjects.Of(predictors.Rows));

        (double Weight, double Mean, double Squares) Spread(ReadOnlySpan<double> values, Func<int, bool> counts)
        {
            double weight = 0, mean = 0, squares = 0, first = double.NaN;
            var varies = false;
            for (var r = 0; r < values.Length; r++)
            {
                if (double.IsNaN(values[r]) || !counts(r))
                    continue;
                weight += Weight(training, r);
                mean += Weight(training, r) * values[r];
                first = double.IsNaN(first) ? values[r] : first;
                varies |= values[r] != first;
            }

            // What rounding of the mean leaves of a constant would be a spread that makes all other values impossible.
            if (weight > 0 && !varies)
                return (weight, first, 0);
            mean /= weight;
            for (var r = 0; r < values.Length; r++)
            {
                if (!double.IsNaN(values[r]) && counts(r))
                    squares += Weight(training, r) * (values[r] - mean) * (values[r] - mean);
            }
            return (weight, mean, squares);
        }
    }

    private static double Weight(TrainingSet training, int row) => training.Weights?[row] ?? 1;

    private double Deviation((double Weight, double Mean, double Squares) spread)
    {
        var deviation = Math.Sqrt(spread.Squares / (spread.Weight - 1));
        return deviation > 0 ? deviation : threshold;
    }

    private static bool Varies(Predictors predictors, int column)
    {
        var (first, varies) = (double.NaN, false);
        foreach (var value in predictors.Column(column))
        {
            if (double.IsInfinity(value))
                throw Values.Infinite(predictors.Columns[column]);
            if (Math.Abs(value) > 1e150)
                throw ColumnScaling.TooLarge(predictors.Columns[column]);
            if (double.IsNaN(value))
                continue;
            varies |= !double.IsNaN(first) && value != first;
            first = value;
        }
        return varies;
    }
}
