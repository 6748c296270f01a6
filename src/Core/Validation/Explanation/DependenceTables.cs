using System.Globalization;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>
/// Partial dependence (Friedman, Ann Stat 2001, 29:1189) of the locked model over the cases that it was trained on, with a pointwise band of the same curves of
/// the models of resamples. It describes the model and is no performance: seen rows may be asked.
/// </summary>
internal static class DependenceTables
{
    private const int FewestForBand = 10;

    /// <param name="columns">Columns of the table that are shown, in order.</param>
    public static DependenceTable Make(
        ResamplingPlan plan, IModelLearner learner, Predictors predictors, IScoringModel locked, IReadOnlyList<string> columns, DependenceSettings settings,
        CancellationToken cancel)
    {
        var grids = columns.Select(c => Grid(predictors, c, settings.Points)).ToList();
        var main = Curves(locked, predictors, columns, grids, plan, cancel);
        var models = new List<double[][][]>();
        if (columns.Count > 0)
        {
            var own = ExplainedResamples.Leading(plan).Own;
            foreach (var unit in Enumerable.Range(0, plan.UnitCount).Select(plan.Unit).Where(u => u.Kind == own).Take(settings.Resamples))
            {
                cancel.ThrowIfCancellationRequested();
                if (Curves(plan, learner, predictors, unit, columns, grids, cancel) is { } curves)
                    models.Add(curves);
            }
        }
        if (models.Count < FewestForBand)
            models.Clear();
        var outcomes = Outcomes(plan);
        return new(models.Count, models.Count == 0 ? null : Method(plan, models.Count), [.. columns.Select((column, c) => new DependenceColumn(
            column, grids[c], predictors.Categories.TryGetValue(column, out var categories) ? [.. grids[c].Select(v => categories.Levels[(int)v])] : null,
            [.. outcomes.Select((name, o) => Curve(name, [.. main[c].Select(m => m[o])], [.. models.Select(m => m[c].Select(v => v[o]).ToArray())], plan.Options.Level))]))]);
    }

    private static DependenceCurve Curve(string name, double[] mean, double[][] models, double level)
    {
        if (models.Length == 0)
            return new(name, mean, null, null);
        double[][] sorted = [.. mean.Select((_, g) => models.Select(m => m[g]).Order().ToArray())];
        return new(
            name, mean, [.. sorted.Select(v => Quantiles.SortedQuantile(v, (1 - level) / 2))], [.. sorted.Select(v => Quantiles.SortedQuantile(v, (1 + level) / 2))]);
    }

    /// <summary>By column, value and outcome; null for a fit that failed.</summary>
    private static double[][][]? Curves(
        ResamplingPlan plan, IModelLearner learner, Predictors predictors, ResampleUnit unit, IReadOnlyList<string> columns, List<IReadOnlyList<double>> grids,
        CancellationToken cancel)
    {
        try
        {
            return Curves(ResampleRunner.Fit(learner, predictors, plan.EndpointOf(unit), plan.Split(unit), cancel), predictors, columns, grids, plan, cancel);
        }
        catch (Exception e) when (e is BadInputException or StudyFailedException)
        {
            return null;
        }
    }

    private static double[][][] Curves(
        IScoringModel model, Predictors predictors, IReadOnlyList<string> columns, List<IReadOnlyList<double>> grids, ResamplingPlan plan, CancellationToken cancel)
    {
        // Risks of different Cox models have different zeros: of survival only probabilities are shown.
        var skip = plan.Endpoint is SurvivalEndpoint ? 1 : 0;
        return [.. columns.Select((column, c) => PartialDependence.At(model, predictors, column, grids[c], plan.Horizons, cancel)
            .Means.Select(m => m.Skip(skip).ToArray()).ToArray())];
    }

    private static IReadOnlyList<double> Grid(Predictors predictors, string column, int points)
    {
        var values = predictors.Column(predictors.IndexesOf([column])[0]);
        return predictors.Categories.ContainsKey(column) ? [.. Array.FindAll(values.ToArray(), double.IsFinite).Distinct().Order()] : RoundValues.Grid(values, points);
    }

    /// <summary>What the numbers of a prediction are, as shown.</summary>
    public static IReadOnlyList<string> Outcomes(ResamplingPlan plan) => plan.Endpoint switch
    {
        BinaryEndpoint binary => [$"probability of {binary.Name} = {binary.EventLabel}"],
        MulticlassEndpoint classes => [.. classes.Labels.Select(l => $"probability of {l}")],
        SurvivalEndpoint => [.. plan.Horizons.Select(h => string.Create(CultureInfo.InvariantCulture, $"survival to {h:G5}"))],
        var number => [number.Name],
    };

    private static string Method(ResamplingPlan plan, int models) => ExplainedResamples.Leading(plan).Own == ResampleKind.Bootstrap
        ? string.Create(CultureInfo.InvariantCulture, $"pointwise percentiles over the models of {models} bootstrap samples")
        : string.Create(CultureInfo.InvariantCulture, $"pointwise percentiles over {models} models that share most of their cases, narrower than a confidence band");
}
