namespace RadiogenomicsCloud.Validation;

/// <summary>The content of <c>explanations.json</c>.</summary>
public sealed record ExplanationDocument(int Schema, IReadOnlyList<ProcedureExplanation> Procedures);

/// <summary>What one procedure's models rest on.</summary>
/// <param name="Notes">What could not be told, and why.</param>
public sealed record ProcedureExplanation(
    string Set, string Model, ImportanceTable? Importance, DependenceTable? Dependence, NomogramTable? Nomogram, IReadOnlyList<string> Notes);

/// <summary>Permutation importance on cases that the models had not seen: the growth of the loss 1 − measure.</summary>
/// <param name="Measure">The leading measure; all of them are better when higher.</param>
/// <param name="Scheme">Whose resamples.</param>
/// <param name="Resamples">Resamples of the cohort that gave a value.</param>
/// <param name="Failed">Resamples, those of outer samples included, without one.</param>
/// <param name="Repeats">Permutations of each column in each resample.</param>
/// <param name="Before">Mean of the measure before anything is permuted.</param>
/// <param name="Columns">The most important first; at most <see cref="ImportanceSummary.Most"/>.</param>
/// <param name="Further">How many more columns some model read.</param>
public sealed record ImportanceTable(
    string Measure, string Scheme, int Resamples, int Failed, int Repeats, double Before, IReadOnlyList<ImportanceRow> Columns, int Further);

/// <param name="Growth">Mean over the resamples; one whose models do not read the column counts as 0.</param>
/// <param name="Interval">For the procedure in cohorts like this one; null where the study has no outer samples.</param>
/// <param name="Spread">Percentiles over the resamples of this cohort: no confidence interval; null where they are fewer than ten.</param>
/// <param name="ReadIn">Share of the resamples in which some model reads the column.</param>
public sealed record ImportanceRow(string Column, double Growth, Interval? Interval, Interval? Spread, double ReadIn);

/// <summary>How the predictions of the locked model change with single columns, averaged over the cases that it was trained on.</summary>
/// <param name="Models">Models of resamples that the bands are made of.</param>
/// <param name="BandMethod">How the bands were made; null where there are none.</param>
public sealed record DependenceTable(int Models, string? BandMethod, IReadOnlyList<DependenceColumn> Columns);

/// <param name="Values">Values that the column was given: rounded quantiles between the 1st and the 99th, or levels.</param>
/// <param name="Levels">What the values mean; null for a number.</param>
public sealed record DependenceColumn(string Column, IReadOnlyList<double> Values, IReadOnlyList<string>? Levels, IReadOnlyList<DependenceCurve> Curves);

/// <param name="Outcome">What is predicted.</param>
/// <param name="Mean">Of the locked model.</param>
/// <param name="Low">Pointwise lower limit; null where there is no band.</param>
public sealed record DependenceCurve(string Outcome, IReadOnlyList<double> Mean, IReadOnlyList<double>? Low, IReadOnlyList<double>? High);

/// <summary>A nomogram of the locked regression as numbers.</summary>
/// <param name="Axes">One a weight; of a nominal column one an indicator.</param>
/// <param name="PointsPerUnit">Points of one unit of the linear predictor.</param>
/// <param name="LinearPredictorAtZero">The linear predictor of a total of 0 points.</param>
/// <param name="Most">The greatest total within the axes.</param>
/// <param name="Outcomes">What a total means.</param>
/// <param name="Totals">A table of totals with each outcome.</param>
/// <param name="LargestDifference">Between the weighted sum and what the model itself predicts of its training cases without missing values.</param>
public sealed record NomogramTable(
    IReadOnlyList<NomogramScale> Axes, double PointsPerUnit, double LinearPredictorAtZero, double Most,
    IReadOnlyList<NomogramOutcome> Outcomes, IReadOnlyList<NomogramTotal> Totals, double LargestDifference);

/// <summary>An axis: values, what to write there, and their points.</summary>
public sealed record NomogramScale(string Column, IReadOnlyList<NomogramMark> Marks);

public sealed record NomogramMark(double Value, string Label, double Points);

/// <param name="Name">For example <c>probability of yes</c>.</param>
/// <param name="Marks">Round values with the total that gives each.</param>
public sealed record NomogramOutcome(string Name, IReadOnlyList<NomogramMark> Marks);

/// <param name="Values">One an outcome.</param>
public sealed record NomogramTotal(double Points, double LinearPredictor, IReadOnlyList<double> Values);
