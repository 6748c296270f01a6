using System.Globalization;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>
/// The nomogram of a locked regression with its ranges taken from the training cases (see <see cref="RoundValues"/>). It is given only where the weighted
/// sum of the columns reproduces what the model itself predicts.
/// </summary>
internal static class NomogramTables
{
    /// <summary>With more axes nobody reads one.</summary>
    public const int MostAxes = 12;

    private const double Tolerance = 1e-6;
    private const string NoSum = "The locked model is not a weighted sum of its columns as they are in the table (some are transformed): no nomogram.";
    private static readonly double[] Probabilities = [0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99];

    /// <summary>Null where there is none, and why.</summary>
    public static (NomogramTable? Table, string? Note) Make(LockedModel locked, Predictors predictors, ResamplingPlan plan)
    {
        if (locked.EndpointKind is EndpointKind.Multiclass)
            return (null, null);
        if (locked is not { Coefficients: { } coefficients, Intercept: { } intercept })
            return (null, locked.Pipeline.Model is ILinearModel ? NoSum : null);
        if (locked.EndpointKind is EndpointKind.Survival && locked.Baseline is null)
            return (null, null);
        if (coefficients.Count is 0 or > MostAxes)
            return (null, coefficients.Count == 0 ? "The locked model has no weight: there is nothing to make a nomogram of." : Text($"The locked model has {coefficients.Count} weights; a nomogram of more than {MostAxes} axes is not drawn."));
        var encoded = Encoded(locked, predictors);
        var difference = Difference(locked, new(intercept, coefficients), predictors, encoded, plan.Horizons);
        // Also NaN, where no case is complete.
        if (!(difference <= Tolerance))
            return (null, NoSum);
        var ranges = coefficients.ToDictionary(c => c.Column, c => RangeOf(predictors, encoded, c.Column), StringComparer.Ordinal);
        if (!coefficients.Any(c => c.Value != 0 && ranges[c.Column].High > ranges[c.Column].Low))
            return (null, "No weight of the locked model changes anything over the range of its column: no nomogram.");
        var nomogram = Nomogram.Of(new WeightedSum(intercept, coefficients), ranges);
        var most = nomogram.Axes.Sum(a => Math.Max(a.PointsAtLow, a.PointsAtHigh));
        var step = RoundValues.Step(most / 20);
        var values = Values(locked, nomogram, plan.Horizons);
        return (new(
            [.. nomogram.Axes.Select(a => new NomogramScale(a.Column, Marks(a, predictors, encoded)))], nomogram.PointsPerUnit, nomogram.LinearPredictorAtZero, most,
            Outcomes(locked, nomogram, plan, most),
            [.. Enumerable.Range(0, (int)Math.Ceiling(most / step) + 1).Select(k => RoundValues.Multiple(k, step)).Select(t => new NomogramTotal(t, nomogram.LinearPredictor(t), values(t)))],
            difference), null);
    }

    private sealed record WeightedSum(double Intercept, IReadOnlyList<Coefficient> Coefficients) : ILinearModel;

    /// <summary>The table as the weights see it: categorical columns as scores and indicators.</summary>
    private static Predictors Encoded(LockedModel locked, Predictors predictors)
    {
        var steps = locked.Pipeline.Steps.ToList();
        var current = predictors;
        foreach (var step in steps.Take(steps.FindIndex(s => s is FittedEncoding) + 1))
            current = step.Apply(current);
        return current;
    }

    /// <summary>Greatest difference of the weighted sum, put through the link, from the model's predictions; NaN without a complete case.</summary>
    private static double Difference(LockedModel locked, WeightedSum sum, Predictors predictors, Predictors encoded, IReadOnlyList<double> times)
    {
        var predicted = locked.Predict(predictors, times);
        var at = encoded.IndexesOf([.. sum.Coefficients.Select(c => c.Column)]);
        var (greatest, scale) = (double.NaN, locked.EndpointKind is EndpointKind.Continuous ? Math.Max(1, Math.Sqrt(Moments.PopulationVariance(predicted.Scores()))) : 1);
        for (var r = 0; r < encoded.RowCount; r++)
        {
            var linear = sum.Intercept;
            for (var k = 0; k < at.Length; k++)
                linear += sum.Coefficients[k].Value * encoded.Column(at[k])[r];
            if (double.IsNaN(linear))
                continue;
            var row = predicted.Row(r);
            var of = locked.EndpointKind switch
            {
                EndpointKind.Binary => Math.Abs(row[0] - LogisticRecalibration.Expit(linear)),
                EndpointKind.Continuous => Math.Abs(row[0] - linear) / scale,
                _ => Math.Max(Math.Abs(row[0] - linear), times.Count == 0 ? 0 : Math.Abs(row[times.Count] - locked.Baseline!.Survival(times[^1], linear))),
            };
            greatest = double.IsNaN(greatest) ? of : Math.Max(greatest, of);
        }
        return greatest;
    }

