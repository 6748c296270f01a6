using System.Diagnostics.CodeAnalysis;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Hosting;
using RadiogenomicsCloud.Service.Jobs;

namespace RadiogenomicsCloud.Functions.Durable;

/// <summary>Runs jobs as orchestrations: the instance has the id of the job.</summary>
internal sealed class DurableJobHost(DurableTaskClient client, ServiceRuntime runtime, JobRegister register) : IJobHost
{
    /// <summary>An instance in one of these stands. Any other is one that failed, and is begun anew under its id.</summary>
    private static readonly OrchestrationRuntimeStatus[] Standing =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended, OrchestrationRuntimeStatus.Completed];

    /// <exception cref="TransientException">Durable, or the storage, cannot be reached.</exception>
    public async Task Start(JobRecord job, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(job);
        if (job.HasEnded)
            return;
        var instance = await Reach(() => client.GetInstanceAsync(job.Id, getInputsAndOutputs: false, cancel), cancel);
        if (instance is { RuntimeStatus: OrchestrationRuntimeStatus.Pending or OrchestrationRuntimeStatus.Running or OrchestrationRuntimeStatus.Suspended })
            return;
        if (instance is not null)
        {
            // The record at hand may be older than the instance's end.
            if (await NoteUntoldEnd(job, cancel) is not { HasEnded: false } now)
                return;
            job = now;
            // It completes after its record only: that record was removed since, and this is another of the same id.
            if (instance.RuntimeStatus == OrchestrationRuntimeStatus.Completed)
                await Reach(() => client.PurgeInstanceAsync(job.Id, cancel), cancel);
        }
        if (await CallOf(job, cancel) is not { } call)
            return;
        var options = new StartOrchestrationOptions(job.Id).WithDedupeStatuses(Standing);
        try
        {
            await Reach(() => client.ScheduleNewOrchestrationInstanceAsync(DurableWorkflow.Orchestrator, call, options, cancel), cancel);
        }
        catch (TransientException exception) when (exception.InnerException is OrchestrationAlreadyExistsException)
        {
            // Somebody was faster.
        }
    }

    public async Task<Progress?> ProgressOf(string jobId, CancellationToken cancel)
    {
        var running = new Dictionary<string, Progress>(StringComparer.Ordinal);
        var query = new OrchestrationQuery(
            Statuses: [OrchestrationRuntimeStatus.Running], InstanceIdPrefix: jobId, PageSize: 200, FetchInputsAndOutputs: true);
        await Reach(
            async () =>
            {
                await foreach (var instance in client.GetAllInstancesAsync(query).WithCancellation(cancel))
                {
                    // Another job's id may begin with this one's.
                    if (instance.SerializedCustomStatus is not null && instance.ReadInputAs<WorkflowCall>()?.JobId == jobId
                        && instance.ReadCustomStatusAs<Progress>() is { Stage: not null } progress)
                        running[instance.InstanceId] = progress;
                }
                return true;
            },
            cancel);
        return InstanceProgress.Of(jobId, running);
    }

    /// <summary>
    /// An instance that failed without a note in the record (its workflow's version is gone, or Durable itself gave it up) counts as an
    /// attempt, so that the job does not begin for ever.
    /// </summary>
    private async Task<JobRecord?> NoteUntoldEnd(JobRecord job, CancellationToken cancel) => await register.Change(
        job.Id,
        old => old is { State: JobState.Running, Problem: null }
            ? JobPatience.Default.AfterTrouble(old, new("service.orchestration", "The orchestration ended without saying why; its log says more.", null))
            : old,
        cancel);

    /// <summary>What starts a job; null if no version of its workflow is left, and the job has failed with that.</summary>
    private async Task<WorkflowCall?> CallOf(JobRecord job, CancellationToken cancel)
    {
        var versions = runtime.Workflows.Workflows.Where(w => w.Name == job.Workflow).Select(w => w.Version).ToList();
        if (versions.Count == 0)
        {
            var problem = new Failure("job.workflow", $"This version of the service has no workflow '{job.Workflow}'.", job.Workflow);
            await register.Change(job.Id, old => old.HasEnded ? old : old with { State = JobState.Failed, Problem = problem }, cancel);
            return null;
        }
        var version = versions.Contains(job.WorkflowVersion) ? job.WorkflowVersion : versions.Max();
        return new(job.Workflow, version, job.Id, job.Place, await register.InputOf(job, cancel));
    }

    [SuppressMessage("Design", "CA1031", Justification = "What the client throws depends on its transport; a next sweep tries again.")]
    private static async Task<T> Reach<T>(Func<Task<T>> ask, CancellationToken cancel)
    {
        try
        {
            return await ask();
        }
        catch (Exception exception) when (exception is not RadiogenomicsException && !cancel.IsCancellationRequested)
        {
            throw new TransientException("durable.unreachable", "The orchestrations cannot be reached now.", null, exception);
        }
    }
}
