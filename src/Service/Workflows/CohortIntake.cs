using RadiogenomicsCloud.Imaging.Archives;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Intake;

namespace RadiogenomicsCloud.Service.Workflows;

/// <summary>The intake of a cohort as part of a workflow's body: list, check, admit.</summary>
public static class CohortIntake
{
    internal const string Stage = "intake";

    /// <exception cref="BadInputException">The cohort as a whole is refused.</exception>
    public static async Task<IntakeOutput> Make(IWorkflow run, IntakeInput input)
    {
        await run.Checkpoint(new("listing", 0, 1));
        var opened = (await run.Run(OpenCohortStep.Definition, input)).Require();
        await run.Checkpoint(new("listing", 1, 1));
        var archives = input.Policy.Limits.Archives ?? new ArchiveLimits();
        var all = new IntakeRange(opened.Listing, 0, opened.SharedParts, 0, archives, input.Policy.RequireDeidentified);

        // A cohort that is refused for its tables is refused before an image is read.
        var results = new List<ArtifactRef> { (await run.Run(IntakeGroupWorkflow.Definition, "tables", all)).Checked };
        if (opened.Parts > opened.SharedParts)
        {
            await run.Checkpoint(new(Stage, 0, opened.Cases));
            var cases = all with { FirstPart = opened.SharedParts, PartCount = opened.Parts - opened.SharedParts, Cases = opened.Cases };
            results.Add((await run.Run(IntakeGroupWorkflow.Definition, "cases", cases)).Checked);
            await run.Checkpoint(new(Stage, opened.Cases, opened.Cases));
        }
        var whole = (await run.Run(JoinCheckedStep.Definition, new(results))).Require();
        return (await run.Run(AdmitStep.Definition, new(opened.Listing, whole, opened.Study))).Require();
    }
}
