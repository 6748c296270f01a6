using System.Globalization;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>Scores a locked model on cases that it never saw; nothing is fitted or adapted.</summary>
public static class ExternalValidation
{
    private const int Schema = 1;
    private const int FewOfAClass = 10;
    private static readonly HashSet<string> ByFormula = ["auc", "brier", "brier_scaled", "calibration_in_the_large", "calibration_slope"];

    /// <summary>
    /// Of a binary endpoint the AUC (DeLong, logit scale), Brier score (normal interval of the mean over subjects; scaled with the prevalence taken as known),
    /// calibration in the large and slope (Wald intervals of the logistic recalibration) and the figures. An estimate that does not exist
    /// (a slope where the classes separate) is left out with a warning. The other measures of <see cref="MeasureRegistry"/>, of other endpoints all, and the
    /// decision curve have percentiles over bootstrap samples of the patients; what a measure takes from training rows where there are any (censoring, the
    /// mean) is taken from these cases.
    /// </summary>
    /// <param name="horizons">
    /// Times at which survival is judged; those that no case is followed up beyond are left out with a warning. Where none is left, and for null or empty,
    /// the quartiles of the times of the events.
    /// </param>
    /// <param name="cutOff">Of the score, fixed when the model was locked; null leaves out what needs one.</param>
    /// <exception cref="BadInputException">
    /// A row is of a subject that the model saw, a column that it needs is absent, the model is of another kind of endpoint, or the endpoint does not differ between the cases.
    /// </exception>
    public static PerformanceDocument Score(
        IScoringModel locked, Predictors predictors, Endpoint endpoint, string predictorSet, string model, double level = 0.95,
        IReadOnlyList<double>? horizons = null, double? cutOff = null)
    {
        ArgumentNullException.ThrowIfNull(locked);
        ArgumentNullException.ThrowIfNull(endpoint);
        var asked = EvaluationTimes.Reached(endpoint, horizons ?? []);
        var scores = LockedScores.Make(locked, predictors, endpoint, EvaluationTimes.All(endpoint, asked));
        var warnings = new List<string>();
        var binary = endpoint is BinaryEndpoint;
        var judged = EvaluationTimes.Horizons(endpoint, asked);
        WarnOfHorizons(horizons ?? [], asked, warnings);
        var measures = new LockedMeasures(scores, cutOff, level);
        var estimates = binary ? Estimates(scores, level, warnings) : [];
        estimates.AddRange(measures.Estimates(Further(endpoint, cutOff), judged, warnings));
        WarnOfMissing(locked, predictors, warnings);
        if (CompetingRisk.Warning(endpoint) is { } competing)
            warnings.Add(competing);
        var performance = new ModelPerformance(
            predictorSet,
            model,
            endpoint.Count,
            EndpointChecks.EventCount(endpoint),
            locked.Columns.Count,
            locked is IFittedModel fitted ? fitted.Selected.Count : locked.Columns.Count,
            CandidatesExceedCases: false,
            estimates,
            binary ? BinaryFigures.Roc(scores.Probabilities.Span, scores.Binary.Values) : [],
            binary ? CalibrationFigures.Smooth(scores.Probabilities.Span, scores.Binary.Values) : [],
            binary ? CalibrationFigures.Groups(scores.Probabilities.Span, scores.Binary.Values, level) : [],
            [],
            warnings)
        {
            Kind = endpoint.Kind,
            Classes = endpoint is MulticlassEndpoint classes ? ClassFigures.Locked(scores.Predictions, classes) : null,
            DecisionCurve = DecisionCurves.Make(measures, endpoint, judged),
            RarestClass = (endpoint as MulticlassEndpoint)?.Rarest,
            PrecisionRecall = binary ? BinaryFigures.PrecisionRecallOf(scores.Probabilities.Span, scores.Binary.Values) : null,
            RiskGroups = cutOff is { } frozen ? RiskGroupCurves.Locked(scores, frozen, level) : null,
            CalibrationAt = HorizonCalibrations.Locked(scores, judged, level),
        };
        return new PerformanceDocument(Schema, "external", endpoint.Name, [performance], []);
    }

    /// <summary>What is made by drawing the patients again: all, of a binary endpoint all that has no formula of its own, without a cut-off none that needs one.</summary>
    private static IEnumerable<Measure> Further(Endpoint endpoint, double? cutOff) => MeasureRegistry.Of(endpoint.Kind)
        .Where(m => endpoint is not BinaryEndpoint || !ByFormula.Contains(m.Name))
        .Where(m => cutOff is not null || !ThresholdMeasureEntries.All.Contains(m));

