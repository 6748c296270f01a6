namespace RadiogenomicsCloud.Service.Ports;

/// <summary>One event of a run's history.</summary>
/// <param name="Event">For example <c>step</c>.</param>
public sealed record LedgerEntry(DateTimeOffset At, string Event, IReadOnlyDictionary<string, string> Facts);

/// <summary>A storage whose ledgers can be read again; for people.</summary>
public interface ILedgerReader
{
    /// <summary>The events of a run as they were written, the oldest first, read as it goes; none if there is no such run.</summary>
    IAsyncEnumerable<LedgerEntry> ReadLedger(string runId, CancellationToken cancel);
}
