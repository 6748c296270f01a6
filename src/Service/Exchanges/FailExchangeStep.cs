using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Exchanges;

/// <param name="Problem">In full: it goes to the partner.</param>
public sealed record FailExchangeInput(SubmissionKey Submission, Failure Problem);

/// <summary>
/// Writes down that the model cannot be scored on a submission. The partner finds the whole reason in its outbox; the owner is told the code,
/// because a message may name a case.
/// </summary>
public sealed class FailExchangeStep(IServiceStorage storage, TimeProvider time) : IStepHandler<FailExchangeInput, bool>
{
    public static readonly Step<FailExchangeInput, bool> Definition = new("fail-exchange", 1, StepKind.Effect);

    private readonly ExchangeBook book = new(storage.Records, time);

    public Step<FailExchangeInput, bool> Step => Definition;

    /// <returns>True if the exchange is rejected now; false if it had ended, or gone on, otherwise.</returns>
    public async Task<Outcome<bool>> Run(FailExchangeInput input, StepContext context, CancellationToken cancel)
    {
        var (id, number) = (input.Submission.Exchange, input.Submission.Submission);
        var exchange = await book.Find(id, cancel).ConfigureAwait(false) ?? throw ExchangeErrors.Missing(id);
        if (exchange.Submission.Number != number || ExchangeRules.Decide(exchange.State, ExchangeCommand.Fail).Next is null)
            return Outcome.Of(false);
        await ExchangeProblem.Write(storage.Files, input.Submission, input.Problem, cancel).ConfigureAwait(false);
        var reason = ExchangeErrors.ForOwner(input.Problem, "The model cannot be scored on this submission; the partner finds the reason in its outbox.");
        exchange = await book.Change(id, ExchangeCommand.Fail, ExchangeBook.Service, e => e with { Reason = reason }, cancel).ConfigureAwait(false);
        await ExchangeStatus.Write(storage.Files, exchange, cancel).ConfigureAwait(false);
        return Outcome.Of(true);
    }
}

/// <summary><c>problem.json</c> of an outbox: why a submission came to nothing, in full, for the partner alone.</summary>
internal static class ExchangeProblem
{
    public const string FileName = "problem.json";

    public static Task Write(IFileAreas files, SubmissionKey submission, Failure problem, CancellationToken cancel) => ExchangeFiles.WriteIfOther(
        files.Area(ExchangeAreas.Outbox(submission.Exchange, submission.Submission)), FileName, problem, cancel);
}
