using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Makes numbers of categorical columns (<see cref="Predictors.Categories"/>), as learned from the training rows; other columns stay.
/// <list type="bullet">
/// <item>An ordinal column keeps its name and becomes the place of its level, 0, 1, 2, …, in the order of the training table's levels.</item>
/// <item>A nominal column becomes indicators <c>name=level</c>, 1 where the row is of the level and else 0, one for each level but the
/// commonest of the training rows, the reference (of equals the first).</item>
/// <item>Levels of fewer than <c>min_count</c> training rows are rare: together they are one indicator <c>name=(rare)</c>, or, where even
/// together they are rare or <c>rare</c> is <c>reference</c>, they count with the reference.</item>
/// <item>What is missing is missing in all that is made of it. So is a label that no training row had (of an ordinal column: that is not among
/// its levels), because nothing is known of it; an imputation that follows fills it. <c>unseen: refuse</c> makes it an error instead.</item>
/// <item>A nominal column of fewer than two groups in the training rows is dropped.</item>
/// </list>
/// Levels are matched by label, never by code: another table may list its levels in another order.
/// </summary>
public sealed class Encode(OptionValues options) : ITransformLearner
{
    internal const string RegistryName = "encode";

    internal static readonly RegistryEntry Entry = new(
        RegistryName, RegistryKind.Transform, "Makes numbers of categorical columns: scores of ordinal ones, indicators of nominal ones. Comes first by itself where a table has such columns.",
    [
        new("ordinal", OptionType.String, "scores", null, null, ["scores", "indicators"], "Ordinal columns as one score each, or as indicators like nominal ones."),
        new("min_count", OptionType.Integer, 5, 1, null, null, "A nominal level of fewer training rows is rare."),
        new("rare", OptionType.String, "pool", null, null, ["pool", "reference"], "Rare levels share one indicator, or count with the commonest level."),
        new("unseen", OptionType.String, "missing", null, null, ["missing", "refuse"], "What a label is that no training row had: missing, or an error."),
    ]);

    private const string Pooled = "(rare)";

    private readonly bool scores = options.String("ordinal") == "scores";
    private readonly int least = options.Integer("min_count");
    private readonly bool pool = options.String("rare") == "pool";
    private readonly bool refuse = options.String("unseen") == "refuse";

    public string Name => RegistryName;

    /// <exception cref="BadInputException"><c>learning.category</c>: a value is no place of a level, or two columns would have one name.</exception>
    public IFittedTransform Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        var predictors = training.Predictors;
        var sources = new List<EncodedColumn>(predictors.ColumnCount);
        for (var c = 0; c < predictors.ColumnCount; c++)
        {
            cancel.ThrowIfCancellationRequested();
            var name = predictors.Columns[c];
            if (!predictors.Categories.TryGetValue(name, out var categories))
                sources.Add(EncodedColumn.Number(name));
            else if (categories.Ordered && scores)
                sources.Add(Ordinal(name, categories, predictors.Column(c)));
            else if (Nominal(name, categories, predictors.Column(c)) is { } nominal)
                sources.Add(nominal);
        }
        var outputs = sources.SelectMany(s => s.Outputs).ToArray();
        if (outputs.GroupBy(o => o, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new BadInputException("learning.category", $"Two columns would be named '{twice.Key}' after encoding; rename one.", twice.Key);
        return new FittedEncoding([.. sources], refuse, outputs, Subjects.Of(predictors.Rows));
    }

    private static EncodedColumn Ordinal(string name, Categories categories, ReadOnlySpan<double> codes)
    {
        EncodedColumn.CheckCodes(name, categories, codes);
        return EncodedColumn.Scores(name, [.. categories.Levels]);
    }

    private EncodedColumn? Nominal(string name, Categories categories, ReadOnlySpan<double> codes)
    {
        EncodedColumn.CheckCodes(name, categories, codes);
        var counts = new int[categories.Levels.Count];
        foreach (var code in codes)
        {
            if (!double.IsNaN(code))
                counts[(int)code]++;
        }
        // By label, so that the order of a nominal column's levels is no matter.
        int[] seen = [.. Enumerable.Range(0, counts.Length).Where(l => counts[l] > 0).OrderBy(l => categories.Levels[l], StringComparer.Ordinal)];
        if (seen.Length < 2)
            return null;
        var reference = seen.MaxBy(l => counts[l]);
        var rare = seen.Where(l => l != reference && counts[l] < least).ToArray();
        var common = seen.Where(l => l != reference && counts[l] >= least).ToArray();
        var pooled = pool && rare.Sum(l => counts[l]) >= least;
        string[] outputs = [.. common.Select(l => $"{name}={categories.Levels[l]}"), .. pooled ? [$"{name}={Pooled}"] : Array.Empty<string>()];
        if (outputs.Length == 0)
            return null;
        var places = seen.Select(l => l == reference ? -1 : Array.IndexOf(common, l) is >= 0 and var at ? at : pooled ? common.Length : -1);
        return EncodedColumn.Indicators(name, [.. seen.Select(l => categories.Levels[l])], [.. places], outputs);
    }
}
