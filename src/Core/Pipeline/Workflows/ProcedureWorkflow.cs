using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Steps.Modelling;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Pipeline.Workflows;

/// <param name="Analysis">An <see cref="Steps.Assembly.AnalysisDocument"/>.</param>
/// <param name="ModelIndex">See <see cref="ValidatedProcedure.ModelIndex"/>.</param>
/// <param name="Fits">See <see cref="PlanOutput"/>.</param>
/// <param name="FitsPerChunk">See <see cref="PlanOutput"/>.</param>
public sealed record ProcedureInput(ArtifactRef Analysis, Procedure Procedure, int ModelIndex, Resampling Resampling, int Fits, int FitsPerChunk)
{
    /// <summary>See <see cref="Study.Explain"/>.</summary>
    public ExplainSettings? Explain { get; init; }
}

/// <summary>One procedure: its resamples, its locked model, what it is worth. At most <see cref="PlanStep.MostChunks"/> chunks and two steps more; where it is explained, nine more.</summary>
public static class ProcedureWorkflow
{
    internal const string Stage = "models and resamples";
    private const int ChunksAtOnce = 32;

    public static readonly Workflow<ProcedureInput, ValidatedProcedure> Definition = new("procedure", 1, Body);

    private static async Task<ValidatedProcedure> Body(IWorkflow run, ProcedureInput input)
    {
        var starts = Enumerable.Range(0, new PlanOutput(input.Fits, input.FitsPerChunk).Chunks).Select(chunk => chunk * input.FitsPerChunk).ToList();
        var done = 0;
        await run.Checkpoint(new(Stage, 0, starts.Count));
        var resampled = await starts.FanOut(ChunksAtOnce, async (from, _) =>
        {
            var outcome = await run.Run(ResampleStep.Definition, new(
                input.Analysis, input.Procedure, input.Resampling, from, Math.Min(input.Fits, from + input.FitsPerChunk)));
            await run.Checkpoint(new(Stage, ++done, starts.Count));
            return outcome.Require();
        });
        var locked = (await run.Run(LockStep.Definition, new(input.Analysis, input.Procedure, input.Resampling.Seed))).Require();
        var summary = (await run.Run(SummariseStep.Definition, new(
            input.Analysis, input.Procedure, input.Resampling, locked.Model, resampled))).Require();
        var validated = new ValidatedProcedure(input.Procedure.Set, input.ModelIndex, locked.Model, summary.Performance, summary.Results);
        return input.Explain is { } explain ? validated with { Explanation = await Explain(run, input, explain, locked.Model) } : validated;
    }

    private static async Task<ArtifactRef> Explain(IWorkflow run, ProcedureInput input, ExplainSettings explain, ArtifactRef locked)
    {
        IReadOnlyList<ArtifactRef> importance = explain.PermutationImportance is not { } settings ? [] :
            await Enumerable.Range(0, ImportanceInput.Parts).ToList().FanOut(ChunksAtOnce, async (part, _) =>
                (await run.Run(ImportanceStep.Definition, new(input.Analysis, input.Procedure, input.Resampling, settings, part))).Require());
        return (await run.Run(ExplainStep.Definition, new(input.Analysis, input.Procedure, input.Resampling, explain, locked, importance))).Require();
    }
}
