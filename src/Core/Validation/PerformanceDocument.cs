using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Validation;

/// <summary>A confidence interval and how it was obtained.</summary>
/// <param name="Level">Coverage asked for, for example 0.95.</param>
/// <param name="Method">For example "two-stage bootstrap of the whole pipeline, 100 × 10".</param>
public sealed record Interval(double Low, double High, double Level, string Method);

/// <summary>Whether an estimate comes from rows the model had seen.</summary>
public enum EstimateRole
{
    /// <summary>Computed on rows that each prediction's model had not seen. The report may lead with it.</summary>
    Unseen,

    /// <summary>Apparent performance corrected by an estimate of its optimism (Harrell, .632, .632+).</summary>
    OptimismCorrected,

    /// <summary>Computed on training rows. Never performance; shown only beside its correction.</summary>
    Apparent,
}

/// <param name="Measure">A name of <see cref="MeasureRegistry"/>, for example <c>auc</c>, <c>brier</c>, <c>calibration_slope</c>.</param>
/// <param name="Method">For example <c>out_of_bag</c>, <c>nested_cv</c>, <c>leave_one_site_out</c>, <c>hold_out</c>, <c>harrell</c>, <c>632+</c>, <c>external</c>.</param>
public sealed record Estimate(string Measure, string Method, EstimateRole Role, double Value, Interval? Interval)
{
    /// <summary>The time that a measure of survival is of; null for others.</summary>
    public double? Horizon { get; init; }

    /// <summary>The class that a measure of one of several classes is of; null for others.</summary>
    public string? Class { get; init; }
}

/// <summary>A point of a curve; for ROC: 1 − specificity and sensitivity.</summary>
public sealed record CurvePoint(double X, double Y);

/// <summary>One group of the grouped calibration plot: mean predicted probability, observed proportion and its interval.</summary>
public sealed record CalibrationGroup(int Count, double MeanPredicted, double Observed, Interval Interval);

/// <summary>Predicted and observed risk of the event up to a horizon, of the mean unseen prediction of each case.</summary>
/// <param name="MeanPredicted">Mean of one less predicted survival.</param>
/// <param name="Observed">One less Kaplan–Meier survival; a competing event counts as censoring.</param>
/// <param name="Incidence">The cumulative incidence (Aalen–Johansen) where competing events happened; null elsewhere.</param>
/// <param name="Smooth">Observed over predicted risk: jackknife pseudo-values by <see cref="CalibrationFigures.Smoother"/>.</param>
/// <param name="Groups">Of ascending predicted risk; the observed risk is one less Kaplan–Meier survival within the group.</param>
public sealed record HorizonCalibration(
    double Horizon, double MeanPredicted, double Observed, double? Incidence, IReadOnlyList<CurvePoint> Smooth, IReadOnlyList<CalibrationGroup> Groups);

/// <summary>How often a predictor was selected over the resamples, and its weight in the locked model.</summary>
/// <param name="Frequency">Share of resamples in which the model used it.</param>
/// <param name="LockedCoefficient">Standardised coefficient in the locked model; null if it is not in it.</param>
public sealed record SelectionFrequency(string Predictor, double Frequency, double? LockedCoefficient);

