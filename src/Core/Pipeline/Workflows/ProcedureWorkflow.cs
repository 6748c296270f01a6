using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Steps.Modelling;

namespace RadiogenomicsCloud.Pipeline.Workflows;

/// <param name="Analysis">An <see cref="Steps.Assembly.AnalysisDocument"/>.</param>
/// <param name="ModelIndex">See <see cref="ValidatedProcedure.ModelIndex"/>.</param>
/// <param name="Fits">See <see cref="PlanOutput"/>.</param>
/// <param name="FitsPerChunk">See <see cref="PlanOutput"/>.</param>
public sealed record ProcedureInput(ArtifactRef Analysis, Procedure Procedure, int ModelIndex, Resampling Resampling, int Fits, int FitsPerChunk);

/// <summary>One procedure: its resamples, its locked model, what it is worth. At most <see cref="PlanStep.MostChunks"/> chunks and two steps more.</summary>
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
        return new(input.Procedure.Set, input.ModelIndex, locked.Model, summary.Performance, summary.Results);
    }
}
