using RadiogenomicsCloud.Service.Exchanges;
using static RadiogenomicsCloud.Service.Exchanges.ExchangeCommand;
using static RadiogenomicsCloud.Service.Exchanges.ExchangeState;

namespace RadiogenomicsCloud.Service.Tests.Exchanges;

public sealed class ExchangeRulesTests
{
    private static readonly ExchangeState[] Columns = [Invited, Uploading, Submitted, InReview, Accepted, Rejected, Expired, Released, Revoked, Withdrawn];

    /// <summary>Every command in every state, in the order of <see cref="Columns"/>: where it leads; null is refused.</summary>
    private static readonly Dictionary<ExchangeCommand, ExchangeState?[]> Table = new()
    {
        [SeeUpload] = [Uploading, Uploading, null, null, null, null, null, null, null, null],
        [Submit] = [Submitted, Submitted, Submitted, null, null, null, null, null, null, null],
        [Admit] = [null, null, InReview, InReview, Accepted, Rejected, null, Released, null, null],
        [Refuse] = [null, null, Rejected, null, null, Rejected, null, null, null, null],
        [Accept] = [null, null, null, Accepted, Accepted, null, null, null, null, null],
        [Reject] = [null, null, Rejected, Rejected, Rejected, Rejected, null, null, null, null],
        [Fail] = [null, null, null, null, Rejected, Rejected, null, null, null, null],
        [Release] = [null, null, null, null, Released, null, null, Released, null, null],
        [Resubmit] = [null, null, null, null, null, Invited, null, null, null, null],
        [Expire] = [Expired, Expired, Expired, Expired, null, Expired, Expired, null, null, null],
        [Revoke] = [Revoked, Revoked, Revoked, Revoked, Revoked, Revoked, Revoked, Revoked, Revoked, null],
        [Withdraw] = [Withdrawn, Withdrawn, Withdrawn, Withdrawn, Withdrawn, Withdrawn, Withdrawn, Withdrawn, Withdrawn, Withdrawn],
    };

    public static TheoryData<ExchangeState, ExchangeCommand> Pairs
    {
        get
        {
            var pairs = new TheoryData<ExchangeState, ExchangeCommand>();
            foreach (var state in Enum.GetValues<ExchangeState>())
            {
                foreach (var command in Enum.GetValues<ExchangeCommand>())
                    pairs.Add(state, command);
            }
            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Every_command_leads_where_the_table_says_or_is_refused_with_a_reason(ExchangeState state, ExchangeCommand command)
    {
        var expected = Table[command][Array.IndexOf(Columns, state)];
        var move = ExchangeRules.Decide(state, command);
        Assert.Equal(expected, move.Next);
        Assert.Equal(expected is null, move.Refusal is { Length: > 0 });
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_command_done_twice_leads_where_it_led_once(ExchangeState state, ExchangeCommand command)
    {
        if (ExchangeRules.Decide(state, command).Next is { } next && command is not (SeeUpload or Resubmit or Admit))
            Assert.Equal(next, ExchangeRules.Decide(next, command).Next);
    }

    [Fact]
    public void What_was_revoked_or_withdrawn_comes_back_by_no_command()
    {
        var reached = new HashSet<ExchangeState> { Revoked, Expired };
        while (reached.SelectMany(s => Enum.GetValues<ExchangeCommand>().Select(c => ExchangeRules.Decide(s, c).Next)).OfType<ExchangeState>().Any(reached.Add))
        {
        }
        Assert.Equal([Expired, Revoked, Withdrawn], reached.Order());
    }

    [Fact]
    public void Results_are_released_only_after_a_submission_a_review_and_an_acceptance()
    {
        // The shortest way from the invitation to the release, found by trying every command.
        var ways = new Dictionary<ExchangeState, ExchangeCommand[]> { [Invited] = [] };
        var queue = new Queue<ExchangeState>([Invited]);
        while (queue.TryDequeue(out var state))
        {
            foreach (var command in Enum.GetValues<ExchangeCommand>())
            {
                if (ExchangeRules.Decide(state, command).Next is { } next && ways.TryAdd(next, [.. ways[state], command]))
                    queue.Enqueue(next);
            }
        }
        Assert.Equal([Submit, Admit, Accept, Release], ways[Released]);
        Assert.Equal(Enum.GetValues<ExchangeState>().Length, ways.Count);
    }
}