    private static void WarnOfHorizons(IReadOnlyList<double> horizons, IReadOnlyList<double> reached, List<string> warnings)
    {
        double[] beyond = [.. horizons.Except(reached).Order()];
        if (beyond.Length == 0)
            return;
        var instead = reached.Count > 0 ? "" : "; it is judged at the quartiles of the times of the events instead";
        warnings.Add($"No case is followed up beyond {string.Join(", ", beyond.Select(b => b.ToString(CultureInfo.InvariantCulture)))}: survival is not judged there{instead}.");
    }

    // The model puts values of its training cohort in their place: fine for some cases, no validation where a column was not recorded at all.
    private static void WarnOfMissing(IScoringModel locked, Predictors predictors, List<string> warnings)
    {
        var at = predictors.IndexesOf(locked.Columns);
        for (var c = 0; c < at.Length; c++)
        {
            var missing = 0;
            foreach (var value in predictors.Column(at[c]))
                missing += double.IsNaN(value) ? 1 : 0;
            if (2 * missing > predictors.RowCount)
            {
                warnings.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{locked.Columns[c]}', which the model reads, is missing in {missing} of {predictors.RowCount} cases and was filled in from the training cohort."));
            }
        }
    }

    private static List<Estimate> Estimates(LockedScores scores, double level, List<string> warnings)
    {
        var probabilities = scores.Probabilities.Span;
        var outcomes = scores.Binary.Values;
        var z = Normal.Quantile((1 + level) / 2);
        var prevalence = (double)scores.Binary.EventCount / scores.Binary.Count;
        var (brier, brierError) = Brier(scores);
        // Without two subjects there is no standard error.
        var interval = double.IsFinite(brierError)
            ? new Interval(Math.Max(0, brier - (z * brierError)), Math.Min(1, brier + (z * brierError)), level, "normal, mean over subjects")
            : null;
        var estimates = new List<Estimate>
        {
            Unseen("auc", DeLong.Auc(scores).Auc, DeLong.Interval(scores, level)),
            Unseen("brier", brier, interval),
            Unseen("brier_scaled", BrierScore.Scaled(brier, prevalence), Scaled(interval, prevalence)),
        };
        if (estimates[0].Interval is null)
            warnings.Add("The AUC has no interval: a class has fewer than two patients, or the model separates the classes completely.");
        AddCalibration("calibration_in_the_large", LogisticRecalibration.InTheLarge(probabilities, outcomes));
        AddCalibration("calibration_slope", LogisticRecalibration.Slope(probabilities, outcomes));
        var rarer = Math.Min(scores.Binary.EventCount, outcomes.Length - scores.Binary.EventCount);
        if (rarer < FewOfAClass)
            warnings.Add($"Only {rarer.ToString(CultureInfo.InvariantCulture)} cases are in the rarer class; every estimate is very uncertain.");
        if (scores.Rows.Select(r => r.Subject).Distinct().Count() < scores.Rows.Count)
            warnings.Add("Some patients have several cases: the intervals of calibration take them as independent.");
        return estimates;

        void AddCalibration(string measure, MaximumLikelihood fit)
        {
            var half = z * fit.StandardError;
            if (double.IsFinite(fit.Value))
                estimates.Add(Unseen(measure, fit.Value, new Interval(fit.Value - half, fit.Value + half, level, "Wald")));
            else
                warnings.Add($"There is no {measure.Replace('_', ' ')}: the predictions do not vary or separate the classes completely.");
        }
    }

    // Mean over rows; its standard error from sums over subjects, whose rows are not independent.
    private static (double Brier, double StandardError) Brier(LockedScores scores)
    {
        var probabilities = scores.Probabilities.Span;
        var outcomes = scores.Binary.Values;
        var brier = BrierScore.Compute(probabilities, outcomes);
        var deviations = new Dictionary<(string, string), double>();
        for (var i = 0; i < outcomes.Length; i++)
        {
            var difference = probabilities[i] - (outcomes[i] ? 1 : 0);
            var subject = scores.Rows[i].Subject;
            deviations[subject] = deviations.GetValueOrDefault(subject) + (difference * difference) - brier;
        }
        double n = outcomes.Length, subjects = deviations.Count;
        var squares = deviations.Values.Sum(d => d * d);
        return (brier, Math.Sqrt(squares * subjects / (subjects - 1)) / n);
    }

    private static Interval? Scaled(Interval? brier, double prevalence) => brier is null
        ? null
        : brier with
        {
            Low = BrierScore.Scaled(brier.High, prevalence),
            High = BrierScore.Scaled(brier.Low, prevalence),
            Method = brier.Method + "; prevalence taken as known",
        };

    private static Estimate Unseen(string measure, double value, Interval? interval) => new(measure, "external", EstimateRole.Unseen, value, interval);
}
