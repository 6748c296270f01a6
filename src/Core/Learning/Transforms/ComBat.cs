using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Harmonises columns between batches (sites, scanners) by empirical Bayes (Johnson, Li, Rabinovic, Biostatistics 2007, 8:118), as
/// <c>sva::ComBat</c>: location and scale of each column in each batch, shrunk over the columns of the batch. It is learned from the training
/// rows alone and never sees the endpoint.
/// <list type="bullet">
/// <item>The batch is a row attribute, which is no predictor. Training rows without one take no part in the fit.</item>
/// <item><c>covariates</c> names numeric columns whose effect is kept; they are not harmonised themselves, and one that is missing counts as
/// its training mean. A covariate that is told by the batch is refused.</item>
/// <item>A batch of one training row has no variance: its location alone is adjusted. With one batch nothing is changed.</item>
/// <item>A column that is constant in a batch, or without a value in one, is left as it is, as sva does.</item>
/// <item>Missing values (NaN) take no part in the fit and stay missing (sva divides the pooled variance by n − 1 then; here always by n).</item>
/// <item>Rows of a batch that no training row was of, as every row held out by leave-one-site-out is: <c>leave</c>, the default, scores them as
/// they were measured; <c>standardise</c> estimates location and scale of that batch from its rows in the table that is scored, at least two
/// (their endpoint is not needed, but a row's result then depends on the others), shrunk by what the training batches were like;
/// <c>refuse</c> makes them an error. Rows without a batch are left as they are, or refused.</item>
/// </list>
/// </summary>
public sealed class ComBat(OptionValues options) : ITransformLearner
{
    internal const string RegistryName = "combat";

    internal static readonly RegistryEntry Entry = new(
        RegistryName, RegistryKind.Transform, "Takes differences of location and scale between sites or scanners out of columns, by empirical Bayes.",
    [
        new("batch", OptionType.String, "site", null, null, null, "The row attribute that names the batch."),
        new("prefix", OptionType.String, "", null, null, null, "Beginning of the names of the columns that are harmonised; all columns if not given."),
        new("covariates", OptionType.String, "", null, null, null, "Columns whose effect is kept, separated by commas; never the endpoint."),
        new("parametric", OptionType.Boolean, true, null, null, null, "Parametric priors, or those that the columns themselves show."),
        new("mean_only", OptionType.Boolean, false, null, null, null, "Adjust location alone and leave scale."),
        new("new_batch", OptionType.String, "leave", null, null, ["leave", "standardise", "refuse"], "What is done with rows of a batch that was not in training."),
    ]);

    private readonly string batch = options.String("batch");
    private readonly string prefix = options.String("prefix");
    private readonly string[] covariates = options.String("covariates").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    private readonly bool parametric = options.Boolean("parametric");
    private readonly bool meanOnly = options.Boolean("mean_only");
    private readonly string newBatch = options.String("new_batch");

    public string Name => RegistryName;

    /// <exception cref="BadInputException">
    /// <c>learning.no_batch</c>: the table has no such attribute; <c>learning.combat_confounded</c>: covariates are told by batch or each other.
    /// </exception>
    public IFittedTransform Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        var predictors = training.Predictors;
        var labels = FittedComBat.Labels(predictors, batch);
        string[] batches = [.. labels.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var batchOfRow = new int[predictors.RowCount];
        for (var r = 0; r < batchOfRow.Length; r++)
            batchOfRow[r] = labels[r] is { } label ? Array.IndexOf(batches, label) : -1;
        int[] changed = [.. Enumerable.Range(0, predictors.ColumnCount).Where(c => predictors.Columns[c].StartsWith(prefix, StringComparison.Ordinal) && !covariates.Contains(predictors.Columns[c], StringComparer.Ordinal))];
        var design = new CombatDesign(predictors, covariates, batchOfRow, batches.Length);
        var columns = new CombatColumn[predictors.ColumnCount];
        foreach (var c in changed)
        {
            cancel.ThrowIfCancellationRequested();
            columns[c] = design.Standardise(c, predictors.Columns[c]);
        }
        CombatPrior? prior = null;
        if (batches.Length > 1)
        {
            CombatColumn[] active = [.. changed.Select(c => columns[c]).Where(c => c.Scale > 0)];
            for (var b = 0; b < batches.Length; b++)
                CombatShrinkage.Shrink(active, b, parametric, meanOnly, cancel);
            prior = CombatPrior.Of(active, batches.Length, meanOnly);
        }
        return new FittedComBat(
            new(batch, newBatch, meanOnly, batches, prior, covariates, design.CovariateMeans),
            [.. predictors.Columns],
            [.. Enumerable.Range(0, columns.Length).Select(c => columns[c] ?? CombatColumn.Left(batches.Length, covariates.Length))],
            Subjects.Of(predictors.Rows));
    }
}
