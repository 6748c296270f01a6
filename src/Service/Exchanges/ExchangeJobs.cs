using System.Globalization;
using RadiogenomicsCloud.Service.Intake;
using RadiogenomicsCloud.Service.Jobs;
using RadiogenomicsCloud.Service.Ports;
using RadiogenomicsCloud.Service.Workflows;

namespace RadiogenomicsCloud.Service.Exchanges;

/// <summary>The jobs of exchanges: one intake and one scoring a submission.</summary>
/// <param name="limits">The most that a partner's cohort may be.</param>
public sealed class ExchangeJobs(JobRegister jobs, IntakeLimits limits)
{
    /// <summary>What is asked of a partner's cohort: it is always de-identified, and needs no study file, because the model has one.</summary>
    internal IntakePolicy Policy => new(limits, RequireDeidentified: true, RequireStudy: false);

    public static string IntakeId(string exchange, int submission) => Id(exchange, submission, "intake");

    public static string ScoringId(string exchange, int submission) => Id(exchange, submission, "scoring");

    /// <summary>Enters the intake of the current submission unless it was entered before, however that ended.</summary>
    public async Task<JobRecord> EnsureIntake(Exchange exchange, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        var id = IntakeId(exchange.Id, exchange.Submission.Number);
        if (await jobs.Find(id, cancel).ConfigureAwait(false) is { } there)
            return there;
        var input = new IntakeInput(Place(exchange), exchange.Submission.Manifest!, Policy);
        return (await jobs.Enter(
            id, JobKind.ExchangeIntake, exchange.Id, Place(exchange), ExchangeIntakeWorkflow.Definition,
            new(new(exchange.Id, exchange.Submission.Number), input), cancel).ConfigureAwait(false)).Job;
    }

    /// <summary>Enters the scoring of the current submission unless it was entered before, however that ended.</summary>
    public async Task<JobRecord> EnsureScoring(Exchange exchange, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        return await jobs.Find(ScoringId(exchange.Id, exchange.Submission.Number), cancel).ConfigureAwait(false)
            ?? await EnterScoring(exchange, cancel).ConfigureAwait(false);
    }

    /// <summary>Enters the scoring of the current submission, once more where it failed.</summary>
    public async Task<JobRecord> EnterScoring(Exchange exchange, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        return (await jobs.Enter(
            ScoringId(exchange.Id, exchange.Submission.Number), JobKind.ExchangeScoring, exchange.Id, Place(exchange), ExchangeScoringWorkflow.Definition,
            new(exchange.Id, exchange.Submission.Number), cancel).ConfigureAwait(false)).Job;
    }

    /// <summary>Asks the jobs of the current submission to stop.</summary>
    public async Task Cancel(Exchange exchange, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        await jobs.RequestCancel(IntakeId(exchange.Id, exchange.Submission.Number), cancel).ConfigureAwait(false);
        await jobs.RequestCancel(ScoringId(exchange.Id, exchange.Submission.Number), cancel).ConfigureAwait(false);
    }

    private static CohortPlace Place(Exchange exchange) => new(ExchangeAreas.Inbox(exchange.Id, exchange.Submission.Number), "");

    private static string Id(string exchange, int submission, string kind) =>
        string.Create(CultureInfo.InvariantCulture, $"{AreaNames.ExchangePrefix}{exchange}-{submission}-{kind}");
}
