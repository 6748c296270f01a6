using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Recursive feature elimination by a linear support vector machine (Guyon et al., Machine Learning 2002, 46:389): fit, drop the columns of
/// the least squared weights (summed over the pairs of classes), repeat. How many columns stay is given, or chosen on inner folds of subjects,
/// each with an elimination of its own: the number of least balanced error, the least of equals; without two subjects in each class nothing
/// can be held out and all stay. Columns are standardised inside, missing values count as the mean there and stay missing; a column without
/// differences is never kept.
/// </summary>
internal sealed class SvmRfe(OptionValues options) : ITransformLearner
{
    public const string RegistryName = "svm_rfe";

    public static readonly RegistryEntry Entry = new(
        RegistryName, RegistryKind.Selector, "Recursive feature elimination by the weights of a linear support vector machine.",
    [
        new("keep", OptionType.Integer, null, 1, null, null, "How many columns stay; absent: as many as give the least error on inner folds."),
        new("step", OptionType.Number, 0.5, 0.001, 0.9, null, "Share of the columns that each round drops, at least one."),
        new("cost", OptionType.Number, 1.0, 1e-6, 1e6, null, "Cost of a violated margin.") { Search = new(0.01, 100, Logarithmic: true) },
        new("folds", OptionType.Integer, 5, 2, 100, null, "Inner folds that choose the number; at most as many are used as the rarest class has patients."),
    ])
    {
        Endpoints = [EndpointKind.Binary, EndpointKind.Multiclass],
    };

    private readonly int keep = options.Integer("keep");
    private readonly double step = options.Number("step");
    private readonly int folds = options.Integer("folds");
    private readonly SvmOptions machine = new(Linear: true, options.Number("cost"), Gamma: null, Epsilon: 0, Tolerance: 1e-3, options.Integer("folds"));

    public string Name => RegistryName;

