using RadiogenomicsCloud.Service.Intake;
using RadiogenomicsCloud.Service.Jobs;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Exchanges;

/// <summary>
/// Takes a submission in when its marker is there. Told of it by events, which come twice, late, in any order or not at all, and by the
/// sweep, which finds what no event told.
/// </summary>
public sealed class ExchangeStarter(IServiceStorage storage, ExchangeJobs jobs, TimeProvider time)
{
    /// <summary>Who wrote what is in an inbox: whoever has the link.</summary>
    internal const string Partner = "partner";

    private readonly ExchangeBook book = new(storage.Records, time);

    /// <summary>
    /// Submits an exchange if its inbox has a marker, and enters the intake's job. A marker after the deadline, of an earlier submission, or
    /// in a state that takes no files is refused, once, in the history of the exchange.
    /// </summary>
    /// <param name="area">Any area; one that is no inbox, or has no marker, changes nothing.</param>
    /// <returns>The job of the intake as it stands; null if there is none to do.</returns>
    public async Task<JobRecord?> Completed(string area, CancellationToken cancel)
    {
        if (ExchangeAreas.OfInbox(area) is not var (id, submission)
            || await book.Find(id, cancel).ConfigureAwait(false) is not { FilesRemoved: false } exchange
            || !await storage.Files.Exists(area, cancel).ConfigureAwait(false)
            || await storage.Files.Area(area).Find(ExchangeAreas.Marker, cancel).ConfigureAwait(false) is not { } marker)
            return null;
        if (exchange.Submission.Number == submission && exchange.Submission.Marker == marker.Version)
            return await jobs.EnsureIntake(exchange, cancel).ConfigureAwait(false);
        if (Refusal(exchange, submission, marker) is { } refusal)
        {
            await book.Refuse(
                id, "submit", refusal, Partner, e => e.RefusedMarker == marker.Version ? null : e with { RefusedMarker = marker.Version }, cancel).ConfigureAwait(false);
            return null;
        }
        if (await IntakeStarter.ReadMarker(storage, new(area, ""), jobs.Policy, cancel).ConfigureAwait(false) is not { } read || read.Version != marker.Version)
            return null; // Overwritten just now: that is another event.
        try
        {
            exchange = await book.Change(
                id, ExchangeCommand.Submit, Partner,
                e => e with { Reason = null, Submission = e.Submission with { Marker = marker.Version, Manifest = read.Content, Submitted = marker.Modified } }, cancel).ConfigureAwait(false);
        }
        catch (BadInputException)
        {
            return null; // Ended in the meantime; the refusal is written down.
        }
        await ExchangeStatus.Write(storage.Files, exchange, cancel).ConfigureAwait(false);
        return await jobs.EnsureIntake(exchange, cancel).ConfigureAwait(false);
    }

    private static BadInputException? Refusal(Exchange exchange, int submission, StoredFile marker)
    {
        if (submission != exchange.Submission.Number)
            return new("exchange.earlier-submission", $"The marker is in the inbox of an earlier submission of the exchange {exchange.Id}; use the links of the current one.", exchange.Id);
        if (exchange.Submission.Marker is not null)
            return new("exchange.submitted", $"The exchange {exchange.Id} was submitted before, and a submission has one marker; ask for a further submission.", exchange.Id);
        if (ExchangeRules.Decide(exchange.State, ExchangeCommand.Submit) is { Refusal: { } why })
            return ExchangeErrors.NotNow(exchange, why);
        return marker.Modified < exchange.Deadline ? null : ExchangeErrors.Over(exchange, "the marker came after the deadline");
    }
}
