using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Keeps the columns that are associated with the endpoint by a two-sided test each, adjusted for their number (over all columns that can be
/// tested). Missing values are left out column by column; a column that cannot be tested (no value in a class, no spread) is never kept, save that a
/// constant has p = 1 in the Mann–Whitney test.
/// Where none passes none is kept, and the model that follows knows the prevalence alone, unless <c>keep_at_least</c> asks for the
/// columns of the least p-values, the first of equals. <c>count</c> asks for so many columns of the least p-values whatever they are.
/// </summary>
public sealed class UnivariateFilter(OptionValues options) : ITransformLearner
{
    internal const string RegistryName = "univariate";

    internal static readonly RegistryEntry Entry = new(
        RegistryName, RegistryKind.Selector, "Keeps the columns that are associated with the endpoint, by a test each at a false discovery rate.",
    [
        new("fdr", OptionType.Number, 0.2, 0, 1, null, "Greatest adjusted p-value that is kept.") { Search = new(0.01, 0.5, Logarithmic: true) },
        new("alpha", OptionType.Number, 0.0, 0, 1, null, "The same by the name that suits a family-wise error rate; if above 0 it stands in place of 'fdr'."),
        new("adjust", OptionType.String, "BH", null, null, ["BH", "BY", "holm", "bonferroni", "none"], "How p-values are adjusted for the number of columns, as R's p.adjust."),
        new(
            "test", OptionType.String, EndpointTest.Automatic, null, null, EndpointTest.Names,
            "Two-sided test; 'auto' is mann_whitney for a binary endpoint, kruskal_wallis for several classes, spearman for a number, cox (the score test) for survival."),
        new("keep_at_least", OptionType.Integer, 0, 0, null, null, "Keep at least so many columns, those of the least p-values, whatever the rate."),
        new("count", OptionType.Integer, 0, 0, null, null, "If above 0, keep exactly so many columns, those of the least p-values, in place of a rate.") { Search = new(5, 100, Logarithmic: true) },
    ]);

    private readonly double rate = options.Number("alpha") is > 0 and var alpha ? alpha : options.Number("fdr");
    private readonly string adjust = options.String("adjust");
    private readonly string test = options.String("test");
    private readonly int least = options.Integer("keep_at_least");
    private readonly int count = options.Integer("count");

    public string Name => RegistryName;

    public IFittedTransform Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        var p = EndpointTest.Of(test, training, Name).PValues(training.Predictors, cancel);
        if (count > 0)
            return FittedSelection.Of(Name, training.Predictors, Least(p, count));
        var adjusted = Adjusted(p);
        var kept = Enumerable.Range(0, p.Length).Where(c => adjusted[c] <= rate).ToArray();
        return FittedSelection.Of(Name, training.Predictors, kept.Length < least ? Least(p, least) : kept);
    }

    private static IEnumerable<int> Least(double[] p, int count) =>
        Enumerable.Range(0, p.Length).Where(c => !double.IsNaN(p[c])).OrderBy(c => p[c]).ThenBy(c => c).Take(count);

    private double[] Adjusted(double[] p) => adjust switch
    {
        "BH" => Multiplicity.BenjaminiHochberg(p),
        "BY" => Multiplicity.BenjaminiYekutieli(p),
        "holm" => Multiplicity.Holm(p),
        "bonferroni" => Multiplicity.Bonferroni(p),
        _ => p,
    };
}
