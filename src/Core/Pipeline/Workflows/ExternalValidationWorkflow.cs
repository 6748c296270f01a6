using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Pipeline.Steps.Modelling;
using RadiogenomicsCloud.Pipeline.Steps.Results;

namespace RadiogenomicsCloud.Pipeline.Workflows;

/// <param name="RunId">Of the run, as <see cref="RunIdentity"/> gives it: not the workflow's own instance, which is another where this workflow is a child.</param>
/// <param name="Study">The study of the locked models.</param>
/// <param name="Models">The file of a <see cref="ModelDocument"/>.</param>
public sealed record ExternalValidationInput(string RunId, CohortTableInput Cohort, ArtifactRef Study, string Version, ArtifactRef Models);

/// <summary>Scores locked models on another cohort; nothing is fitted.</summary>
public static class ExternalValidationWorkflow
{
    /// <summary>Returns the files of the run's folder.</summary>
    public static readonly Workflow<ExternalValidationInput, RunFileList> Definition = new("external-validation", 3, Body);

    private static async Task<RunFileList> Body(IWorkflow run, ExternalValidationInput input)
    {
        var certificate = (await run.Run(CertifyStep.Definition, new(input.Version))).Require();
        var assembled = await CohortTable.Make(run, input.Cohort);
        var scored = (await run.Run(ScoreStep.Definition, new(assembled.Analysis, input.Models))).Require();
        await run.Checkpoint(new("report", 0, 1));
        var files = (await run.Run(ResultsStep.Definition, new(
            input.Cohort.Snapshot, input.Cohort.Content, input.RunId, input.Version, input.Study, assembled, scored.Performance, [], null, scored.Predictions,
            certificate))).Require();
        await run.Checkpoint(new("report", 1, 1));
        return files;
    }
}
