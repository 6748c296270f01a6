using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Removes columns that hardly vary: constant ones, and those where the commonest value is more than <c>frequency_ratio</c> times as
/// frequent as the second and distinct values are at most <c>unique_share</c> of the values (as R's <c>caret::nearZeroVar</c>). Only
/// present values count; a column without any is removed.
/// </summary>
public sealed class NearZeroVariance(OptionValues options) : ITransformLearner
{
    internal const string RegistryName = "near_zero_variance";

    internal static readonly RegistryEntry Entry = new(RegistryName, RegistryKind.Selector, "Removes constant and nearly constant columns.",
    [
        new("frequency_ratio", OptionType.Number, 19.0, 1, null, null, "A column may go where its commonest value is more than this many times as frequent as the second."),
        new("unique_share", OptionType.Number, 0.1, 0, 1, null, "It goes only where distinct values are at most this share of its values."),
    ]);

    private readonly double frequencyRatio = options.Number("frequency_ratio");
    private readonly double uniqueShare = options.Number("unique_share");

    public string Name => RegistryName;

    public IFittedTransform Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        var predictors = training.Predictors;
        var kept = new List<int>();
        var buffer = new double[predictors.RowCount];
        for (var c = 0; c < predictors.ColumnCount; c++)
        {
            cancel.ThrowIfCancellationRequested();
            var present = Values.Present(predictors.Column(c), buffer);
            present.Sort();
            if (Varies(present))
                kept.Add(c);
        }
        return FittedSelection.Of(Name, predictors, kept);
    }

    private bool Varies(ReadOnlySpan<double> sorted)
    {
        int distinct = 0, first = 0, second = 0;
        for (var start = 0; start < sorted.Length;)
        {
            var end = start + 1;
            while (end < sorted.Length && sorted[end] == sorted[start])
                end++;
            distinct++;
            var frequency = end - start;
            if (frequency > first)
                (first, second) = (frequency, first);
            else
                second = Math.Max(second, frequency);
            start = end;
        }
        return distinct > 1 && !(first > frequencyRatio * second && distinct <= uniqueShare * sorted.Length);
    }
}
