using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <summary>
/// The models of a run by predictor set and kind, for runs with more of them than a list or a figure can show side by side. Both are in
/// the order of the document.
/// </summary>
internal sealed class ModelCrossing
{
    /// <summary>So many models are shown one by one; of more, the tables and figures are by predictor set and kind.</summary>
    public const int Few = 7;

    private readonly Dictionary<(string Set, string Kind), ModelPerformance> cells = [];

    private ModelCrossing()
    {
    }

    public IReadOnlyList<string> Sets { get; private init; } = [];

    /// <summary>Names of the study's models; of two with the same name, the second has a number.</summary>
    public IReadOnlyList<string> Kinds { get; private init; } = [];

    /// <summary>What is of no predictor set and kind: the choice among all of them.</summary>
    public IReadOnlyList<ModelPerformance> Apart { get; private init; } = [];

    public ModelPerformance? this[string set, string kind] => cells.GetValueOrDefault((set, kind));

    public static bool IsNeeded(IReadOnlyList<ModelPerformance> models) => models.Count > Few;

    public static ModelCrossing Of(IReadOnlyList<ModelPerformance> models)
    {
        var apart = models.Where(m => models.Count(o => o.PredictorSet == m.PredictorSet) == 1 && models.Count(o => o.Model == m.Model) == 1).ToList();
        if (apart.Count == models.Count)
            apart = [];
        var named = new List<(string Set, string Kind, ModelPerformance Model)>();
        foreach (var model in models.Except(apart))
        {
            var kind = EstimateNames.Model(model.Model);
            for (var n = 2; named.Exists(o => o.Set == model.PredictorSet && o.Kind == kind); n++)
                kind = $"{EstimateNames.Model(model.Model)} {n}";
            named.Add((model.PredictorSet, kind, model));
        }
        var crossing = new ModelCrossing
        {
            Sets = [.. named.Select(n => n.Set).Distinct(StringComparer.Ordinal)],
            Kinds = [.. named.Select(n => n.Kind).Distinct(StringComparer.Ordinal)],
            Apart = apart,
        };
        foreach (var (set, kind, model) in named)
            crossing.cells.Add((set, kind), model);
        return crossing;
    }
}
