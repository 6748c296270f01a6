using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Pipeline.Workflows;
using RadiogenomicsCloud.Service.Intake;
using RadiogenomicsCloud.Service.Jobs;
using RadiogenomicsCloud.Service.Models;
using RadiogenomicsCloud.Service.Ports;
using RadiogenomicsCloud.Service.Publishing;

namespace RadiogenomicsCloud.Service.Workflows;

/// <param name="JobId">Of the record that the workflow keeps.</param>
/// <param name="Cohort">Its name.</param>
/// <param name="Version">Of the product.</param>
public sealed record CohortJobInput(string JobId, string Cohort, IntakeInput Intake, string Version);

/// <param name="ResultsPrefix">Below <see cref="AreaNames.Results"/>.</param>
public sealed record CohortJobOutput(string RunId, string ResultsPrefix, RunFileList Files);

/// <summary>A cohort of the owner from its marker to its published report.</summary>
public static class CohortJobWorkflow
{
    public static readonly Workflow<CohortJobInput, CohortJobOutput> Definition = new("cohort-job", 1, Body);

    private static async Task<CohortJobOutput> Body(IWorkflow run, CohortJobInput input)
    {
        var request = await Recorded(run, input, JobState.Refused, async () =>
        {
            var admitted = await CohortIntake.Make(run, input.Intake);
            (await run.Run(RecordAdmissionStep.Definition, new(input.JobId, admitted.Document, admitted.Snapshot, null))).Require();
            admitted.RequireCases();
            var prepared = (await run.Run(PrepareRunStep.Definition, new(admitted.Snapshot, admitted.Study!, input.Version))).Require();
            (await run.Run(RecordAdmissionStep.Definition, new(input.JobId, admitted.Document, admitted.Snapshot, prepared.RunId))).Require();
            return prepared;
        });
        return await Recorded(run, input, JobState.Failed, async () =>
        {
            var files = await run.Run(CohortRunWorkflow.Definition, "run", request.Input);
            var prefix = (await run.Run(PublishResultsStep.Definition, new(AreaNames.Results, $"{input.Cohort}/{request.RunId}/", files))).Require();
            (await run.Run(RegisterModelStep.Definition, RegisterModelInput.Of(request.RunId, input.Cohort, files))).Require();
            (await run.Run(RecordEndStep.Definition, new(input.JobId, JobState.Completed, prefix))).Require();
            return new CohortJobOutput(request.RunId, prefix, files);
        });
    }

    /// <summary>What the data are to blame for is in the job's record before it ends the workflow.</summary>
    private static async Task<T> Recorded<T>(IWorkflow run, CohortJobInput input, JobState state, Func<Task<T>> part)
    {
        Failure problem;
        try
        {
            return await part();
        }
        // A file that was overwritten meanwhile says nothing of the cohort: the host ends the job as one that can be started again.
        catch (RadiogenomicsException trouble) when (trouble is (BadInputException or StudyFailedException) and not { Code: CohortFile.ChangedCode })
        {
            problem = trouble.ToFailure();
        }
        (await run.Run(RecordEndStep.Definition, new(input.JobId, state, Problem: problem))).Require();
        throw problem.ToException();
    }
}