    private static (double Low, double High) RangeOf(Predictors predictors, Predictors encoded, string column)
    {
        var values = encoded.Column(encoded.IndexesOf([column])[0]);
        if (!IsScore(predictors, column))
            return RoundValues.Range(values);
        var present = Array.FindAll(values.ToArray(), double.IsFinite);
        return present.Length == 0 ? (0, 0) : (present.Min(), present.Max());
    }

    private static bool IsScore(Predictors predictors, string column) => predictors.Categories.ContainsKey(column) && predictors.Columns.Contains(column, StringComparer.Ordinal);

    private static IReadOnlyList<NomogramMark> Marks(NomogramAxis axis, Predictors predictors, Predictors encoded)
    {
        if (IsScore(predictors, axis.Column))
        {
            var (codes, scores) = (predictors.Column(predictors.IndexesOf([axis.Column])[0]).ToArray(), encoded.Column(encoded.IndexesOf([axis.Column])[0]).ToArray());
            return [.. codes.Zip(scores).Where(p => double.IsFinite(p.Second)).DistinctBy(p => p.Second).OrderBy(p => p.Second)
                .Select(p => new NomogramMark(p.Second, predictors.Categories[axis.Column].Levels[(int)p.First], axis.Points(p.Second)))];
        }
        if (!predictors.Columns.Contains(axis.Column, StringComparer.Ordinal))
            return [new(0, "no", axis.Points(0)), new(1, "yes", axis.Points(1))];
        var values = encoded.Column(encoded.IndexesOf([axis.Column])[0]).ToArray();
        var two = values.Where(double.IsFinite).Distinct().Take(3).Count() <= 2;
        return [.. (two ? [axis.Low, axis.High] : RoundValues.Ticks(axis.Low, axis.High, 6)).Select(v => new NomogramMark(v, Number(v), axis.Points(v)))];
    }

    private static Func<double, double[]> Values(LockedModel locked, Nomogram nomogram, IReadOnlyList<double> horizons) => locked.EndpointKind switch
    {
        EndpointKind.Binary => total => [nomogram.Probability(total)],
        EndpointKind.Continuous => total => [nomogram.LinearPredictor(total)],
        _ => total => [.. horizons.Select(h => nomogram.Survival(total, locked.Baseline!, h))],
    };

    private static IReadOnlyList<NomogramOutcome> Outcomes(LockedModel locked, Nomogram nomogram, ResamplingPlan plan, double most)
    {
        var names = DependenceTables.Outcomes(plan);
        double Total(double linear) => (linear - nomogram.LinearPredictorAtZero) * nomogram.PointsPerUnit;
        NomogramOutcome Of(string name, IEnumerable<double> values, Func<double, double> linear) =>
            new(name, [.. values.Select(v => new NomogramMark(v, Number(v), Total(linear(v)))).Where(m => m.Points >= -1e-9 && m.Points <= most + 1e-9).OrderBy(m => m.Points)]);
        return locked.EndpointKind switch
        {
            EndpointKind.Binary => [Of(names[0], Probabilities, LogisticRecalibration.Logit)],
            EndpointKind.Continuous => [Of(names[0], RoundValues.Ticks(nomogram.LinearPredictor(0), nomogram.LinearPredictor(most), 8), v => v)],
            // A baseline of no hazard up to a horizon says 1 for everybody.
            _ => [.. plan.Horizons.Select((h, k) => (Hazard: locked.Baseline!.At(h), Name: names[k])).Where(o => o.Hazard > 0)
                .Select(o => Of(o.Name, Probabilities, s => Math.Log(-Math.Log(s) / o.Hazard)))],
        };
    }

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture).Replace('-', '−');

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
