using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace RadiogenomicsCloud.Service.Hosting;

/// <summary>Does what recurs, each on its own; trouble of one is noted, logged, and keeps nothing else from being done.</summary>
public sealed partial class Scheduler(IReadOnlyList<Recurring> recurring, TimeProvider time, ILogger<Scheduler> logger)
{
    private readonly ConcurrentDictionary<string, RecurringStatus> statuses = new(StringComparer.Ordinal);

    /// <summary>In the order in which they were given.</summary>
    public IReadOnlyList<RecurringStatus> Statuses =>
        [.. recurring.Select(r => statuses.GetValueOrDefault(r.Name, new RecurringStatus(r.Name, null, null)))];

    /// <summary>Runs until told to stop.</summary>
    public Task Run(CancellationToken stop) => Task.WhenAll(recurring.Select(r => Repeat(r, stop)));

    private async Task Repeat(Recurring what, CancellationToken stop)
    {
        var alarm = new Alarm();
        while (!stop.IsCancellationRequested)
        {
            await Act(what, stop).ConfigureAwait(false);
            await alarm.Sleep(what.Every, time, stop).ConfigureAwait(false);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "What recurs is tried again, whatever ended it.")]
    private async Task Act(Recurring what, CancellationToken stop)
    {
        try
        {
            await what.Act(stop).ConfigureAwait(false);
            statuses[what.Name] = new(what.Name, time.GetUtcNow(), null);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told to stop.
        }
        catch (Exception exception)
        {
            var trouble = HostTrouble.Of(exception);
            statuses[what.Name] = new(what.Name, statuses.GetValueOrDefault(what.Name)?.Last, trouble);
            LogTrouble(what.Name, trouble.Code, exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Name} met trouble ({Code}); it is tried again.")]
    private partial void LogTrouble(string name, string code, Exception exception);
}
