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

public sealed record CompareInput(ArtifactRef Analysis, Resampling Resampling, IReadOnlyList<ValidatedProcedure> Procedures);

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
        foreach (var sameModel in input.Procedures.GroupBy(p => p.ModelIndex))
        {
            var sets = new List<(string, IReadOnlyList<ResampleResult>)>();
            foreach (var validated in sameModel)
            {
                models.Add(await context.Artifacts.GetJson<ModelPerformance>(validated.Performance, cancel));
                sets.Add((validated.Set, (await context.Artifacts.GetJson<ResampleResults>(validated.Results, cancel)).Results));
            }
            comparisons.AddRange(PredictorSetComparisons.Compare(plan, sets).Select(c => c with { Model = models[^1].Model }));
            further.AddRange(PredictorSetComparisons.Further(plan, sets).Select(c => c with { Model = models[^1].Model }));
        }
        var document = new PerformanceDocument(1, "internal", data.Endpoint.Name, models, comparisons) { FurtherComparisons = further };
        return Outcome.Of(await context.Artifacts.PutJson(document, cancel));
    }
}
