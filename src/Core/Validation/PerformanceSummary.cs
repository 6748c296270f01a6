using System.Globalization;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>
/// From all results of a plan to what the model is worth: a pure function, the same whatever the chunks were.
/// <list type="bullet">
/// <item><c>out_of_bag</c>: mean over bootstrap samples of the AUC (Brier score) of the sample's model on the subjects left out. Not pooled over
/// samples, since a left-out case also lowers the share of its class in the training set, which pooling would turn into a bias below ½.</item>
/// <item><c>nested_cv</c>: per repeat, the share of rightly ordered pairs among the pairs within a fold (ties ½; Brier: mean over cases);
/// then the mean over repeats. Pairs across folds, of different models, are not compared, for the same reason.</item>
/// <item><c>harrell</c>, <c>632</c>, <c>632+</c>: see <see cref="OptimismCorrection"/>.</item>
/// <item>Calibration in the large and slope: logistic recalibration of all held-out predictions together, each resample weighing the same.</item>
/// </list>
/// </summary>
public static class PerformanceSummary
{
    private const int RocGridIntervals = 100;
    private const double MostFailures = 0.1;

    /// <param name="results">All results of the plan, in any order.</param>
    /// <exception cref="ArgumentException">A result is missing, comes twice or is not of the plan.</exception>
    /// <exception cref="StudyFailedException">The fit of all rows, or more than a tenth of the fits, failed.</exception>
    public static ModelPerformance Summarise(ModelDescription description, ResamplingPlan plan, IReadOnlyList<ResampleResult> results)
    {
        ArgumentNullException.ThrowIfNull(description);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(results);
        var scores = new ResampleScores(plan, results);
        var warnings = StudySize.Warnings(plan.Rows.Count, plan.RarerClassSubjects, description.CandidatePredictors).ToList();
        WarnOfFailures(scores, warnings);
        WarnOfEmptyModels(scores, warnings);
        var exceed = description.CandidatePredictors > plan.Rows.Count;
        var caseMeans = scores.CaseMeans();
        int[] held = [.. Enumerable.Range(0, caseMeans.Length).Where(r => double.IsFinite(caseMeans[r]))];
        double[] probabilities = [.. held.Select(r => caseMeans[r])];
        var outcomes = scores.Outcomes(held);
        return new ModelPerformance(
            description.PredictorSet,
            description.Model,
            plan.Rows.Count,
            plan.Endpoint.EventCount,
            description.CandidatePredictors,
            scores.ByUnit[0].Selected.Count,
            exceed,
            EstimateList.Make(scores, plan, exceed),
            [.. RocCurve.Compute(probabilities, outcomes).Select(p => new CurvePoint(p.FalsePositiveRate, p.TruePositiveRate))],
            CalibrationFigures.Smooth(probabilities, outcomes),
            CalibrationFigures.Groups(probabilities, outcomes, plan.Options.Level),
            Selection(scores, description),
            warnings)
        {
            RocAveraged = AveragedRoc(scores),
        };
    }

    private static void WarnOfFailures(ResampleScores scores, List<string> warnings)
    {
        var failures = scores.ByUnit.Where(r => r.Failure is not null).ToArray();
        if (scores.ByUnit[0].Failure is { } failure)
            throw new StudyFailedException("validation.fit_failed", failure);
        if (failures.Length > MostFailures * scores.ByUnit.Count)
        {
            throw new StudyFailedException(
                "validation.fits_failed", Text($"{failures.Length} of {scores.ByUnit.Count} fits failed, the first with: {failures[0].Failure}"));
        }
        if (failures.Length > 0)
            warnings.Add(Text($"{failures.Length} of {scores.ByUnit.Count} fits failed and are left out, the first with: {failures[0].Failure}"));
    }

    private static void WarnOfEmptyModels(ResampleScores scores, List<string> warnings)
    {
        var fits = SelectionFits(scores);
        var empty = fits.Count(r => r.Selected.Count == 0);
        if (empty * 10 >= fits.Length)
            warnings.Add(Text($"In {empty} of {fits.Length} resamples the model used no predictor at all; its AUC there is one half by definition."));
    }

    private static List<SelectionFrequency> Selection(ResampleScores scores, ModelDescription description)
    {
        var fits = SelectionFits(scores);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in fits.SelectMany(f => f.Selected))
            counts[name] = counts.GetValueOrDefault(name) + 1;
        foreach (var name in description.LockedCoefficients.Keys)
            counts.TryAdd(name, 0);
        return
        [
            .. counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => new SelectionFrequency(
                c.Key,
                (double)c.Value / fits.Length,
                description.LockedCoefficients.TryGetValue(c.Key, out var coefficient) ? coefficient : null)),
        ];
    }

    private static ResampleResult[] SelectionFits(ResampleScores scores)
    {
        ResampleResult[] bootstrap = [.. scores.Of(ResampleKind.Bootstrap).Select(r => r.Result).Where(r => r.Failure is null)];
        return bootstrap.Length > 0 ? bootstrap : [.. scores.Of(ResampleKind.CrossValidation).Select(r => r.Result).Where(r => r.Failure is null)];
    }

    private static List<CurvePoint> AveragedRoc(ResampleScores scores)
    {
        var hasBootstrap = scores.Of(ResampleKind.Bootstrap).Any();
        var curves = new List<(IReadOnlyList<RocPoint> Curve, double Weight)>();
        foreach (var (_, result) in scores.Of(hasBootstrap ? ResampleKind.Bootstrap : ResampleKind.CrossValidation))
        {
            var outcomes = scores.Outcomes(result.Rows);
            double events = outcomes.Count(o => o), pairs = events * (outcomes.Length - events);
            if (pairs > 0)
                curves.Add((RocCurve.Compute(result.Probabilities, outcomes), hasBootstrap ? 1 : pairs));
        }
        var points = new List<CurvePoint>();
        if (curves.Count == 0)
            return points;
        var total = curves.Sum(c => c.Weight);
        points.Add(new CurvePoint(0, 0));
        for (var i = 0; i <= RocGridIntervals; i++)
        {
            var x = (double)i / RocGridIntervals;
            points.Add(new CurvePoint(x, curves.Sum(c => c.Weight * RocCurve.SensitivityAt(c.Curve, x)) / total));
        }
        return points;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
