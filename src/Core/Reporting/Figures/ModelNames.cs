using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <summary>What a reader calls a model: its predictor set, and the kind of model where a run has several for one set.</summary>
internal static class ModelNames
{
    public static string Of(ModelPerformance model, IReadOnlyList<ModelPerformance> all) =>
        all.Count(m => m.PredictorSet == model.PredictorSet) > 1 ? $"{model.PredictorSet} ({EstimateNames.Model(model.Model)})" : model.PredictorSet;
}