/// <summary>What one predictor set and model is worth.</summary>
/// <param name="CandidatesExceedCases">Harrell's, .632 and .632+ estimates then flatter; they are listed last and without interval. Harrell's and .632 have none either with fewer than ten patients of the rarest class for each candidate.</param>
/// <param name="Estimates">The first is the one to lead with; it is always of the role <see cref="EstimateRole.Unseen"/>.</param>
/// <param name="Events">Cases with the event, of a binary or survival endpoint; 0 for others.</param>
/// <param name="Roc">Of the mean unseen prediction of each case.</param>
/// <param name="CalibrationSmooth">
/// Observed proportion over predicted probability, of the mean unseen prediction of each case; see <see cref="CalibrationFigures.Smoother"/>.
/// </param>
/// <param name="CalibrationGroups">Of the mean unseen prediction of each case. ROC and calibration are empty for endpoints that are not binary.</param>
public sealed record ModelPerformance(
    string PredictorSet,
    string Model,
    int Cases,
    int Events,
    int CandidatePredictors,
    int LockedPredictors,
    bool CandidatesExceedCases,
    IReadOnlyList<Estimate> Estimates,
    IReadOnlyList<CurvePoint> Roc,
    IReadOnlyList<CurvePoint> CalibrationSmooth,
    IReadOnlyList<CalibrationGroup> CalibrationGroups,
    IReadOnlyList<SelectionFrequency> Selection,
    IReadOnlyList<string> Warnings)
{
    /// <summary>
    /// Resampled only, and the one to draw there: mean sensitivity over bootstrap samples (without these, over folds weighted by their pairs) at
    /// 101 values of 1 − specificity. Its area is the leading AUC but for the grid. The area below <see cref="Roc"/> is not: predictions of
    /// different models are averaged there, and a case left out lowers the share of its class in the training set, which costs up to 0.1 of
    /// area where a model knows little.
    /// </summary>
    public IReadOnlyList<CurvePoint> RocAveraged { get; init; } = [];

    /// <summary>What kind of endpoint is predicted; binary in documents that do not say.</summary>
    public EndpointKind Kind { get; init; } = EndpointKind.Binary;

    /// <summary>Several classes, and a locked model on other cases: cases of the rarest class; null elsewhere.</summary>
    public int? RarestClass { get; init; }

    /// <summary>The label-permutation test of the whole pipeline; null where it was not asked for.</summary>
    public PermutationResult? Permutation { get; init; }

    /// <summary>Net benefit on unseen cases over the threshold, binary and survival endpoints; null in documents that do not say.</summary>
    public IReadOnlyList<DecisionPoint>? DecisionCurve { get; init; }

    /// <summary>Recall and precision of the mean unseen prediction of each case, a binary endpoint; null for others.</summary>
    public IReadOnlyList<CurvePoint>? PrecisionRecall { get; init; }

    /// <summary>The curves of each of several classes against all others; null for other endpoints.</summary>
    public IReadOnlyList<ClassCurves>? Classes { get; init; }

    /// <summary>Survival by risk, a survival endpoint; null for others.</summary>
    public RiskGroups? RiskGroups { get; init; }

    /// <summary>Predicted and observed risk at each horizon, a survival endpoint; null for others and in documents that do not say.</summary>
    public IReadOnlyList<HorizonCalibration>? CalibrationAt { get; init; }
}

/// <summary>The curves of one class against all others.</summary>
/// <param name="Cases">Cases of the class among those with a prediction.</param>
/// <param name="Roc">Of resampled models averaged as <see cref="ModelPerformance.RocAveraged"/>; of a locked one that of its predictions.</param>
/// <param name="CalibrationSmooth">As <see cref="ModelPerformance.CalibrationSmooth"/>, of the class's probability.</param>
public sealed record ClassCurves(
    string Class, int Cases, IReadOnlyList<CurvePoint> Roc, IReadOnlyList<CurvePoint> PrecisionRecall, IReadOnlyList<CurvePoint> CalibrationSmooth);

/// <summary>A point of a decision curve.</summary>
/// <param name="TreatAll">Net benefit of treating everybody; of treating nobody it is 0.</param>
public sealed record DecisionPoint(double Threshold, double NetBenefit, Interval? Interval, double TreatAll);

/// <summary>Kaplan–Meier curves of unseen cases by risk.</summary>
/// <param name="Rule">Where the cut-off is put on the training cases of each fit: <c>median</c> or <c>maximally_selected</c>; <c>locked</c> where it came with the model.</param>
/// <param name="Scheme">Whose resamples: <c>out_of_bag</c>, <c>nested_cv</c>, ….</param>
/// <param name="ChiSquare">Of the log-rank test.</param>
/// <param name="PValue">Of the log-rank test; nominal, see <paramref name="Caution"/>.</param>
/// <param name="PermutationPValue">Of the same statistic by label permutation; null where that was not asked for.</param>
public sealed record RiskGroups(
    string Rule, string Scheme, RiskGroup Low, RiskGroup High, double ChiSquare, double PValue, double? PermutationPValue, string Caution)
{
    /// <summary>The cumulative incidence of the same groups where other events compete; null where the study names none, or none happened.</summary>
    public RiskGroupIncidence? Incidence { get; init; }
}

