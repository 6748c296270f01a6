using System.Globalization;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Statistics;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Service.Exchanges;

/// <summary>
/// From the performance of a locked model on a partner's cohort to what the owner may see. What tells of single cases is never in it,
/// whatever is agreed: the ROC curve (its steps are the ranks of single cases), the smoothed calibration curve (it ends at the lowest and
/// the highest prediction), warnings and methods (free text), and digits past the third decimal (from exact sums over few cases a case can be
/// had back). Calibration groups are joined with their neighbours until each has the smallest count of events and of non-events.
/// </summary>
public static class AggregateMaker
{
    private const int Decimals = 3;
    private const double Level = 0.95;

    /// <summary>The leading measure of each kind of endpoint, and the Brier score of a binary one.</summary>
    public static IReadOnlyList<string> PerformanceMeasures { get; } =
        [.. new[] { "auc", "brier", "brier_scaled" }.Concat(Enum.GetValues<EndpointKind>().Select(kind => MeasureRegistry.Leading(kind).Name)).Distinct(StringComparer.Ordinal)];

    public static IReadOnlyList<string> CalibrationMeasures { get; } = ["calibration_in_the_large", "calibration_slope"];

    /// <param name="models">The locked models that were scored: only their names are taken over.</param>
    /// <param name="admitted">Cases that the intake let in.</param>
    public static AgreedAggregates Make(PerformanceDocument performance, ModelDocument models, Exchange exchange, int admitted)
    {
        ArgumentNullException.ThrowIfNull(performance);
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(exchange);
        var terms = exchange.Terms;
        var withheld = new List<string>();
        var scored = models.Models
            .Select(locked => (Locked: locked, Performance: performance.Models.FirstOrDefault(m => m.PredictorSet == locked.Set && m.Model == locked.ModelName)))
            .Where(pair => pair.Performance is not null).Select(pair => (pair.Locked, Performance: pair.Performance!)).ToList();
        if (scored.Count == 0)
            throw new InvalidOperationException("The performance is of none of the locked models.");
        var first = scored[0].Performance;
        // Two figures over nearly the same cases tell what the few between them are.
        var comparable = scored.Where(pair => pair.Performance.Cases == first.Cases && pair.Performance.Events == first.Events).ToList();
        if (comparable.Count < scored.Count)
            withheld.Add("Predictor sets that were scored on other cases than the first are left out: the difference would tell of single cases.");
        var hasEvents = first.Kind is EndpointKind.Binary or EndpointKind.Survival;
        // A figure over pairs of classes tells of the single case of a class; documents that do not say how many there are say too little.
        var fewest = hasEvents ? Math.Min(first.Events, first.Cases - first.Events) : first.Kind is EndpointKind.Multiclass ? first.RarestClass ?? 0 : first.Cases;
        var few = fewest < terms.SmallestCount;
        if (few && (terms.Performance || terms.Calibration))
            withheld.Add(hasEvents
                ? Sentence($"Performance and calibration are left out: fewer than {terms.SmallestCount} cases had the event, or had not.")
                : first.Kind is EndpointKind.Multiclass
                    ? Sentence($"Performance is left out: fewer than {terms.SmallestCount} cases are of one of the classes.")
                    : Sentence($"Performance is left out: there are fewer than {terms.SmallestCount} cases."));
        return new(
            AgreedAggregates.CurrentSchema, exchange.Id, exchange.Submission.Number, exchange.Partner, exchange.Model,
            scored[0].Locked.Model.EndpointName, terms,
            few ? [] : [.. comparable.Select(pair => Model(pair.Locked, pair.Performance, terms, withheld))],
            terms.Counts ? Counts(first, admitted, few || !hasEvents, terms.SmallestCount, withheld) : null,
            withheld);
    }

    private static AgreedModel Model(LockedSet locked, ModelPerformance performance, ExchangeTerms terms, List<string> withheld)
    {
        var groups = terms.Calibration ? Groups(performance.CalibrationGroups, terms.SmallestCount) : [];
        if (terms.Calibration && groups.Count == 0 && performance.Kind is EndpointKind.Binary)
            withheld.Add(Sentence($"Calibration groups of '{locked.Set}' are left out: the cases do not make two groups of {terms.SmallestCount} with and {terms.SmallestCount} without the event."));
        string[] agreed = [.. terms.Performance ? PerformanceMeasures : [], .. terms.Calibration ? CalibrationMeasures : []];
        return new(
            locked.Set, locked.ModelName,
            [.. agreed.Select(measure => Estimate(measure, performance)).OfType<AgreedEstimate>()],
            groups);
    }

    private static AgreedEstimate? Estimate(string measure, ModelPerformance performance)
    {
        var found = performance.Estimates.FirstOrDefault(e => e.Measure == measure && e.Class is null && e.Role == EstimateRole.Unseen && double.IsFinite(e.Value));
        if (found is null)
            return null;
        var interval = found.Interval is { } i && double.IsFinite(i.Low) && double.IsFinite(i.High) ? i : null;
        return new(
            measure, Rounded(found.Value), interval is null ? null : Rounded(interval.Low), interval is null ? null : Rounded(interval.High),
            interval is null ? null : Rounded(interval.Level));
    }

    private static List<AgreedCalibrationGroup> Groups(IReadOnlyList<CalibrationGroup> narrow, int smallest)
    {
        var joined = new List<(int Cases, int Events, double Predicted)>();
        var (cases, events, predicted) = (0, 0, 0.0);
        foreach (var group in narrow)
        {
            cases += group.Count;
            events += (int)Math.Round(group.Observed * group.Count);
            predicted += group.MeanPredicted * group.Count;
            if (Math.Min(events, cases - events) < smallest)
                continue;
            joined.Add((cases, events, predicted));
            (cases, events, predicted) = (0, 0, 0.0);
        }
        if (cases > 0 && joined.Count > 0)
            joined[^1] = (joined[^1].Cases + cases, joined[^1].Events + events, joined[^1].Predicted + predicted);
        return joined.Count < 2 ? [] : joined.ConvertAll(group =>
        {
            var (low, high) = Proportion.Wilson(group.Events, group.Cases, Level);
            return new AgreedCalibrationGroup(
                group.Cases, Rounded(group.Predicted / group.Cases), Rounded((double)group.Events / group.Cases), Rounded(low), Rounded(high), Level);
        });
    }

    private static AgreedCounts? Counts(ModelPerformance performance, int admitted, bool withoutEvents, int smallest, List<string> withheld)
    {
        if (performance.Cases < smallest)
        {
            withheld.Add(Sentence($"Counts are left out: fewer than {smallest} cases were analysed."));
            return null;
        }
        return new(
            performance.Cases, withoutEvents ? null : performance.Events, IntakeCounts.AtLeast(Math.Max(0, admitted - performance.Cases), smallest));
    }

    private static double Rounded(double value) => Math.Round(value, Decimals);

    private static string Sentence(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
