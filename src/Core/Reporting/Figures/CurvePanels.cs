using System.Globalization;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <param name="Name">In the legend.</param>
internal sealed record PanelCurve(ModelPerformance Model, string Name, int Series);

/// <param name="Title">What its curves have in common; null where there is one panel only.</param>
internal sealed record CurvePanel(string? Title, IReadOnlyList<PanelCurve> Curves);

/// <summary>
/// Which models are drawn in one plot. A few share one; of more there is a plot for each predictor set (for each kind of model, if there are
/// fewer kinds than sets), and in every plot the same ones, at most <see cref="ModelCrossing.Few"/>, alike in colour.
/// </summary>
/// <param name="Note">Sentences for the caption that say what is not drawn; empty where all is.</param>
internal sealed record CurvePanels(IReadOnlyList<CurvePanel> Panels, string Note)
{
    private const int TitleLength = 44;

    public static CurvePanels Of(IReadOnlyList<ModelPerformance> models)
    {
        if (!ModelCrossing.IsNeeded(models))
            return new([new(null, [.. models.Select((m, series) => new PanelCurve(m, ModelNames.Of(m, models), series))])], "");
        var crossing = ModelCrossing.Of(models);
        var bySet = crossing.Sets.Count <= crossing.Kinds.Count;
        var (panels, all) = bySet ? (crossing.Sets, crossing.Kinds) : (crossing.Kinds, crossing.Sets);
        ModelPerformance? At(string panel, string curve) => bySet ? crossing[panel, curve] : crossing[curve, panel];
        var best = all.OrderByDescending(curve => Mean(panels.Select(panel => At(panel, curve)))).Take(ModelCrossing.Few).ToList();
        var drawn = all.Where(best.Contains).ToList();
        return new(
            [
                .. panels.Select(panel => new CurvePanel(
                    SeriesStyle.Shorten(panel, TitleLength),
                    [.. drawn.Select((curve, series) => At(panel, curve) is { } model ? new PanelCurve(model, curve, series) : null).OfType<PanelCurve>()])),
            ],
            Unsaid(crossing, bySet, drawn.Count, [.. all.Except(drawn)], PerformanceFigures.LeadingMeasure(models).Title));
    }

    /// <summary>Models without a value come last.</summary>
    private static double Mean(IEnumerable<ModelPerformance?> models)
    {
        var values = models.OfType<ModelPerformance>().Select(m => PerformanceFigures.Leading(m)?.Value).OfType<double>().Where(double.IsFinite).ToList();
        return values.Count > 0 ? values.Average() : double.NegativeInfinity;
    }

    private static string Unsaid(ModelCrossing crossing, bool bySet, int drawn, List<string> left, string measure)
    {
        var sentences = new List<string>();
        if (left.Count > 0)
        {
            var (curves, panels) = bySet ? ("models", "predictor sets") : ("predictor sets", "models");
            sentences.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"Of {drawn + left.Count} {curves} the {drawn} with the highest mean {measure} over the {panels} are drawn; not drawn: {string.Join(", ", left)}."));
        }
        if (crossing.Apart.Count > 0)
            sentences.Add($"Not drawn either: {string.Join(", ", crossing.Apart.Select(m => $"{m.PredictorSet} ({EstimateNames.Model(m.Model)})"))}.");
        return string.Join(' ', sentences);
    }
}
