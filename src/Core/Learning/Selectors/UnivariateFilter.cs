using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Keeps the columns that differ between the classes at a false discovery rate (Benjamini–Hochberg over all columns that can be tested).
/// Missing values are left out column by column; a column that cannot be tested (no value in a class, no spread for the t test) is never kept.
/// Where none passes none is kept, and the model that follows knows the prevalence alone, unless <c>keep_at_least</c> asks for the
/// columns of the least p-values, the first of equals.
/// </summary>
public sealed class UnivariateFilter(OptionValues options) : ITransformLearner
{
    internal const string RegistryName = "univariate";

    internal static readonly RegistryEntry Entry = new(
        RegistryName, RegistryKind.Selector, "Keeps the columns that differ between the classes of the endpoint at a false discovery rate.",
    [
        new("fdr", OptionType.Number, 0.2, 0, 1, null, "Greatest Benjamini-Hochberg adjusted p-value that is kept."),
        new("test", OptionType.String, "mann_whitney", null, null, ["mann_whitney", "welch_t"], "Two-sided test of a column between the classes."),
        new("keep_at_least", OptionType.Integer, 0, 0, null, null, "Keep at least so many columns, those of the least p-values, whatever the rate."),
    ])
    {
        Endpoints = [EndpointKind.Binary],
    };

    private readonly double rate = options.Number("fdr");
    private readonly bool welch = options.String("test") == "welch_t";
    private readonly int least = options.Integer("keep_at_least");

    public string Name => RegistryName;

    public IFittedTransform Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        var endpoint = Values.Binary(training, Name);
        var predictors = training.Predictors;
        var p = PValues(predictors, endpoint.Values, cancel);
        var adjusted = Multiplicity.BenjaminiHochberg(p);
        var kept = Enumerable.Range(0, p.Length).Where(c => adjusted[c] <= rate).ToArray();
        if (kept.Length < least)
            kept = [.. Enumerable.Range(0, p.Length).Where(c => !double.IsNaN(p[c])).OrderBy(c => p[c]).ThenBy(c => c).Take(least)];
        return FittedSelection.Of(Name, predictors, kept);
    }

    private double[] PValues(Predictors predictors, bool[] isEvent, CancellationToken cancel)
    {
        var p = new double[predictors.ColumnCount];
        var events = new double[isEvent.Length];
        var others = new double[isEvent.Length];
        for (var c = 0; c < p.Length; c++)
        {
            cancel.ThrowIfCancellationRequested();
            int eventCount = 0, otherCount = 0;
            var values = predictors.Column(c);
            for (var r = 0; r < values.Length; r++)
            {
                if (double.IsInfinity(values[r]))
                    throw Values.Infinite(predictors.Columns[c]);
                if (double.IsNaN(values[r]))
                    continue;
                if (isEvent[r])
                    events[eventCount++] = values[r];
                else
                    others[otherCount++] = values[r];
            }
            var x = events.AsSpan(0, eventCount);
            var y = others.AsSpan(0, otherCount);
            p[c] = welch ? WelchT.Test(x, y).PValue : MannWhitney.Test(x, y).PValue;
        }
        return p;
    }
}