    public IFittedTransform Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        training = CanonicalOrder.Of(training);
        var classes = ClassRows.From(training, Name);
        var (columns, rows) = Standardised(training.Predictors);
        int[] all = [.. Enumerable.Range(0, rows.RowCount)];
        var target = keep > 0 ? keep : Choose(training, classes, rows, columns.Length, cancel);
        var kept = columns;
        foreach (var (places, _) in Elimination(training, classes, rows, all, cancel))
        {
            kept = Array.ConvertAll(places, p => columns[p]);
            if (kept.Length <= target)
                break;
        }
        return FittedSelection.Of(Name, training.Predictors, kept);
    }

    /// <summary>The sizes that an elimination goes through are those of <see cref="Sizes"/>, whatever the rows.</summary>
    private int Choose(TrainingSet training, ClassRows classes, RowMatrix rows, int columns, CancellationToken cancel)
    {
        var ids = training.Predictors.Rows;
        var count = Math.Min(folds, Folds.RarerClassSubjects(ids, training.Endpoint));
        if (count < 2 || columns < 2)
            return Math.Max(1, columns);
        var assignment = Folds.Stratified(ids, training.Endpoint, count, DeterministicRandom.Derive(training.Seed, RegistryName, 0));
        int[] sizes = [.. Sizes(columns)];
        var errors = new double[sizes.Length];
        for (var fold = 0; fold < count; fold++)
        {
            var heldOut = assignment.HeldOutRows(fold);
            var round = 0;
            foreach (var (_, vote) in Elimination(training, classes, rows, assignment.TrainingRows(fold), cancel))
            {
                // Every class counts alike, however many rows it has.
                foreach (var r in heldOut)
                    errors[round] += vote(r) == classes.Of[r] ? 0 : 1.0 / classes.Of.Count(c => c == classes.Of[r]);
                round++;
            }
        }
        var best = sizes.Length - 1;
        for (var s = sizes.Length - 2; s >= 0; s--)
        {
            // Sums of the same errors in another order may differ in the last bits.
            if (errors[s] < errors[best] - 1e-9)
                best = s;
        }
        return sizes[best];
    }

    private IEnumerable<int> Sizes(int columns)
    {
        for (var size = columns; size > 0; size = Next(size))
            yield return size;
    }

    /// <summary>A given number is met exactly.</summary>
    private int Next(int size)
    {
        var next = Math.Min(size - 1, (int)Math.Ceiling(size * (1 - step)));
        return size > keep ? Math.Max(next, keep) : next;
    }

    /// <summary>Round after round the columns that are left, ascending, and the class that the machine on them gives a row.</summary>
    private IEnumerable<(int[] Places, Func<int, int> Vote)> Elimination(
        TrainingSet training, ClassRows classes, RowMatrix rows, int[] trainingRows, CancellationToken cancel)
    {
        int[] places = [.. Enumerable.Range(0, rows.ColumnCount)];
        while (places.Length > 0)
        {
            cancel.ThrowIfCancellationRequested();
            var left = Left(rows, places);
            var weights = Weights(training, classes, left, trainingRows, cancel);
            yield return (places, r => Vote(weights, left.Row(r), classes.Count));
            var importance = new double[places.Length];
            foreach (var pair in weights)
            {
                for (var c = 0; c < importance.Length; c++)
                    importance[c] += pair.Weights[c] * pair.Weights[c];
            }
            var before = places;
            places = [.. Enumerable.Range(0, before.Length).OrderByDescending(c => importance[c]).ThenBy(c => c).Take(Next(before.Length)).Select(c => before[c]).Order()];
        }
    }

    private List<(int First, int Second, double[] Weights, double Bias)> Weights(
        TrainingSet training, ClassRows classes, RowMatrix rows, int[] trainingRows, CancellationToken cancel)
    {
        var problem = new SvmProblem(SvmKernel.Matrix(rows, gamma: null), training.Weights, machine, cancel);
        int[] present = [.. trainingRows.Select(r => classes.Of[r]).Distinct().Order()];
        var fitted = new List<(int, int, double[], double)>();
        for (var i = 0; i < present.Length; i++)
        {
            for (var j = i + 1; j < present.Length; j++)
            {
                var (first, second) = (present[i], present[j]);
                var pair = Array.FindAll(trainingRows, r => classes.Of[r] == first || classes.Of[r] == second);
                var decision = problem.Classify(pair, Array.ConvertAll(pair, r => classes.Of[r] == second));
                var weights = new double[rows.Stride];
                foreach (var r in pair)
                    PaddedKernels.AddScaled(weights, decision.Coefficients[r], rows.Row(r));
                fitted.Add((first, second, weights, decision.Bias));
            }
        }
        return fitted;
    }

    private static int Vote(List<(int First, int Second, double[] Weights, double Bias)> pairs, ReadOnlySpan<double> row, int classes)
    {
        var votes = new int[classes];
        foreach (var (first, second, weights, bias) in pairs)
            votes[PaddedKernels.Dot(weights, row) + bias > 0 ? second : first]++;
        return Array.IndexOf(votes, votes.Max());
    }

    private static RowMatrix Left(RowMatrix rows, int[] places)
    {
        var left = new RowMatrix(rows.RowCount, places.Length);
        for (var r = 0; r < rows.RowCount; r++)
        {
            var source = rows.Row(r);
            var target = left.Row(r);
            for (var c = 0; c < places.Length; c++)
                target[c] = source[places[c]];
        }
        return left;
    }

    /// <summary>The columns with differences, and their standardised values, 0 where one is missing.</summary>
    private static (int[] Columns, RowMatrix Rows) Standardised(Predictors predictors)
    {
        var columns = new List<(int Column, double Mean, double Deviation)>(predictors.ColumnCount);
        var buffer = new double[predictors.RowCount];
        for (var c = 0; c < predictors.ColumnCount; c++)
        {
            var present = Values.Present(predictors.Column(c), buffer);
            foreach (var value in present)
            {
                if (double.IsInfinity(value))
                    throw Values.Infinite(predictors.Columns[c]);
            }
            var (mean, deviation) = (Moments.Mean(present), Math.Sqrt(Moments.SampleVariance(present)));
            if (double.IsInfinity(deviation) || double.IsInfinity(mean))
                throw ColumnScaling.TooLarge(predictors.Columns[c]);
            if (present.Length > 1 && present.IndexOfAnyExcept(present[0]) >= 0 && deviation > 0)
                columns.Add((c, mean, deviation));
        }
        var rows = new RowMatrix(predictors.RowCount, columns.Count);
        for (var k = 0; k < columns.Count; k++)
        {
            var values = predictors.Column(columns[k].Column);
            for (var r = 0; r < values.Length; r++)
                rows.Row(r)[k] = double.IsNaN(values[r]) ? 0 : (values[r] - columns[k].Mean) / columns[k].Deviation;
        }
        return ([.. columns.Select(c => c.Column)], rows);
    }
}
