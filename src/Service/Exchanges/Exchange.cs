using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Service.Exchanges;

/// <summary>The version of a model that an exchange is about, as it was at the invitation.</summary>
/// <param name="Sha256">Of the model file.</param>
public sealed record ExchangeModel(string Name, int Version, string Sha256);

/// <summary>Why an exchange is where it is, as its owner may read it: nothing of a case is in it.</summary>
public sealed record ExchangeReason(string Code, string Text);

/// <summary>One delivery of a partner: an inbox and an outbox of its own.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Marker">Version of the marker that submitted it; null before.</param>
/// <param name="Manifest">The marker's bytes; null before.</param>
/// <param name="Submitted">When the marker was written, UTC; null before.</param>
/// <param name="Snapshot">A <see cref="Pipeline.Steps.CohortSnapshot"/> of what the intake let in; null before.</param>
/// <param name="Study">The partner's own <see cref="Pipeline.Study"/>; null before, or without one.</param>
/// <param name="Intake">The counts of the intake that the owner may see; null before.</param>
/// <param name="RunId">The run that scored it; null before.</param>
public sealed record ExchangeSubmission(
    int Number, DateTimeOffset Opened, string? Marker = null, ArtifactRef? Manifest = null, DateTimeOffset? Submitted = null, ArtifactRef? Snapshot = null,
    ArtifactRef? Study = null, IntakeCounts? Intake = null, string? RunId = null);

/// <summary>An exchange with a partner: the partner's cohort comes, the locked model is scored on it, agreed aggregates go to the owner.</summary>
/// <param name="Id">12 hexadecimal digits from a generator of secrets.</param>
/// <param name="Partner">Name of the site, as the owner wrote it: to be encoded wherever it is shown.</param>
/// <param name="IpRange">From where the links work; null from anywhere.</param>
/// <param name="Deadline">Until when files can be uploaded, UTC.</param>
/// <param name="CloseBy">Until when it must be decided and results can be fetched, UTC; then its files are removed.</param>
/// <param name="Reason">Of the last change; null if it needs none.</param>
/// <param name="Entries">How many entries its history has.</param>
/// <param name="Links">How many entries its ledger of links has.</param>
/// <param name="RefusedMarker">Version of a marker that was refused, so that it is refused once.</param>
/// <param name="LinksEnded">After a revocation or a withdrawal: the storage has been told to end the links.</param>
/// <param name="FilesRemoved">Inboxes and outboxes are gone.</param>
public sealed record Exchange(
    string Id, string Partner, ExchangeModel Model, ExchangeTerms Terms, string? IpRange, ExchangeState State, DateTimeOffset Created,
    DateTimeOffset Changed, DateTimeOffset Deadline, DateTimeOffset CloseBy, ExchangeSubmission Submission, ExchangeReason? Reason = null,
    int Entries = 0, int Links = 0, string? RefusedMarker = null, bool LinksEnded = false, bool FilesRemoved = false)
{
    /// <summary>When it expires unless something happens: an upload by the deadline, a review by the close.</summary>
    public DateTimeOffset ExpiresAt => ExchangeRules.TakesFiles(State) ? Deadline : CloseBy;
}
