using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Service.Intake;
using RadiogenomicsCloud.Service.Ports;
using RadiogenomicsCloud.Service.Publishing;

namespace RadiogenomicsCloud.Service.Exchanges;

/// <param name="Output">What the intake gave; null if it refused the cohort as a whole.</param>
/// <param name="Problem">Why it was refused, in full: it goes to the partner. Null if it was not.</param>
public sealed record RecordIntakeInput(SubmissionKey Submission, IntakeOutput? Output, Failure? Problem);

/// <summary>
/// Writes down what the intake gave: in review, or rejected. The partner finds the intake's list of every case in its outbox; the owner is
/// told counts as far as they are agreed, and codes of reasons.
/// </summary>
public sealed class RecordIntakeStep(IServiceStorage storage, TimeProvider time) : IStepHandler<RecordIntakeInput, bool>
{
    /// <summary>The list of every case, in an outbox.</summary>
    public const string FileName = "intake.json";

    public static readonly Step<RecordIntakeInput, bool> Definition = new("record-exchange-intake", 1, StepKind.Effect);

    private readonly ExchangeBook book = new(storage.Records, time);

    public Step<RecordIntakeInput, bool> Step => Definition;

    /// <returns>True if the submission is in review or further; false if it was rejected, or the exchange had ended.</returns>
    public async Task<Outcome<bool>> Run(RecordIntakeInput input, StepContext context, CancellationToken cancel)
    {
        var (id, number) = (input.Submission.Exchange, input.Submission.Submission);
        var exchange = await book.Find(id, cancel).ConfigureAwait(false) ?? throw ExchangeErrors.Missing(id);
        var command = input.Problem is null ? ExchangeCommand.Admit : ExchangeCommand.Refuse;
        if (exchange.Submission.Number != number || ExchangeRules.Decide(exchange.State, command).Next is null)
            return Outcome.Of(false);
        var counts = await Publish(input, exchange, context.Artifacts, cancel).ConfigureAwait(false);
        exchange = await book.Change(
            id, command, ExchangeBook.Service,
            e => e with
            {
                Reason = input.Problem is { } problem
                    ? ExchangeErrors.ForOwner(problem, "The intake did not let the submission in; the partner finds the reasons in its outbox.")
                    : null,
                Submission = e.Submission with { Snapshot = input.Output?.Snapshot, Study = input.Output?.Study, Intake = counts },
            },
            cancel).ConfigureAwait(false);
        await ExchangeStatus.Write(storage.Files, exchange, cancel).ConfigureAwait(false);
        return Outcome.Of(input.Problem is null);
    }

    private async Task<IntakeCounts?> Publish(RecordIntakeInput input, Exchange exchange, IArtifactStore artifacts, CancellationToken cancel)
    {
        if (input.Problem is { } problem)
            await ExchangeProblem.Write(storage.Files, input.Submission, problem, cancel).ConfigureAwait(false);
        if (input.Output is not { } output)
            return null;
        var outbox = storage.Files.Area(ExchangeAreas.Outbox(exchange.Id, exchange.Submission.Number));
        await ArtifactFile.WriteIfAbsent(outbox, FileName, output.Document, artifacts, cancel).ConfigureAwait(false);
        if (!exchange.Terms.Counts)
            return null;
        var document = await artifacts.GetJson<IntakeDocument>(output.Document, cancel).ConfigureAwait(false);
        var codes = document.Cases.Where(c => c.Status == IntakeStatus.Quarantined).Select(c => c.Reasons[0].Code).ToList();
        return IntakeCounts.Of(output.Admitted, codes, exchange.Terms.SmallestCount);
    }
}
