namespace RadiogenomicsCloud.Service.Exchanges;

/// <summary>Where an exchange with a partner is.</summary>
public enum ExchangeState
{
    /// <summary>The links are out; nothing has come.</summary>
    Invited,

    /// <summary>Files have come, the marker has not.</summary>
    Uploading,

    /// <summary>The marker has come; the intake is checking.</summary>
    Submitted,

    /// <summary>What passed the intake waits for a person's word.</summary>
    InReview,

    /// <summary>The locked model is being scored on it.</summary>
    Accepted,

    /// <summary>By the intake, by a person, or because it cannot be scored. A further submission may be asked for.</summary>
    Rejected,

    /// <summary>Nothing was submitted, or nothing was decided, in time.</summary>
    Expired,

    /// <summary>The report lies in the outbox, the agreed aggregates with the owner.</summary>
    Released,

    /// <summary>Ended by the owner.</summary>
    Revoked,

    /// <summary>Ended by the partner, whose files are removed.</summary>
    Withdrawn,
}

/// <summary>What can happen to an exchange.</summary>
public enum ExchangeCommand
{
    /// <summary>A file other than the marker is in the inbox.</summary>
    SeeUpload,

    /// <summary>The marker is in the inbox.</summary>
    Submit,

    /// <summary>The intake let cases in.</summary>
    Admit,

    /// <summary>The intake let nothing in.</summary>
    Refuse,

    Accept,
    Reject,

    /// <summary>The model cannot be scored on what was accepted.</summary>
    Fail,

    Release,

    /// <summary>Asks for a further submission.</summary>
    Resubmit,

    Expire,
    Revoke,
    Withdraw,
}
