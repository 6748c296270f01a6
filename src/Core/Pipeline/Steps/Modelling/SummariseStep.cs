using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Pipeline.Steps.Assembly;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Pipeline.Steps.Modelling;

/// <param name="Model">The file of a <see cref="LockedModel"/>.</param>
/// <param name="Chunks">All <see cref="ResampleResults"/> of the procedure.</param>
public sealed record SummariseInput(
    ArtifactRef Analysis, Procedure Procedure, Resampling Resampling, ArtifactRef Model, IReadOnlyList<ArtifactRef> Chunks);

/// <param name="Performance">A <see cref="ModelPerformance"/>.</param>
/// <param name="Results">The <see cref="ResampleResults"/> of all chunks.</param>
public sealed record SummariseOutput(ArtifactRef Performance, ArtifactRef Results);

/// <summary>From all resamples of a procedure to what it is worth.</summary>
public sealed class SummariseStep(AnalysisReader analyses) : IStepHandler<SummariseInput, SummariseOutput>
{
    public static readonly Step<SummariseInput, SummariseOutput> Definition = new("summarise", 2);

    public Step<SummariseInput, SummariseOutput> Step => Definition;

    public async Task<Outcome<SummariseOutput>> Run(SummariseInput input, StepContext context, CancellationToken cancel)
    {
        var data = await analyses.Get(context, input.Analysis, cancel);
        var results = new List<ResampleResult>();
        foreach (var chunk in input.Chunks)
            results.AddRange((await context.Artifacts.GetJson<ResampleResults>(chunk, cancel)).Results);
        LockedModel locked;
        await using (var stream = await context.Artifacts.OpenRequired(input.Model, cancel))
            locked = LockedModel.Read(stream);
        var description = new ModelDescription(
            input.Procedure.Set, input.Procedure.Model.Name, input.Procedure.ColumnsOf(data).Count, Standardised(locked))
        {
            CandidateParameters = PlanStep.Parameters(data, input.Procedure.ColumnsOf(data)),
        };
        var performance = PerformanceSummary.Summarise(description, PlanStep.Plan(data, input.Resampling), results);
        return Outcome.Of(new SummariseOutput(
            await context.Artifacts.PutJson(performance, cancel), await context.Artifacts.PutJson(new ResampleResults(results), cancel)));
    }

    /// <summary>
    /// Coefficients of the locked model for predictors scaled to unit population standard deviation over its training rows; empty for a
    /// model without. Those of a categorical column are of its indicators.
    /// </summary>
    private static Dictionary<string, double> Standardised(LockedModel locked) =>
        (locked.Coefficients ?? []).Where(c => c.Value != 0).ToDictionary(c => c.Column, c => c.Standardised, StringComparer.Ordinal);
}
