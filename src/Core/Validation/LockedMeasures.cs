using System.Globalization;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>Measures of a locked model's scores, with intervals by drawing the patients again: the model stays as it is.</summary>
/// <param name="cutOff">Of the score, fixed when the model was locked; null where it has none.</param>
internal sealed class LockedMeasures(LockedScores scores, double? cutOff, double level)
{
    private const int Samples = 1000;
    private const double LeastShareOfValues = 0.9;
    private const ulong Seed = 1;

    private readonly HeldOut own = Part(scores, [.. Enumerable.Repeat(1.0, scores.Rows.Count)], cutOff);
    private readonly Lazy<HeldOut[]> samples = new(() =>
    {
        var subjects = Subjects.Group(scores.Rows);
        return [.. Enumerable.Range(0, Samples).Select(sample => Part(scores, Draw(scores, subjects, sample), cutOff))];
    });

    /// <summary>The values that exist, in order; of those that do not there is a warning.</summary>
    public IEnumerable<Estimate> Estimates(IEnumerable<Measure> measures, IReadOnlyList<double> horizons, List<string> warnings)
    {
        foreach (var measure in measures.Where(m => !m.FigureOnly))
        {
            foreach (var parameter in EstimateList.Parameters(measure, scores.Endpoint, horizons))
            {
                var (value, interval) = ValueOf(measure, parameter);
                var estimate = EstimateList.With(new(measure.Name, "external", EstimateRole.Unseen, value, interval), measure, scores.Endpoint, parameter);
                if (double.IsFinite(value))
                    yield return estimate;
                else
                    warnings.Add($"There is no {measure.Title}{(estimate.Class is null ? "" : $" of class '{estimate.Class}'")} of these cases.");
            }
        }
    }

    /// <summary>The value, NaN where it does not exist, and the percentiles over the samples; null where more than a tenth of these have none.</summary>
    public (double Value, Interval? Interval) ValueOf(Measure measure, double parameter)
    {
        if (measure.From is { } from)
            return from.Apply(ValueOf(MeasureRegistry.Named(measure.Kind, from.Measure), parameter), scores.Endpoint);
        var value = measure.Of([own], parameter);
        return (value, double.IsFinite(value) ? Percentiles([.. samples.Value.Select(s => measure.Of([s], parameter))]) : null);
    }

    private static double[] Draw(LockedScores scores, IReadOnlyList<SubjectRows> subjects, int sample)
    {
        var random = new DeterministicRandom(DeterministicRandom.Derive(Seed, "locked", sample));
        var weights = new double[scores.Rows.Count];
        for (var draw = 0; draw < subjects.Count; draw++)
        {
            foreach (var row in subjects[random.NextInt(subjects.Count)].Rows)
                weights[row]++;
        }
        return weights;
    }

    /// <summary>The rows drawn, as often as they were.</summary>
    private static HeldOut Part(LockedScores scores, double[] weights, double? cutOff)
    {
        int[] rows = [.. Enumerable.Range(0, weights.Length).Where(r => weights[r] > 0)];
        var predictions = Predictions.Of(
            scores.Predictions.Kind, scores.Predictions.Width, [.. rows.SelectMany(r => scores.Predictions.Row(r).ToArray())], scores.Predictions.Times);
        return new HeldOut(
            scores.Endpoint.SelectRows(rows), predictions, [.. rows.Select(r => weights[r])], cutOff,
            () => scores.Endpoint.SelectRows([.. rows.SelectMany(r => Enumerable.Repeat(r, (int)weights[r]))]));
    }

    private Interval? Percentiles(double[] values)
    {
        var finite = Array.FindAll(values, double.IsFinite);
        if (finite.Length < LeastShareOfValues * values.Length)
            return null;
        Array.Sort(finite);
        return new(
            Quantiles.SortedQuantile(finite, (1 - level) / 2), Quantiles.SortedQuantile(finite, (1 + level) / 2), level,
            string.Create(CultureInfo.InvariantCulture, $"bootstrap of the patients, {Samples} samples, percentiles; the model as it is"));
    }
}
