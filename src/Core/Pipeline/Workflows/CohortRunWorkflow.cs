using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Steps.Modelling;
using RadiogenomicsCloud.Pipeline.Steps.Results;

namespace RadiogenomicsCloud.Pipeline.Workflows;

/// <param name="RunId">Of the run, as <see cref="RunIdentity"/> gives it: not the workflow's own instance, which is another where this workflow is a child.</param>
/// <param name="Cohort">The cohort and how its table is made.</param>
/// <param name="Study">The <see cref="Study"/>, for the provenance and the locked models.</param>
/// <param name="Version">Of the product.</param>
/// <param name="Sets">Names of the predictor sets.</param>
public sealed record CohortRunInput(
    string RunId,
    CohortTableInput Cohort,
    ArtifactRef Study,
    string Version,
    IReadOnlyList<string> Sets,
    IReadOnlyList<NamedOptions> Select,
    IReadOnlyList<NamedOptions> Models,
    Resampling Resampling)
{
    /// <summary>Every predictor set under every model, with the model's place in the list.</summary>
    internal List<(int Index, Procedure Procedure)> Procedures() =>
        [.. Models.SelectMany((model, index) => Sets.Select(set => (index, new Procedure(set, Select, model))))];
}

/// <summary>The main job: from a cohort to validated, locked models and the files that report them.</summary>
public static class CohortRunWorkflow
{
    private const int ChunksAtOnce = 64;

    /// <summary>Returns the files of the run's folder.</summary>
    public static readonly Workflow<CohortRunInput, RunFileList> Definition = new("cohort-run", 2, Body);

    private static async Task<RunFileList> Body(IWorkflow run, CohortRunInput input)
    {
        var assembled = await CohortTable.Make(run, input.Cohort);
        var plan = (await run.Run(PlanStep.Definition, new(assembled.Analysis, input.Resampling))).Require();
        var procedures = input.Procedures();

        var chunks = procedures.SelectMany((p, place) => Enumerable.Range(0, plan.Chunks).Select(chunk => (Place: place, p.Procedure, Chunk: chunk))).ToList();
        var done = 0;
        await run.Checkpoint(new("models and resamples", 0, chunks.Count));
        var resampled = await chunks.FanOut(ChunksAtOnce, async (unit, _) =>
        {
            var from = unit.Chunk * plan.FitsPerChunk;
            var outcome = await run.Run(ResampleStep.Definition, new(
                assembled.Analysis, unit.Procedure, input.Resampling, from, Math.Min(plan.Fits, from + plan.FitsPerChunk)));
            await run.Checkpoint(new("models and resamples", ++done, chunks.Count));
            return outcome.Require();
        });

        var validated = await procedures.FanOut(ChunksAtOnce, async (unit, place) =>
        {
            var locked = (await run.Run(LockStep.Definition, new(assembled.Analysis, unit.Procedure, input.Resampling.Seed))).Require();
            var summary = (await run.Run(SummariseStep.Definition, new(
                assembled.Analysis, unit.Procedure, input.Resampling, locked.Model, resampled[(place * plan.Chunks)..((place + 1) * plan.Chunks)]))).Require();
            return new ValidatedProcedure(unit.Procedure.Set, unit.Index, locked.Model, summary.Performance, summary.Results);
        });
        var performance = (await run.Run(CompareStep.Definition, new(assembled.Analysis, input.Resampling, validated))).Require();
        await run.Checkpoint(new("report", 0, 1));
        var files = (await run.Run(ResultsStep.Definition, new(
            input.Cohort.Snapshot, input.Cohort.Content, input.RunId, input.Version, input.Study, assembled, performance, validated, input.Resampling, null))).Require();
        await run.Checkpoint(new("report", 1, 1));
        return files;
    }
}
