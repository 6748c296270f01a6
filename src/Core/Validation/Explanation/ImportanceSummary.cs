using System.Globalization;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>
/// From the growths of all resamples to a table. A column that a resample's models do not read costs nothing there: the mean is what the column is worth to
/// the procedure, choice of columns included. The interval is of the two-stage bootstrap of the whole procedure where the study has outer samples; else there
/// is only the spread over resamples of the same cases, which says nothing of other cohorts.
/// </summary>
internal static class ImportanceSummary
{
    public const int Most = 50;
    private const int FewestForSpread = 10;

    /// <param name="results">Of all <see cref="ExplainedResamples"/>, in any order.</param>
    /// <returns>The table, null where no resample has a value, and what must be said beside it.</returns>
    public static (ImportanceTable? Table, IReadOnlyList<string> Notes) Make(ResamplingPlan plan, IReadOnlyList<ResampleImportance> results, int repeats)
    {
        var own = results.Where(r => r.Outer < 0 && r.Before is not null).OrderBy(r => r.Resample).ToList();
        if (own.Count == 0)
            return (null, ["No resample gave a value from which the importance of a predictor could be told."]);
        var outer = results.Where(r => r.Outer >= 0).GroupBy(r => r.Outer).OrderBy(g => g.Key).Select(g => g.OrderBy(r => r.Resample).ToList()).ToList();
        var rows = own.SelectMany(r => r.Growths.Keys).Distinct(StringComparer.Ordinal).Select(column => Row(plan, column, own, outer))
            .OrderByDescending(r => r.Growth).ThenBy(r => r.Column, StringComparer.Ordinal).ToList();
        var table = new ImportanceTable(
            MeasureRegistry.Leading(plan.Endpoint.Kind).Name, ExplainedResamples.Leading(plan).Name, own.Count, results.Count(r => r.Before is null), repeats,
            own.Average(r => r.Before!.Value), [.. rows.Take(Most)], Math.Max(0, rows.Count - Most));
        var crowded = results.Count(r => r.NotPermuted > 0);
        return (table, crowded == 0 ? [] :
        [
            string.Create(CultureInfo.InvariantCulture, $"In {crowded} of {results.Count} resamples the model read more than {UnseenImportance.MostColumns} columns; of these only those that it chose by name were permuted, if they were no more."),
        ]);
    }

    private static ImportanceRow Row(ResamplingPlan plan, string column, List<ResampleImportance> own, List<List<ResampleImportance>> outer)
    {
        double[] growths = [.. own.Select(r => Growth(r, column))];
        var mean = Moments.Mean(growths);
        double[][] byOuter = [.. outer.Select(o => o.Select(r => Growth(r, column)).ToArray())];
        return new(column, mean, Interval(plan, mean, growths, byOuter), Spread(plan, growths), own.Count(r => r.Growths.ContainsKey(column)) / (double)own.Count);
    }

    private static double Growth(ResampleImportance resample, string column) =>
        resample.Before is null ? double.NaN : resample.Growths.GetValueOrDefault(column);

    private static Interval? Interval(ResamplingPlan plan, double mean, double[] growths, double[][] byOuter)
    {
        var scheme = ExplainedResamples.Leading(plan);
        var inner = scheme.Own switch
        {
            ResampleKind.Bootstrap => string.Create(CultureInfo.InvariantCulture, $"{ExplainedResamples.Inner(plan)} bootstrap samples"),
            ResampleKind.CrossValidation => string.Create(CultureInfo.InvariantCulture, $"{plan.Options.Folds} folds"),
            _ => null,
        };
        return byOuter.Length == 0 ? null : ResamplingIntervals.Symmetric(
            mean, growths, byOuter, plan, inner, double.NegativeInfinity, double.PositiveInfinity,
            scheme.Own == ResampleKind.Bootstrap ? ResamplingIntervals.Subtracted : "inner Monte Carlo variance not subtracted");
    }

    private static Interval? Spread(ResamplingPlan plan, double[] growths)
    {
        if (growths.Length < FewestForSpread)
            return null;
        double[] sorted = [.. growths.Order()];
        return new Interval(
            Quantiles.SortedQuantile(sorted, (1 - plan.Options.Level) / 2), Quantiles.SortedQuantile(sorted, (1 + plan.Options.Level) / 2), plan.Options.Level,
            string.Create(CultureInfo.InvariantCulture, $"percentiles over {growths.Length} resamples of the same cases, no confidence interval"));
    }
}
