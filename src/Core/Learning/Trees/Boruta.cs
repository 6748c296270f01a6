using System.Globalization;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// All relevant columns by Boruta (Kursa and Rudnicki, J Stat Softw 2010, 36:11), as R's package of that name: forests with a permuted copy of every
/// column; a column hits when its importance (out-of-bag, over its standard error) exceeds the greatest of the copies; it is confirmed or rejected once its
/// hits are too many or too few for a coin (one-sided binomial tests, Bonferroni over all columns), and what stays undecided is tentative. For the forests a
/// missing value counts as the median of its column, and a column without any value is not kept. The copies are drawn anew in each run while a column is
/// one and the same: noise that goes with the outcome in these rows stays, up to one column in eight (1 − 2^(−1/5) of them beat the greatest of five copies).
/// </summary>
public sealed class Boruta(OptionValues options) : ITransformLearner
{
    internal const string RegistryName = "boruta";

    /// <summary>Fewer copies would make their greatest importance too small.</summary>
    private const int FewestShadows = 5;

    internal static readonly RegistryEntry Entry = new(
        RegistryName, RegistryKind.Selector, "Boruta: keeps the columns that matter more to random forests than permuted copies of columns do.",
    [
        new("max_runs", OptionType.Integer, 100, 11, 10_000, null, "Most forests that are grown."),
        new("p_value", OptionType.Number, 0.01, 1e-12, 0.5, null, "Level of the tests, after Bonferroni's correction."),
        new("tentative", OptionType.String, "drop", null, null, ["drop", "keep"], "What becomes of columns that are still undecided at the end."),
        new("ntree", OptionType.Integer, 200, 1, 100_000, null, "Number of trees of each forest."),
        ForestOptions.MtryOption,
        ForestOptions.MinNodeSizeOption,
    ]);

    private readonly int maxRuns = options.Integer("max_runs");
    private readonly double level = options.Number("p_value");
    private readonly bool keepTentative = options.String("tentative") == "keep";
    private readonly ForestOptions forest = ForestOptions.Plain(options);

    private enum Verdict
    {
        Tentative,
        Confirmed,
        Rejected,
    }

    public string Name => RegistryName;

    /// <exception cref="BadInputException"><c>learning.infinite</c>: a column has an infinite value.</exception>
    public IFittedTransform Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        cancel.ThrowIfCancellationRequested();
        var (table, columns) = MedianFilled.Of(training, Name);
        var verdicts = new Verdict[columns.Length];
        var hits = new int[columns.Length];
        for (var run = 1; run <= maxRuns && verdicts.Contains(Verdict.Tentative); run++)
        {
            int[] open = [.. Enumerable.Range(0, columns.Length).Where(c => verdicts[c] is not Verdict.Rejected)];
            var importance = Importance(table.Training, open, DeterministicRandom.Derive(training.Seed, RegistryName, run), cancel);
            var greatest = importance.Skip(open.Length).Max();
            for (var k = 0; k < open.Length; k++)
                hits[open[k]] += importance[k] > greatest ? 1 : 0;
            Judge(verdicts, hits, run);
        }
        var kept = Enumerable.Range(0, columns.Length)
            .Where(c => verdicts[c] is Verdict.Confirmed || (keepTentative && verdicts[c] is Verdict.Tentative));
        return FittedSelection.Of(Name, training.Predictors, kept.Select(c => columns[c]));
    }

    // Of the open columns, then of their permuted copies.
    private double[] Importance(TrainingSet training, int[] open, ulong seed, CancellationToken cancel)
    {
        var predictors = training.Predictors;
        var rows = predictors.RowCount;
        var copies = open.Length * Math.Max(1, (FewestShadows + open.Length - 1) / open.Length);
        var values = new double[rows * (open.Length + copies)];
        var names = new string[open.Length + copies];
        var random = new DeterministicRandom(DeterministicRandom.Derive(seed, "shadow", 0));
        for (var k = 0; k < names.Length; k++)
        {
            var target = values.AsSpan(k * rows, rows);
            predictors.Column(open[k % open.Length]).CopyTo(target);
            names[k] = string.Create(CultureInfo.InvariantCulture, $"{k}");
            if (k >= open.Length)
                random.Shuffle(target);
        }
        var grown = Forest.Grow(TreeTable.Of(training with { Predictors = predictors.With(names, values) }, Name), forest, seed, cancel);
        return OutOfBagImportance.Of(grown, seed, cancel).Z;
    }

    private void Judge(Verdict[] verdicts, int[] hits, int runs)
    {
        var tests = verdicts.Length;
        for (var c = 0; c < tests; c++)
        {
            if (verdicts[c] is not Verdict.Tentative)
                continue;
            // P(at least so many) and P(at most so many) of a fair coin; the second is the first with sides changed.
            if (tests * FairCoin.AtLeast(hits[c], runs) < level)
                verdicts[c] = Verdict.Confirmed;
            else if (tests * FairCoin.AtLeast(runs - hits[c], runs) < level)
                verdicts[c] = Verdict.Rejected;
        }
    }

    /// <summary>Binomial with probability one half.</summary>
    private static class FairCoin
    {
        public static double AtLeast(int heads, int throws) => heads <= 0 ? 1 : Beta.Cdf(0.5, heads, throws - heads + 1);
    }
}
