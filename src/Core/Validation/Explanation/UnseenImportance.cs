using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>What permuting each column costs in one resample.</summary>
/// <param name="Before">The leading measure as it is; null for a failed resample.</param>
/// <param name="Growths">Growth of the loss by column; a column that no model of the resample reads is not in it.</param>
/// <param name="NotPermuted">Columns that models read and that were too many to be permuted.</param>
internal sealed record ResampleImportance(int Outer, int Resample, double? Before, IReadOnlyDictionary<string, double> Growths, int NotPermuted);

/// <summary>
/// Permutation importance (Breiman 2001; Fisher, Rudin and Dominici, JMLR 2019, 20:177) on held-out rows and no others: a row that a model has seen
/// throws. The loss is 1 − the leading measure of the endpoint, so that growths are in the unit in which the report gives the model's worth; a
/// deviance would be another unit, and without bound where a model is sure and wrong. Source columns are permuted, before anything is encoded.
/// </summary>
internal static class UnseenImportance
{
    /// <summary>Of a model that reads more, only the columns are permuted that its last step uses under the same name, if these are no more.</summary>
    public const int MostColumns = 300;

    private const string Purpose = "permutation importance";
    private static readonly Dictionary<string, double> Nothing = [];

    /// <param name="learner">The whole procedure.</param>
    /// <param name="predictors">The rows of the plan.</param>
    public static ResampleImportance Of(
        ResamplingPlan plan, IModelLearner learner, Predictors predictors, ExplainedResample resample, int repeats, CancellationToken cancel)
    {
        var parts = new List<UnseenPart>();
        try
        {
            foreach (var unit in resample.Units)
            {
                cancel.ThrowIfCancellationRequested();
                var split = plan.Split(unit);
                if (split.HeldOutRows.Length == 0)
                    continue;
                var endpoint = plan.EndpointOf(unit);
                var model = ResampleRunner.Fit(learner, predictors, endpoint, split, cancel);
                parts.Add(new(
                    model, predictors.SelectRows(split.HeldOutRows), endpoint.SelectRows(split.HeldOutRows), split.HeldOutWeights,
                    endpoint.SelectRows(split.TrainingRows), plan.Times, DeterministicRandom.Derive(plan.Seed, Purpose, unit.Index)));
            }
            return Judge(MeasureRegistry.Leading(plan.Endpoint.Kind), parts, resample, repeats, cancel);
        }
        catch (BadInputException e) when (e.Code is "learning.rows_seen")
        {
            throw new InvalidOperationException("Importance was judged on rows that the model had seen: a leak, and never data.", e);
        }
        catch (Exception e) when (e is BadInputException or StudyFailedException)
        {
            return new(resample.Outer, resample.Resample, null, Nothing, 0);
        }
    }

    private static ResampleImportance Judge(Measure measure, List<UnseenPart> parts, ExplainedResample resample, int repeats, CancellationToken cancel)
    {
        var before = measure.Of([.. parts.Select(p => p.AsIs)], double.NaN);
        if (!double.IsFinite(before))
            return new(resample.Outer, resample.Resample, null, Nothing, 0);
        var growths = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var column in parts.SelectMany(p => p.Permutable).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var sum = 0.0;
            for (var repeat = 0; repeat < repeats; repeat++)
            {
                cancel.ThrowIfCancellationRequested();
                var after = measure.Of([.. parts.Select(p => p.Permuted(column, repeat))], double.NaN);
                // Of every leading measure more is better.
                sum += before - after;
            }
            growths[column] = sum / repeats;
        }
        return new(resample.Outer, resample.Resample, before, growths, parts.Sum(p => p.NotPermuted));
    }
}

/// <summary>A model and rows that it has not seen.</summary>
internal sealed class UnseenPart
{
    private readonly IFittedModel model;
    private readonly Predictors rows;
    private readonly Endpoint outcome;
    private readonly double[] weights;
    private readonly Endpoint training;
    private readonly IReadOnlyList<double> times;
    private readonly ulong seed;
    private readonly Dictionary<string, int> places;

    /// <exception cref="BadInputException"><c>learning.rows_seen</c>: the model has seen one of the rows.</exception>
    public UnseenPart(
        IFittedModel model, Predictors rows, Endpoint outcome, double[] weights, Endpoint training, IReadOnlyList<double> times, ulong seed)
    {
        (this.model, this.outcome, this.weights, this.training, this.times, this.seed) = (model, outcome, weights, training, times, seed);
        this.rows = rows.SelectColumns(rows.IndexesOf(model.Columns));
        AsIs = Score(this.rows);
        var used = model.Columns;
        if (used.Count > UnseenImportance.MostColumns)
            used = [.. used.Intersect(model.Selected, StringComparer.Ordinal)];
        Permutable = used.Count > UnseenImportance.MostColumns ? [] : used;
        NotPermuted = model.Columns.Count - Permutable.Count;
        var permutable = Permutable.ToHashSet(StringComparer.Ordinal);
        places = Enumerable.Range(0, this.rows.ColumnCount).Where(c => permutable.Contains(this.rows.Columns[c]))
            .ToDictionary(c => this.rows.Columns[c], StringComparer.Ordinal);
    }

    public HeldOut AsIs { get; }

    public IReadOnlyList<string> Permutable { get; }

    public int NotPermuted { get; }

    /// <summary>With the values of a column permuted; as it is where the model does not read it.</summary>
    public HeldOut Permuted(string column, int repeat) =>
        places.TryGetValue(column, out var place) ? Score(PermutationImportance.Permuted(rows, place, seed, repeat)) : AsIs;

    private HeldOut Score(Predictors table)
    {
        var predicted = UnseenPredictions.Make(model, table, times).Predictions;
        PredictionChecks.Require(predicted, outcome, times);
        return new HeldOut(outcome, predicted, weights, null, () => training);
    }
}
