using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Pipeline.Steps.Assembly;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Pipeline.Steps.Modelling;

/// <summary>A procedure with what came of it.</summary>
/// <param name="ModelIndex">Place of its model in the study's list: sets are compared under the same model.</param>
/// <param name="Locked">The file of a locked model.</param>
/// <param name="Performance">A <see cref="ModelPerformance"/>.</param>
/// <param name="Results">All its <see cref="ResampleResults"/>.</param>
public sealed record ValidatedProcedure(string Set, int ModelIndex, ArtifactRef Locked, ArtifactRef Performance, ArtifactRef Results)
{
    /// <summary>A <see cref="ProcedureExplanation"/>; null where the study does not ask for one.</summary>
    public ArtifactRef? Explanation { get; init; }

    /// <summary>So many fit into a payload.</summary>
    public const int Most = 40;
}

public sealed record CompareInput(ArtifactRef Analysis, Resampling Resampling, IReadOnlyList<ValidatedProcedure> Procedures)
{
    /// <summary>The step that weighs or multiplies rows; null where there is none.</summary>
    public string? Reweighted { get; init; }
}

/// <summary>Puts all procedures side by side and compares predictor sets of the same model, resample by resample.</summary>
public sealed class CompareStep(AnalysisReader analyses) : IStepHandler<CompareInput, ArtifactRef>
{
    public static readonly Step<CompareInput, ArtifactRef> Definition = new("compare-sets", 2);

    public Step<CompareInput, ArtifactRef> Step => Definition;

    public async Task<Outcome<ArtifactRef>> Run(CompareInput input, StepContext context, CancellationToken cancel)
    {
        var data = await analyses.Get(context, input.Analysis, cancel);
        var plan = PlanStep.Plan(data, input.Resampling);
        var models = new List<ModelPerformance>();
        var comparisons = new List<PredictorSetComparison>();
        var further = new List<PredictorSetComparison>();
        var added = new List<AddedPredictorsTest>();
        foreach (var sameModel in input.Procedures.GroupBy(p => p.ModelIndex))
        {
            var sets = new List<(string, IReadOnlyList<ResampleResult>)>();
            foreach (var validated in sameModel)
            {
                models.Add(await context.Artifacts.GetJson<ModelPerformance>(validated.Performance, cancel));
                sets.Add((validated.Set, (await context.Artifacts.GetJson<ResampleResults>(validated.Results, cancel)).Results));
            }
            added.AddRange(AddedPredictors.Test(plan, models[^1].Model, await Locked(context, data, sameModel, cancel), input.Reweighted));
            comparisons.AddRange(PredictorSetComparisons.Compare(plan, sets).Select(c => c with { Model = models[^1].Model }));
            further.AddRange(PredictorSetComparisons.Further(plan, sets).Select(c => c with { Model = models[^1].Model }));
        }
        var document = new PerformanceDocument(1, "internal", data.Endpoint.Name, models, comparisons) 
        {
            FurtherComparisons = further,
            AddedPredictors = added.Count == 0 ? null : added,
        };
        return Outcome.Of(await context.Artifacts.PutJson(document, cancel));
    }

    /// <summary>The models of sets that the study names; a choice among sets is none.</summary>
    private static async Task<List<LockedPredictors>> Locked(
        StepContext context, AnalysisData data, IEnumerable<ValidatedProcedure> procedures, CancellationToken cancel)
    {
        var locked = new List<LockedPredictors>();
        foreach (var procedure in procedures.Where(p => p.Set != PredictorSources.Chosen))
        {
            var predictors = data.Predictors(procedure.Set);
            await using var stream = await context.Artifacts.OpenRequired(procedure.Locked, cancel);
            locked.Add(new(procedure.Set, predictors.Columns, LockedModel.Read(stream), Array.Exists(predictors.All.ToArray(), double.IsNaN)));
        }
        return locked;
    }
}
