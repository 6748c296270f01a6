namespace RadiogenomicsCloud.Service.Exchanges;

/// <summary>What a command does in a state: leads to a state (perhaps the same), or is refused for a reason.</summary>
/// <param name="Next">Null if it is refused.</param>
/// <param name="Refusal">One clause for people, that goes after "The exchange"; null if it is not refused.</param>
public sealed record ExchangeMove(ExchangeState? Next, string? Refusal);

/// <summary>
/// The rules of an exchange: a function of state and command alone. What comes twice, as events and steps of a restarted job do, leads to the
/// state that is there.
/// </summary>
public static class ExchangeRules
{
    /// <summary>Nothing follows but what ends or repeats it.</summary>
    public static bool IsClosed(ExchangeState state) =>
        state is ExchangeState.Expired or ExchangeState.Released or ExchangeState.Revoked or ExchangeState.Withdrawn;

    /// <summary>The inbox takes files.</summary>
    public static bool TakesFiles(ExchangeState state) => state is ExchangeState.Invited or ExchangeState.Uploading;

    public static ExchangeMove Decide(ExchangeState state, ExchangeCommand command) => command switch
    {
        ExchangeCommand.SeeUpload => TakesFiles(state) ? To(ExchangeState.Uploading) : Refused(state),
        ExchangeCommand.Submit => TakesFiles(state) || state == ExchangeState.Submitted ? To(ExchangeState.Submitted) : Refused(state),
        ExchangeCommand.Admit => state switch
        {
            ExchangeState.Submitted => To(ExchangeState.InReview),
            // The intake's job was started again after people had gone on.
            ExchangeState.InReview or ExchangeState.Accepted or ExchangeState.Rejected or ExchangeState.Released => To(state),
            _ => Refused(state),
        },
        ExchangeCommand.Refuse => state is ExchangeState.Submitted or ExchangeState.Rejected ? To(ExchangeState.Rejected) : Refused(state),
        ExchangeCommand.Accept => state is ExchangeState.InReview or ExchangeState.Accepted ? To(ExchangeState.Accepted) : Refused(state),
        // Also a way out where a job cannot come to its end.
        ExchangeCommand.Reject => state is ExchangeState.Submitted or ExchangeState.InReview or ExchangeState.Accepted or ExchangeState.Rejected
            ? To(ExchangeState.Rejected) : Refused(state),
        ExchangeCommand.Fail => state is ExchangeState.Accepted or ExchangeState.Rejected ? To(ExchangeState.Rejected) : Refused(state),
        ExchangeCommand.Release => state is ExchangeState.Accepted or ExchangeState.Released ? To(ExchangeState.Released) : Refused(state),
        ExchangeCommand.Resubmit => state == ExchangeState.Rejected ? To(ExchangeState.Invited) : Refused(state),
        ExchangeCommand.Expire => state is ExchangeState.Invited or ExchangeState.Uploading or ExchangeState.Submitted or ExchangeState.InReview
            or ExchangeState.Rejected or ExchangeState.Expired ? To(ExchangeState.Expired) : Refused(state),
        ExchangeCommand.Revoke => state is ExchangeState.Withdrawn ? Refused(state) : To(ExchangeState.Revoked),
        // A partner may take its files back at any time, whatever else has ended.
        ExchangeCommand.Withdraw => To(ExchangeState.Withdrawn),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Not a command."),
    };

    private static ExchangeMove To(ExchangeState next) => new(next, null);

    private static ExchangeMove Refused(ExchangeState state) => new(null, state switch
    {
        ExchangeState.Invited or ExchangeState.Uploading => "has no complete submission yet",
        ExchangeState.Submitted => "is being checked by the intake",
        ExchangeState.InReview => "is in review",
        ExchangeState.Accepted => "is accepted and being scored",
        ExchangeState.Rejected => "is rejected",
        ExchangeState.Expired => "has expired",
        ExchangeState.Released => "is over: its results are released",
        ExchangeState.Revoked => "was revoked",
        ExchangeState.Withdrawn => "was withdrawn by the partner",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a state."),
    });
}
