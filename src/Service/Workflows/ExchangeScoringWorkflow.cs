using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Workflows;
using RadiogenomicsCloud.Service.Exchanges;

namespace RadiogenomicsCloud.Service.Workflows;

/// <summary>Scores the locked model on an accepted submission and gives the results out. Nothing is fitted.</summary>
public static class ExchangeScoringWorkflow
{
    /// <summary>Fails, after the exchange was told, where the model cannot be scored: with the code alone, since a message may name a case.</summary>
    public static readonly Workflow<SubmissionKey, ReleaseOutput> Definition = new("exchange-scoring", 1, Body);

    private static async Task<ReleaseOutput> Body(IWorkflow run, SubmissionKey input)
    {
        try
        {
            var request = (await run.Run(PrepareScoringStep.Definition, input)).Require();
            var files = await run.Run(ExternalValidationWorkflow.Definition, "run", request);
            return (await run.Run(ReleaseStep.Definition, new(input, request.RunId, files))).Require();
        }
        // A file that was overwritten meanwhile says nothing of the submission: the host ends the job as one that can be started again.
        catch (RadiogenomicsException problem) when (problem is (BadInputException or StudyFailedException) and not { Code: CohortFile.ChangedCode })
        {
            (await run.Run(FailExchangeStep.Definition, new(input, problem.ToFailure()))).Require();
            throw new BadInputException(problem.Code, "The submission was not scored; the exchange says why.");
        }
    }
}
