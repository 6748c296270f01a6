using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Exchanges;
using RadiogenomicsCloud.Service.Intake;

namespace RadiogenomicsCloud.Service.Workflows;

public sealed record ExchangeIntakeInput(SubmissionKey Submission, IntakeInput Intake);

/// <summary>Checks a partner's submission: it goes into review, or back with reasons.</summary>
public static class ExchangeIntakeWorkflow
{
    /// <summary>
    /// True if the submission went into review. Fails, after the exchange was told, where the intake lets nothing in: with the code alone,
    /// since a message may name a case.
    /// </summary>
    public static readonly Workflow<ExchangeIntakeInput, bool> Definition = new("exchange-intake", 1, Body);

    private static async Task<bool> Body(IWorkflow run, ExchangeIntakeInput input)
    {
        IntakeOutput? made = null;
        try
        {
            made = await CohortIntake.Make(run, input.Intake);
            made.RequireCases();
        }
        // A file that was overwritten meanwhile says nothing of the submission: the host ends the job as one that can be started again.
        catch (RadiogenomicsException problem) when (problem is (BadInputException or StudyFailedException) and not { Code: CohortFile.ChangedCode })
        {
            (await run.Run(RecordIntakeStep.Definition, new(input.Submission, made, problem.ToFailure()))).Require();
            throw new BadInputException(problem.Code, "The submission was not let in; the exchange says why.");
        }
        return (await run.Run(RecordIntakeStep.Definition, new(input.Submission, made, null))).Require();
    }
}