/// <summary>
/// Cumulative incidence of the event by risk (Aalen–Johansen) where other events compete: the share of the group that has had it, among people who
/// may also have another first. One less Kaplan–Meier, which takes these as censored, is larger.
/// </summary>
/// <param name="ChiSquare">Of Gray's test; null where it does not exist.</param>
/// <param name="PValue">Of Gray's test; nominal where the log-rank test's is.</param>
/// <param name="PermutationPValue">Of the same statistic by label permutation; null where that was not asked for.</param>
public sealed record RiskGroupIncidence(GroupIncidence Low, GroupIncidence High, double? ChiSquare, double? PValue, double? PermutationPValue);

/// <param name="Competing">Cases with a competing event.</param>
public sealed record GroupIncidence(int Competing, IReadOnlyList<IncidencePoint> Curve);

/// <summary>A step of a cumulative incidence; the limits are pointwise, on the log-log scale, null where it is 0 or 1.</summary>
public sealed record IncidencePoint(double Time, double Incidence, double? Low, double? High);

public sealed record RiskGroup(int Cases, int Events, IReadOnlyList<SurvivalPoint> Curve);

/// <summary>A step of a Kaplan–Meier curve; the limits are pointwise, on the log-log scale, null where survival is 0 or 1.</summary>
public sealed record SurvivalPoint(double Time, double Survival, double? Low, double? High, int AtRisk);

/// <summary>The label-permutation test of the whole pipeline: everything learned was learned again under every permutation.</summary>
/// <param name="Measure">The leading measure.</param>
/// <param name="Scheme">How it was estimated, the same for the outcomes as they are and for those dealt out anew.</param>
/// <param name="Observed">With the outcomes as they are.</param>
/// <param name="Permutations">Deals of the outcomes, failed ones included.</param>
/// <param name="AsExtreme">Deals with at least the observed value; failed ones are among them.</param>
/// <param name="PValue">(AsExtreme + 1) / (Permutations + 1).</param>
/// <param name="NullMean">Mean of the values of the deals.</param>
/// <param name="NullUpper">Their 95 % quantile.</param>
public sealed record PermutationResult(
    string Measure, string Scheme, double Observed, int Permutations, int AsExtreme, double PValue, double NullMean, double NullUpper);

/// <summary>The paired difference of two predictor sets in one measure, <paramref name="SetA"/> minus <paramref name="SetB"/>.</summary>
public sealed record PredictorSetComparison(
    string SetA, string SetB, string Measure, string Method, double Difference, Interval Interval, double? PValue)
{
    /// <summary>The model under which both sets were compared, by its name in the study</summary>
    public string Model { get; init; } = "";

    /// <summary>The time that a measure of survival is of; null for others.</summary>
    public double? Horizon { get; init; }
}

/// <summary>The likelihood-ratio test of what one predictor set adds to another within it. In-sample: it says nothing of performance.</summary>
/// <param name="Model">By its name in the study.</param>
public sealed record AddedPredictorsTest(string Model, string Smaller, string Larger)
{
    /// <summary>Twice the difference of the log likelihoods; null where the test is refused, as are the next two.</summary>
    public double? ChiSquare { get; init; }

    public int? DegreesOfFreedom { get; init; }

    public double? PValue { get; init; }

    /// <summary>Why there is no such test; null where there is one.</summary>
    public string? Refusal { get; init; }

    /// <summary>What is to be read beside it; null where nothing is.</summary>
    public string? Caution { get; init; }
}

/// <summary>The content of <c>performance.json</c>.</summary>
/// <param name="Kind"><c>internal</c> (resampled) or <c>external</c> (a locked model on cases it never saw).</param>
public sealed record PerformanceDocument(
    int Schema,
    string Kind,
    string Endpoint,
    IReadOnlyList<ModelPerformance> Models,
    IReadOnlyList<PredictorSetComparison> Comparisons)
{
    /// <summary>
    /// The same comparisons by other measures; among them the integrated discrimination improvement (of <c>discrimination_slope</c>) and the
    /// continuous net reclassification improvement (<c>nri_continuous</c>). Null in documents that do not say.
    /// </summary>
    public IReadOnlyList<PredictorSetComparison>? FurtherComparisons { get; init; }

    /// <summary>Likelihood-ratio tests of sets within each other, on the cases that the models were fitted on; null where no set is within another.</summary>
    public IReadOnlyList<AddedPredictorsTest>? AddedPredictors { get; init; }
}
