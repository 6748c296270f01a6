using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Stability selection (Meinshausen, Bühlmann, J R Stat Soc B 2010, 72:417): the lasso is fitted on random halves of the patients, at most
/// <c>q</c> columns of each count (those of greatest standardised weight at the penalty that inner folds choose), and the columns that count
/// in at least the share <c>threshold</c> of the halves are kept. Both halves of a split are used (Shah, Samworth, J R Stat Soc B 2013, 75:55).
/// The expected number of columns kept by chance is then at most q²/((2·threshold − 1)·p) of p columns, under their exchangeability; that
/// bound is reported by the fit and, where <c>q</c> is 0, sets q. Halves on which nothing can be learned count as halves without columns.
/// Missing values count as the training median for the choice.
/// </summary>
public sealed class StabilitySelection(OptionValues options) : ITransformLearner
{
    internal const string RegistryName = "stability_selection";

    internal static readonly RegistryEntry Entry = new(
        RegistryName, RegistryKind.Selector, "Keeps the columns that the lasso chooses in most random halves of the patients.",
    [
        new("threshold", OptionType.Number, 0.75, 0.51, 1, null, "Share of the halves in which a kept column is chosen.") { Search = new(0.6, 0.9) },
        new("q", OptionType.Integer, 0, 0, 10_000, null, "Columns that count in each half at most; 0 for as many as keep the bound within 'pfer'."),
        new("pfer", OptionType.Number, 1.0, 0.001, 1000, null, "Greatest expected number of columns kept by chance, where 'q' is 0."),
        new("splits", OptionType.Integer, 25, 1, 1000, null, "Random splits; each gives two halves."),
        new("folds", OptionType.Integer, 2, 2, 100, null, "Inner folds for the choice of the penalty."),
    ])
    {
        Endpoints = Lasso.Endpoints,
    };

    // Only the greatest weights matter, hence a coarse path.
    private const int PathLength = 20;
    private const double Threshold = 1e-4;

    private readonly double threshold = options.Number("threshold");
    private readonly int most = options.Integer("q");
    private readonly double pfer = options.Number("pfer");
    private readonly int splits = options.Integer("splits");
    private readonly IModelLearner lasso = Lasso.Learner("min", options.Integer("folds"), PathLength, Threshold);

    public string Name => RegistryName;

    public IFittedTransform Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        var complete = Lasso.Complete(training, cancel);
        var p = complete.Predictors.ColumnCount;
        var q = Math.Min(p, most > 0 ? most : Math.Max(1, (int)Math.Floor(Math.Sqrt(pfer * ((2 * threshold) - 1) * p))));
        var counts = new int[p];
        var inOrder = Subjects.Group(training.Predictors.Rows);
        for (var s = 0; s < splits; s++)
        {
            SubjectRows[] subjects = [.. inOrder];
            new DeterministicRandom(DeterministicRandom.Derive(training.Seed, "halves", s)).Shuffle<SubjectRows>(subjects);
            foreach (var half in new[] { subjects[..(subjects.Length / 2)], subjects[(subjects.Length / 2)..(subjects.Length / 2 * 2)] })
            {
                cancel.ThrowIfCancellationRequested();
                int[] rows = [.. half.SelectMany(h => h.Rows)];
                var seed = DeterministicRandom.Derive(training.Seed, "half", s);
                if (rows.Length > 1 && Lasso.Fit(lasso, complete.SelectRows(rows) with { Seed = seed }, cancel) is { } fitted)
                {
                    foreach (var c in complete.Predictors.IndexesOf([.. Greatest(fitted, q)]))
                        counts[c]++;
                }
            }
        }
        double[] frequencies = [.. counts.Select(n => n / (2.0 * splits))];
        int[] kept = [.. Enumerable.Range(0, p).Where(c => frequencies[c] >= threshold)];
        var bound = p == 0 ? 0 : (double)q * q / (((2 * threshold) - 1) * p);
        return new FittedStabilitySelection(
            [.. kept.Select(c => complete.Predictors.Columns[c])], [.. kept.Select(c => frequencies[c])], bound, Subjects.Of(training.Predictors.Rows));
    }

    // Of several classes a column counts by its greatest weight in any.
    private static IEnumerable<string> Greatest(IFittedModel fitted, int count)
    {
        IEnumerable<Coefficient> weights = fitted switch
        {
            ILinearModel linear => linear.Coefficients,
            FittedMultinomial several => several.Columns.Select((_, c) => several.Classes.Select(k => k.Coefficients[c]).MaxBy(w => Math.Abs(w.Standardised))!),
            _ => throw new InvalidOperationException($"'{fitted.Kind}' gives its columns no weights."),
        };
        return weights.OrderByDescending(w => Math.Abs(w.Standardised)).Take(count).Select(w => w.Column);
    }
}

/// <summary>See <see cref="StabilitySelection"/>.</summary>
public sealed class FittedStabilitySelection : IFittedTransform, IColumnwise
{
    private readonly string[] columns;
    private readonly double[] frequencies;

    internal FittedStabilitySelection(string[] columns, double[] frequencies, double bound, IReadOnlySet<(string Cohort, string Patient)> seen) =>
        (this.columns, this.frequencies, PerFamilyErrorBound, Seen) = (columns, frequencies, bound, seen);

    public IReadOnlySet<(string Cohort, string Patient)> Seen { get; }

    public string Kind => StabilitySelection.RegistryName;

    public IReadOnlyList<string> Columns => columns;

    /// <summary>Of each column the share of the halves in which it was chosen.</summary>
    public IReadOnlyList<double> Frequencies => frequencies;

    /// <summary>The expected number of columns kept by chance is at most this.</summary>
    public double PerFamilyErrorBound { get; }

    public Predictors Apply(Predictors predictors)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        return predictors.SelectColumns(predictors.IndexesOf(columns));
    }

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(new { kind = Kind, columns, frequencies, pfer_bound = PerFamilyErrorBound });

    public IFittedTransform RestrictTo(IReadOnlyList<string> columns)
    {
        var at = Values.Positions(this.columns, columns);
        return new FittedStabilitySelection([.. columns], [.. at.Select(i => frequencies[i])], PerFamilyErrorBound, Seen);
    }

    internal static IFittedTransform Read(JsonElement json)
    {
        var columns = PlainJson.Names(json, "columns");
        return new FittedStabilitySelection(columns, PlainJson.Numbers(json, "frequencies", columns.Length), PlainJson.Number(json, "pfer_bound"), Values.NoSubjects);
    }
}
