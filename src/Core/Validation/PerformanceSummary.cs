using System.Globalization;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Validation;

/// <summary>
/// From all results of a plan to what the model is worth: a pure function, the same whatever the chunks were. The measures are those of
/// <see cref="MeasureRegistry"/>; of each resample by itself, then the mean:
/// <list type="bullet">
/// <item><c>out_of_bag</c>: the sample's model on the subjects left out. Not pooled over samples, since a left-out case also lowers the share of
/// its class in the training set, which pooling would turn into a bias below ½ of an AUC.</item>
/// <item><c>nested_cv</c>: per repeat, all cases, each scored by the model of the folds without it; pairs across folds, of different models, are
/// not compared, for the same reason.</item>
/// <item><c>leave_one_site_out</c>: all cases, each scored by the model of the other sites; pairs within a site only.</item>
/// <item><c>hold_out</c>: the part held out, by the model of the rest.</item>
/// <item><c>harrell</c>, <c>632</c>, <c>632+</c>: of the leading measure, see <see cref="OptimismCorrection"/>.</item>
/// <item>Calibration in the large and slope: all held-out predictions together, each resample weighing the same.</item>
/// </list>
/// </summary>
public static class PerformanceSummary
{
    private const double MostFailures = 0.1;

    /// <summary>
    /// With so many outer samples a two-stage interval has 12 degrees of freedom at least (a quarter of the samples less one), and Student's 95 % quantile is
    /// at most 2.2; with ten samples it can be 3.9.
    /// </summary>
    private const int EnoughOuterSamples = 50;

    /// <param name="results">All results of the plan, in any order.</param>
    /// <exception cref="ArgumentException">A result is missing, comes twice or is not of the plan.</exception>
    /// <exception cref="StudyFailedException">The fit of all rows, or more than a tenth of the fits, failed.</exception>
    public static ModelPerformance Summarise(ModelDescription description, ResamplingPlan plan, IReadOnlyList<ResampleResult> results)
    {
        ArgumentNullException.ThrowIfNull(description);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(results);
        var scores = new ResampleScores(plan, results);
        var parameters = description.CandidateParameters ?? description.CandidatePredictors;
        var warnings = StudySize.Warnings(plan.Endpoint.Kind, plan.Rows.Count, plan.RarerClassSubjects, parameters).ToList();
        if (StudySize.Riley(plan, parameters) is { } riley)
            warnings.Add(riley);
        if (CompetingRisk.Warning(plan.Endpoint) is { } competing)
            warnings.Add(competing);
        WarnOfFailures(scores, warnings);
        WarnOfEmptyModels(scores, warnings);
        WarnOfFewOuterSamples(plan, warnings);
        var exceed = description.CandidatePredictors > plan.Rows.Count;
        var performance = new ModelPerformance(
            description.PredictorSet,
            description.Model,
            plan.Rows.Count,
            EndpointChecks.EventCount(plan.Endpoint),
            description.CandidatePredictors,
            scores.ByUnit[0].Selected.Count,
            exceed,
            EstimateList.Make(scores, plan, description.CandidatePredictors),
            [],
            [],
            [],
            Selection(scores, description),
            warnings)
        {
            Kind = plan.Endpoint.Kind,
            Permutation = PermutationTests.Make(scores, plan),
            DecisionCurve = DecisionCurves.Make(scores, plan),
            RiskGroups = RiskGroupCurves.Make(scores, plan),
            Classes = plan.Endpoint is MulticlassEndpoint classes ? ClassFigures.Resampled(scores, classes) : null,
            CalibrationAt = HorizonCalibrations.Make(scores, plan),
        };
        return plan.Endpoint is BinaryEndpoint ? BinaryFigures.Add(performance, scores, plan) : performance;
    }

    private static void WarnOfFailures(ResampleScores scores, List<string> warnings)
    {
        var fits = scores.Fits;
        var failures = fits.Where(r => r.Failure is not null).ToArray();
        if (scores.ByUnit[0].Failure is { } failure)
            throw new StudyFailedException("validation.fit_failed", failure);
        if (failures.Length > MostFailures * fits.Count)
        {
            throw new StudyFailedException(
                "validation.fits_failed", Text($"{failures.Length} of {fits.Count} fits failed, the first with: {failures[0].Failure}"));
        }
        if (failures.Length > 0)
            warnings.Add(Text($"{failures.Length} of {fits.Count} fits failed and are left out, the first with: {failures[0].Failure}"));
    }

    private static void WarnOfEmptyModels(ResampleScores scores, List<string> warnings)
    {
        var fits = SelectionFits(scores);
        var empty = fits.Count(r => r.Selected.Count == 0);
        if (empty * 10 >= fits.Length)
            warnings.Add(Text($"In {empty} of {fits.Length} resamples the model used no predictor at all; {WithoutPredictors(scores.Leading)}."));
    }

    private static void WarnOfFewOuterSamples(ResamplingPlan plan, List<string> warnings)
    {
        var outer = plan.Options.OuterResamples;
        if (outer is > 0 and < EnoughOuterSamples)
        {
            warnings.Add(Text(
                $"The confidence intervals rest on {outer} outer bootstrap samples: too few to know their width, which is then much too great. Ask for {EnoughOuterSamples} or more (validate: interval: outer)."));
        }
    }

    private static string WithoutPredictors(Measure leading) => leading.NoInformation is 0.5
        ? $"its {leading.Title} there is one half by definition"
        : $"its {leading.Title} there cannot be above that of a model that knows nothing";

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

    private static ResampleResult[] SelectionFits(ResampleScores scores) => [.. scores.Of(scores.Schemes[0].Own).Select(r => r.Result).Where(r => r.Failure is null)];

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
