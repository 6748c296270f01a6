using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// SMOTE (Chawla, Bowyer, Hall, Kegelmeyer, J Artif Intell Res 2002, 16:321): makes rows of the smaller classes, each somewhere on the line
/// between a row, its seed, and one of the <c>k</c> nearest rows of the same class and of other patients, until each class has at least
/// <c>ratio</c> times the rows of the greatest. Distances are of standardised columns. Indicators of levels become shares. A class of one
/// patient is repeated.
/// <para>
/// What a made row may leak. It has the patient, hence the inner fold, of its seed, and a part of its neighbour's values, who may be in
/// another fold. No rule about folds can prevent that, since a balancer knows none, and forbidding neighbours in other folds would forbid
/// neighbours. So the choices that inner folds make (a penalty, a threshold) see held-out rows of the smaller classes through their
/// neighbours, and inner scores are flattered. What is reported is not: balancing is part of the pipeline that every resample fits on its
/// training rows, and rows that are held out there are never seeds nor neighbours. Where inner scores themselves matter take
/// <c>class_weights</c>, or <c>oversample</c>, whose copies stay with their patient.
/// </para>
/// </summary>
public sealed class Smote(OptionValues options) : IRowBalancer
{
    internal const string RegistryName = "smote";

    internal static readonly RegistryEntry Entry = new(RegistryName, RegistryKind.Balance, "Makes rows of the smaller classes between rows that are near each other.",
    [
        new("k", OptionType.Integer, 5, 1, 1000, null, "Near rows among which a made row's other end is drawn.") { Search = new(1, 10) },
        new("ratio", OptionType.Number, 1.0, 0.01, 1, null, "Rows of each class over those of the greatest, at least.") { Search = new(0.3, 1) },
    ])
    {
        Endpoints = [EndpointKind.Binary, EndpointKind.Multiclass],
    };

    private readonly int neighbours = options.Integer("k");
    private readonly double ratio = options.Number("ratio");

    public string Name => RegistryName;

    /// <exception cref="BadInputException"><c>learning.not_finite</c>: a value is missing or infinite.</exception>
    public TrainingSet Balance(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        var classes = BalanceClasses.Of(training, Name);
        var predictors = training.Predictors;
        var inverse = InverseVariances(predictors);
        var made = new List<(int Seed, int Neighbour, double Share)>();
        for (var k = 0; k < classes.Counts.Length; k++)
        {
            var missing = (int)Math.Floor(ratio * classes.Greatest) - classes.Counts[k];
            if (missing <= 0 || classes.Counts[k] == 0)
                continue;
            // In the order of ids, so that the table's does not matter.
            int[] rows = [.. Enumerable.Range(0, classes.ClassOfRow.Length).Where(r => classes.ClassOfRow[r] == k)
                .OrderBy(r => predictors.Rows[r].Cohort, StringComparer.Ordinal).ThenBy(r => predictors.Rows[r].Patient, StringComparer.Ordinal)
                .ThenBy(r => predictors.Rows[r].Case, StringComparer.Ordinal)];
            int[][] near = [.. rows.Select(r => Nearest(predictors, inverse, rows, r, cancel))];
            var seeds = Enumerable.Range(0, rows.Length).ToArray();
            var random = BalanceClasses.Random(training, "smote", k);
            for (var m = 0; m < missing; m++)
            {
                if (m % rows.Length == 0)
                    random.Shuffle<int>(seeds);
                var seed = seeds[m % rows.Length];
                made.Add(near[seed].Length == 0 ? (rows[seed], rows[seed], 0) : (rows[seed], near[seed][random.NextInt(near[seed].Length)], random.NextDouble()));
            }
        }
        return With(training, made);
    }

    private static TrainingSet With(TrainingSet training, List<(int Seed, int Neighbour, double Share)> made)
    {
        var source = training.Predictors;
        var grown = training.SelectRows([.. Enumerable.Range(0, source.RowCount), .. made.Select(m => m.Seed)]);
        var values = grown.Predictors.All.ToArray();
        for (var c = 0; c < source.ColumnCount; c++)
        {
            var column = source.Column(c);
            var target = values.AsSpan((c * grown.Predictors.RowCount) + source.RowCount, made.Count);
            for (var m = 0; m < target.Length; m++)
                target[m] += made[m].Share * (column[made[m].Neighbour] - column[made[m].Seed]);
        }
        return grown with { Predictors = grown.Predictors.With(source.Columns, values) };
    }

    private static double[] InverseVariances(Predictors predictors)
    {
        var inverse = new double[predictors.ColumnCount];
        for (var c = 0; c < inverse.Length; c++)
        {
            var variance = Moments.SampleVariance(predictors.Column(c));
            if (predictors.RowCount > 1 && !double.IsFinite(variance))
            {
                throw new BadInputException(
                    "learning.not_finite", $"Column '{predictors.Columns[c]}' has a missing or infinite value; impute it before 'smote'.", predictors.Columns[c]);
            }
            inverse[c] = variance > 0 ? 1 / variance : 0;
        }
        return inverse;
    }

    private int[] Nearest(Predictors predictors, double[] inverse, int[] rows, int from, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        int[] others = [.. rows.Where(r => predictors.Rows[r].Subject != predictors.Rows[from].Subject)];
        var distances = new double[others.Length];
        for (var c = 0; c < inverse.Length; c++)
        {
            var column = predictors.Column(c);
            for (var i = 0; i < others.Length; i++)
            {
                var difference = column[others[i]] - column[from];
                distances[i] += inverse[c] * difference * difference;
            }
        }
        return [.. Enumerable.Range(0, others.Length).OrderBy(i => distances[i]).ThenBy(i => i).Take(neighbours).Select(i => others[i])];
    }
}
