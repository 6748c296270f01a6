using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Of the columns whose name begins with <c>prefix</c> (of all, where it is empty) keeps the <c>count</c> of greatest sample variance
/// (n − 1), of equals the first; other columns stay. The endpoint is not looked at. Only present values count: a column with fewer than
/// two has no variance and is not kept. It is learned from the training rows alone, since a variance over all rows would let those that
/// are held out take part in the choice.
/// </summary>
public sealed class TopVariance(OptionValues options) : ITransformLearner
{
    internal const string RegistryName = "top_variance";

    internal static readonly RegistryEntry Entry = new(
        RegistryName, RegistryKind.Selector, "Keeps the columns of greatest variance among those whose name begins with a prefix; leaves the others alone.",
    [
        new("count", OptionType.Integer, 1000, 1, 1_000_000, null, "How many columns are kept."),
        new("prefix", OptionType.String, "", null, null, null, "Beginning of the names that are looked at; all columns if not given."),
    ]);

    private readonly int count = options.Integer("count");
    private readonly string prefix = options.String("prefix");

    public string Name => RegistryName;

    /// <summary>The entry of a <c>select</c> list.</summary>
    public static NamedOptions Of(int count, string prefix) => new(RegistryName, JsonSerializer.SerializeToElement(new { count, prefix }));

    /// <exception cref="BadInputException"><c>learning.infinite</c>: a looked-at column has an infinite value, or its variance is too great for a number.</exception>
    public IFittedTransform Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        var predictors = training.Predictors;
        var (others, candidates) = (new List<int>(), new List<(int Column, double Variance)>());
        var buffer = new double[predictors.RowCount];
        for (var c = 0; c < predictors.ColumnCount; c++)
        {
            cancel.ThrowIfCancellationRequested();
            if (!predictors.Columns[c].StartsWith(prefix, StringComparison.Ordinal))
            {
                others.Add(c);
                continue;
            }
            var present = Values.Present(predictors.Column(c), buffer);
            if (present.Length < 2)
                continue;
            var variance = Moments.SampleVariance(present);
            candidates.Add((c, double.IsFinite(variance) ? variance : throw Values.Infinite(predictors.Columns[c])));
        }
        var kept = candidates.OrderByDescending(x => x.Variance).ThenBy(x => x.Column).Take(count).Select(x => x.Column);
        return FittedSelection.Of(Name, predictors, others.Concat(kept));
    }
}
