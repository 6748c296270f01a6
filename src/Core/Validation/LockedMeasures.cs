using System.Globalization;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>Every measure of a locked model's scores, with intervals by drawing the patients again: the model stays as it is.</summary>
internal static class LockedMeasures
{
    private const int Samples = 1000;
    private const double LeastShareOfValues = 0.9;
    private const ulong Seed = 1;

    /// <summary>Every measure of the endpoint.</summary>
    public static List<Estimate> Estimates(LockedScores scores, IReadOnlyList<double> horizons, double level, List<string> warnings) =>
        Estimates(scores, MeasureRegistry.Of(scores.Endpoint.Kind), null, horizons, level, warnings);

    /// <summary>What a binary endpoint's decisions at a cut-off are worth.</summary>
    public static List<Estimate> AtCutOff(LockedScores scores, double cutOff, double level, List<string> warnings) =>
        Estimates(scores, ThresholdMeasureEntries.All, cutOff, [], level, warnings);

    private static List<Estimate> Estimates(
        LockedScores scores, IReadOnlyList<Measure> measures, double? cutOff, IReadOnlyList<double> horizons, double level, List<string> warnings)
    {
        var subjects = Subjects.Group(scores.Rows);
        var own = Part(scores, [.. Enumerable.Repeat(1.0, scores.Rows.Count)], cutOff);
        HeldOut[] samples = [.. Enumerable.Range(0, Samples).Select(sample => Part(scores, Draw(scores, subjects, sample), cutOff))];
        var estimates = new List<Estimate>();
        foreach (var measure in measures.Where(m => !m.FigureOnly))
        {
            IReadOnlyList<double> parameters = measure.Parameter == MeasureParameter.Horizon ? horizons : [double.NaN];
            foreach (var parameter in parameters)
            {
                var value = measure.Of([own], parameter);
                if (!double.IsFinite(value))
                {
                    warnings.Add($"There is no {measure.Title} of these cases.");
                    continue;
                }
                var interval = Percentiles([.. samples.Select(s => measure.Of([s], parameter))], level);
                estimates.Add(new(measure.Name, "external", EstimateRole.Unseen, value, interval) { Horizon = double.IsFinite(parameter) ? parameter : null });
            }
        }
        return estimates;
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

    private static Interval? Percentiles(double[] values, double level)
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
