using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Pipeline.Steps.Modelling;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Pipeline.Workflows;

/// <param name="RunId">Of the run, as <see cref="RunIdentity"/> gives it: not the workflow's own instance, which is another where this workflow is a child.</param>
/// <param name="Cohort">The cohort and how its table is made.</param>
/// <param name="Study">The <see cref="Study"/>, for the provenance and the locked models.</param>
/// <param name="Version">Of the product.</param>
/// <param name="Sets">Names of the predictor sets.</param>
/// <param name="Choose">See <see cref="Study.Choose"/>.</param>
/// <param name="Explain">See <see cref="Study.Explain"/>.</param>
public sealed record CohortRunInput(
    string RunId,
    CohortTableInput Cohort,
    ArtifactRef Study,
    string Version,
    IReadOnlyList<string> Sets,
    IReadOnlyList<NamedOptions> Select,
    IReadOnlyList<NamedOptions> Models,
    Resampling Resampling,
    ChoiceSettings? Choose = null,
    ExplainSettings? Explain = null)
{
    /// <summary>The map between image and molecule; null where the study asks for none.</summary>
    public MapRequest? Map { get; init; }

    /// <summary>Every predictor set under every model, with the model's place in the list, and the choice among them after the last.</summary>
    internal List<(int Index, Procedure Procedure)> Procedures()
    {
        var procedures = Models.SelectMany((model, index) => Sets.Select(set => (index, new Procedure(set, Select, model)))).ToList();
        if (Choose is not null)
            procedures.Add((Models.Count, Procedure.Choice(Select, new(Sets, Models, Choose))));
        return procedures;
    }
}

/// <summary>The main job: from a cohort to validated, locked models and the files that report them.</summary>
public static class CohortRunWorkflow
{
    private const int ProceduresAtOnce = 8;

    /// <summary>Returns the files of the run's folder.</summary>
    public static readonly Workflow<CohortRunInput, RunFileList> Definition = new("cohort-run", 5, Body);

    private static async Task<RunFileList> Body(IWorkflow run, CohortRunInput input)
    {
        var certificate = (await run.Run(CertifyStep.Definition, new(input.Version))).Require();
        var images = await CohortTable.Images(run, input.Cohort);
        var assembled = await CohortTable.Assemble(run, input.Cohort, images);
        var map = input.Map is { } request ? (await CohortMap.Make(run, input.Cohort, images, request)).Map : null;
        var planned = await run.Run(PlanStep.Definition, new(assembled.Analysis, input.Resampling));
        var plan = planned.Require();
        var procedures = input.Procedures();

        // Resamples are in children: forty procedures of a hundred and twenty chunks would be 19,200 events of one history.
        var done = 0;
        var chunks = procedures.Count * plan.Chunks;
        // What the study is too small for is said before anything is fitted; the report says it again.
        await run.Checkpoint(new(ProcedureWorkflow.Stage, 0, chunks) { Notes = planned.Warnings.Count == 0 ? null : planned.Warnings });
        var validated = await procedures.FanOut(ProceduresAtOnce, async (unit, place) =>
        {
            var one = await run.Run(ProcedureWorkflow.Definition, $"procedure-{place}", new ProcedureInput(
                assembled.Analysis, unit.Procedure, unit.Index, input.Resampling, plan.Fits, plan.FitsPerChunk)
            { Explain = input.Explain });
            await run.Checkpoint(new(ProcedureWorkflow.Stage, done += plan.Chunks, chunks));
            return one;
        });
        var performance = (await run.Run(CompareStep.Definition, new(
            assembled.Analysis, input.Resampling, [.. validated.Select(v => v with { Explanation = null })])
        {
            Reweighted = input.Select.FirstOrDefault(s => LearningRegistry.Entries.Any(e => e.Kind is RegistryKind.Balance && e.Name == s.Name))?.Name,
        })).Require();
        await run.Checkpoint(new("report", 0, 1));
        var files = (await run.Run(ResultsStep.Definition, new(
            input.Cohort.Snapshot, input.Cohort.Content, input.RunId, input.Version, input.Study, assembled, performance, validated, input.Resampling, null,
            certificate)
        { Map = map })).Require();
        await run.Checkpoint(new("report", 1, 1));
        return files;
    }
}
