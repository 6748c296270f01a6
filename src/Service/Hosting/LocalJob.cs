using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Service.Jobs;

namespace RadiogenomicsCloud.Service.Hosting;

/// <summary>One attempt of a <see cref="LocalJobHost"/> at one job, under its lease.</summary>
internal sealed partial class LocalJob(
    string id, ServiceRuntime runtime, JobRegister register, LocalJobHostOptions options, SemaphoreSlim workers, ILogger logger)
    : IProgress<Progress>
{
    private readonly Alarm alarm = new();
    private volatile Progress? progress;
    private volatile bool cancelled;

    public Progress? Progress => progress;

    /// <summary>Completes when the attempt has ended and given back its lease; never fails.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>Looks at the record now.</summary>
    public void Nudge() => alarm.Ring();

    void IProgress<Progress>.Report(Progress value) => progress = value;

    /// <param name="ended">Told, once the lease is given back, whether the register knows how it ended.</param>
    public void Begin(IAsyncDisposable lease, Action<bool> ended, CancellationToken stop) => Ended = Task.Run(
        async () =>
        {
            var recorded = await Attempt(stop).ConfigureAwait(false);
            try
            {
                await lease.DisposeAsync().ConfigureAwait(false);
            }
            catch (RadiogenomicsException exception)
            {
                LogTrouble(id, exception.Code, exception); // It runs out by itself.
            }
            ended(recorded);
        },
        CancellationToken.None);

    /// <returns>Whether the register knows how the attempt ended.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "Whatever ends an attempt is written down and tried again.")]
    private async Task<bool> Attempt(CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            // Read under the lease: another host may have ended it since it was listed.
            var job = await register.Change(id, Taken, stop).ConfigureAwait(false);
            if (job is null || job.HasEnded)
                return true;
            progress = job.Progress;
            LogBegun(id, job.Workflow, job.Attempts);
            using var watched = new CancellationTokenSource();
            var watch = Watch(ending, watched.Token);
            try
            {
                await RunWorkflow(job, ending.Token).ConfigureAwait(false);
            }
            finally
            {
                await watched.CancelAsync().ConfigureAwait(false);
                await watch.ConfigureAwait(false);
            }
            return await Write(ended => ended with { State = JobState.Completed, Problem = null }).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancelled)
        {
            return await Write(ended => ended with { State = JobState.Cancelled, Problem = null }).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return true; // Cut off with the host; whoever comes next goes on.
        }
        catch (Exception exception) when (exception is BadInputException or StudyFailedException)
        {
            return await Write(ended => ended with { State = JobState.Failed, Problem = HostTrouble.Of(exception) }).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            var trouble = HostTrouble.Of(exception);
            LogTrouble(id, trouble.Code, exception);
            return await Write(troubled => options.Patience.AfterTrouble(troubled, trouble)).ConfigureAwait(false);
        }
    }

    private static JobRecord Taken(JobRecord job) => job switch
    {
        { HasEnded: true } => job,
        { CancelRequested: true } => job with { State = JobState.Cancelled, Problem = null },
        _ => job with { State = JobState.Running },
    };

    private async Task RunWorkflow(JobRecord job, CancellationToken cancel)
    {
        var workflow = runtime.Workflows.Get(job.Workflow, job.WorkflowVersion);
        var input = await register.InputOf(job, cancel).ConfigureAwait(false);
        var runner = new SharedWorkers(runtime.RunnerFor(job.Id, job.Place), workers);
        await new LocalHost(runner, new(options.Workers, options.StepRetry), runtime.Time, this)
            .Run(workflow, job.Id, input, cancel).ConfigureAwait(false);
    }

    /// <summary>Keeps the record up to date while the workflow runs, and ends the run when the record asks for it.</summary>
    private async Task Watch(CancellationTokenSource ending, CancellationToken over)
    {
        var written = progress;
        while (!over.IsCancellationRequested)
        {
            await alarm.Sleep(options.RecordEvery, runtime.Time, over).ConfigureAwait(false);
            try
            {
                var now = progress;
                // The first progress of an attempt also takes the note of the last trouble away.
                var job = await register.Change(id, old => old.HasEnded || now == written ? old : old with { Progress = now, Problem = null }, over)
                    .ConfigureAwait(false);
                written = now;
                if (job is { HasEnded: false, CancelRequested: true })
                {
                    cancelled = true;
                    await ending.CancelAsync().ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (RadiogenomicsException exception)
            {
                LogTrouble(id, exception.Code, exception); // Tried again at the next look.
            }
        }
    }

    /// <summary>Writes how the attempt ended, unless the workflow has said so itself.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "Where the register itself cannot be written, the attempt is made again.")]
    private async Task<bool> Write(Func<JobRecord, JobRecord> change)
    {
        try
        {
            await register.Change(id, job => job.HasEnded ? job : change(job) with { Progress = progress ?? job.Progress }, CancellationToken.None)
                .ConfigureAwait(false);
            return true;
        }
        catch (Exception exception)
        {
            LogTrouble(id, HostTrouble.Of(exception).Code, exception);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {Id} begins: workflow {Workflow}, after {Attempts} troubles.")]
    private partial void LogBegun(string id, string workflow, int attempts);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {Id} met trouble ({Code}); it is tried again.")]
    private partial void LogTrouble(string id, string code, Exception exception);
}
