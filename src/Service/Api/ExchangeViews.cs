using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Exchanges;
using RadiogenomicsCloud.Service.Jobs;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Api;

/// <summary>An exchange as its owner sees it: nothing of the partner's cases but what was agreed.</summary>
/// <param name="Closed">Nothing happens to it any more.</param>
internal sealed record ExchangeView(
    string Id, string Partner, ExchangeModel Model, ExchangeTerms Terms, string? IpRange, ExchangeState State, DateTimeOffset Created, DateTimeOffset Changed,
    DateTimeOffset Deadline, DateTimeOffset CloseBy, DateTimeOffset ExpiresAt, bool Closed, SubmissionView Submission, ExchangeReason? Reason)
{
    public static ExchangeView Of(Exchange e) => new(
        e.Id, e.Partner, e.Model, e.Terms, e.IpRange, e.State, e.Created, e.Changed, e.Deadline, e.CloseBy, e.ExpiresAt, ExchangeRules.IsClosed(e.State),
        new(e.Submission.Number, e.Submission.Opened, e.Submission.Submitted, e.Submission.Intake), e.Reason);
}

internal sealed record SubmissionView(int Number, DateTimeOffset Opened, DateTimeOffset? Submitted, IntakeCounts? Intake);

/// <param name="Job">The newest job of the current submission; null if there is none.</param>
/// <param name="Aggregates">What was agreed to be shown; null before the release.</param>
internal sealed record ExchangeDetails(
    ExchangeView Exchange, IReadOnlyList<AuditEntry> History, IReadOnlyList<LinkEntry> Links, ExchangeJobView? Job, AgreedAggregates? Aggregates);

internal sealed record ExchangeJobView(string Id, JobKind Kind, JobState State, Progress? Progress);

/// <summary>An exchange with links that were just made.</summary>
internal sealed record ExchangeAnswer(ExchangeView Exchange, IReadOnlyList<LinkView>? Links)
{
    public static ExchangeAnswer Of(Invitation invitation) =>
        new(ExchangeView.Of(invitation.Exchange), [LinkView.Of(invitation.Upload), LinkView.Of(invitation.Results)]);
}

/// <param name="Link">A secret, shown in this answer and never again.</param>
internal sealed record LinkView(LinkPurpose Purpose, string Link, DateTimeOffset? Expires, string? IpRange, bool IpEnforced)
{
    public static LinkView Of(IssuedLink issued) => new(issued.Purpose, issued.Link.AbsoluteUri, issued.Entry.Expiry, issued.Entry.IpRange, issued.Entry.IpEnforced);
}
