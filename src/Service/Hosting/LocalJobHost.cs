using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Jobs;

namespace RadiogenomicsCloud.Service.Hosting;

/// <summary>
/// Runs jobs in this process. It owns no list of its own: at every look it takes up what is queued or running in the register and is
/// leased by nobody, so that the jobs of a killed host go on, and two hosts on one storage share the work.
/// </summary>
/// <remarks>
/// How a job ends is told by the effects of its workflow; the host only sees to it that it ends: one whose workflow returned or failed
/// without saying so is completed or failed here. Trouble of the storage, and our own bugs, leave a job running with a note, to be tried
/// again.
/// </remarks>
public sealed partial class LocalJobHost : IJobHost, IDisposable
{
    private readonly ServiceRuntime runtime;
    private readonly JobRegister register;
    private readonly LocalJobHostOptions options;
    private readonly ILogger<LocalJobHost> logger;
    private readonly SemaphoreSlim workers;
    private readonly Alarm alarm = new();
    private readonly ConcurrentDictionary<string, LocalJob> running = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> resting = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentOutOfRangeException">An option is outside its stated range.</exception>
    public LocalJobHost(ServiceRuntime runtime, JobRegister register, LocalJobHostOptions options, ILogger<LocalJobHost> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Workers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Jobs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Patience.Attempts, 1);
        this.runtime = runtime;
        this.register = register;
        this.options = options;
        this.logger = logger;
        workers = new SemaphoreSlim(options.Workers);
    }

    /// <summary>Jobs that this host is running now.</summary>
    public IReadOnlyCollection<string> Running => [.. running.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The last look at the register that failed; null if the last one did not.</summary>
    public Failure? Trouble { get; private set; }

    /// <summary>The record is all that a start, or a request to cancel, needs: this only spares the wait for the next look at it.</summary>
    public Task Start(JobRecord job, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(job);
        if (running.TryGetValue(job.Id, out var mine))
            mine.Nudge();
        alarm.Ring();
        return Task.CompletedTask;
    }

    public Task<Progress?> ProgressOf(string jobId, CancellationToken cancel) =>
        Task.FromResult(running.TryGetValue(jobId, out var job) ? job.Progress : null);

    /// <summary>Works until told to stop, then until running steps have ended. Jobs that were cut off stay running in the register.</summary>
    public async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Look(stop).ConfigureAwait(false);
            await alarm.Sleep(options.ScanEvery, runtime.Time, stop).ConfigureAwait(false);
        }
        await Task.WhenAll(running.Values.Select(job => job.Ended)).ConfigureAwait(false);
    }

    public void Dispose() => workers.Dispose();

    /// <summary>Takes up every job that is due and free, as far as there is room.</summary>
    private async Task Look(CancellationToken stop)
    {
        try
        {
            var open = (await register.List(stop).ConfigureAwait(false)).Where(job => !job.HasEnded);
            foreach (var job in open.OrderBy(job => job.Created).ThenBy(job => job.Id, StringComparer.Ordinal))
            {
                if (running.Count >= options.Jobs)
                    break;
                if (!running.ContainsKey(job.Id) && IsDue(job))
                    await TakeUp(job, stop).ConfigureAwait(false);
            }
            Trouble = null;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told to stop in the middle of a look.
        }
        catch (Exception exception)
        {
            Trouble = HostTrouble.Of(exception);
            LogLook(exception, Trouble.Code);
        }
    }

    private bool IsDue(JobRecord job)
    {
        var now = runtime.Time.GetUtcNow();
        if (resting.TryGetValue(job.Id, out var until) && now < until)
            return false;
        return options.Patience.IsDue(job, now);
    }

    private async Task TakeUp(JobRecord job, CancellationToken stop)
    {
        if (await runtime.Storage.Leases.TryTake(job.Id, stop).ConfigureAwait(false) is not { } lease)
            return;
        resting.TryRemove(job.Id, out _);
        var mine = new LocalJob(job.Id, runtime, register, options, workers, logger);
        running[job.Id] = mine;
        mine.Begin(lease, Ended, stop);

        void Ended(bool recorded)
        {
            // Where not even the trouble could be written, the next attempt waits here.
            if (!recorded)
                resting[job.Id] = runtime.Time.GetUtcNow() + options.Patience.FirstDelay;
            running.TryRemove(job.Id, out _);
            alarm.Ring();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The jobs could not be looked at ({Code}); they will be again.")]
    private partial void LogLook(Exception exception, string code);
}
