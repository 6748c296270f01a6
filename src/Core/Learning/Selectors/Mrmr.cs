using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Minimum redundancy, maximum relevance (Peng, Long, Ding, IEEE Trans Pattern Anal Mach Intell 2005, 27:1226): goes on taking the column
/// whose mutual information with the endpoint is greatest beside its mean mutual information with the columns taken before, by their
/// difference (MID) or quotient (MIQ, 0.01 added to the divisor, as in the authors' program). The first of equals is taken.
/// <list type="bullet">
/// <item><c>correlation</c>, as R's mRMRe: information is −½ ln(1 − ρ²). ρ between columns is Spearman's, a missing value counting as the middle
/// rank. ρ² with the endpoint is η² of ranks for classes and Spearman's for a number; for survival the information is χ²/(2 events) of
/// the Cox score test.</item>
/// <item><c>discrete</c>, as in the paper: columns, and an endpoint that is a number, in three states cut at mean ± one standard deviation;
/// pairs with a missing value are left out. Not for survival.</item>
/// </list>
/// Columns without differences, and those whose association cannot be tested, are never taken.
/// </summary>
public sealed class Mrmr(OptionValues options) : ITransformLearner
{
    internal const string RegistryName = "mrmr";

    internal static readonly RegistryEntry Entry = new(
        RegistryName, RegistryKind.Selector, "Keeps columns that say most of the endpoint and least of each other (mRMR).",
    [
        new("count", OptionType.Integer, 20, 1, 1_000_000, null, "How many columns are kept.") { Search = new(3, 50, Logarithmic: true) },
        new("scheme", OptionType.String, "mid", null, null, ["mid", "miq"], "Difference or quotient of relevance and redundancy."),
        new("information", OptionType.String, "correlation", null, null, ["correlation", "discrete"], "Mutual information by correlation of ranks, or of columns cut into three states."),
    ]);

    private const double LeastDivisor = 0.01;

    private readonly int count = options.Integer("count");
    private readonly bool quotient = options.String("scheme") == "miq";
    private readonly bool discrete = options.String("information") == "discrete";

    public string Name => RegistryName;

    /// <exception cref="BadInputException"><c>learning.endpoint</c>: <c>discrete</c> and a survival endpoint.</exception>
    public IFittedTransform Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        var predictors = training.Predictors;
        IInformation information = discrete ? DiscreteInformation.Of(training, Name) : new RankInformation(training, Name, cancel);
        var left = Enumerable.Range(0, predictors.ColumnCount).Where(c => information.Relevance[c] >= 0).ToList();
        var redundancy = new double[predictors.ColumnCount];
        var kept = new List<int>();
        while (left.Count > 0 && kept.Count < count)
        {
            cancel.ThrowIfCancellationRequested();
            var best = left.MaxBy(c => Score(information.Relevance[c], redundancy[c], kept.Count));
            kept.Add(best);
            left.Remove(best);
            if (kept.Count == count)
                break;
            foreach (var c in left)
                redundancy[c] += information.Between(best, c);
        }
        return FittedSelection.Of(Name, predictors, kept);
    }

    private double Score(double relevance, double redundancy, int taken)
    {
        if (taken == 0)
            return relevance;
        return quotient ? relevance / ((redundancy / taken) + LeastDivisor) : relevance - (redundancy / taken);
    }
}
