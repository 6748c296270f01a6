using System.Text.Json;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Jobs;

/// <summary>The jobs of a service, in its record store.</summary>
public sealed class JobRegister(IRecordStore records, IArtifactStore artifacts, TimeProvider time)
{
    private const string Partition = "jobs";

    /// <summary>
    /// Enters a job, queued. One of that id that completed, was refused, or has not ended stands: events come twice and late. One that failed
    /// or was cancelled is queued again.
    /// </summary>
    /// <returns>The job as it stands, and whether this call queued it.</returns>
    public async Task<(JobRecord Job, bool Queued)> Enter<TIn, TOut>(
        string id, JobKind kind, string subject, CohortPlace place, Workflow<TIn, TOut> workflow, TIn input, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        var payload = Payload.Guard(CanonicalJson.ToElement(input), $"input of workflow '{workflow.Name}'");
        var artifact = await artifacts.PutJson(payload, cancel).ConfigureAwait(false);
        while (true)
        {
            var old = await records.Find<JobRecord>(Partition, id, cancel).ConfigureAwait(false);
            if (old is not null && old.Value.State is not (JobState.Failed or JobState.Cancelled))
                return (old.Value, false);
            var now = time.GetUtcNow();
            var job = new JobRecord(id, kind, subject, place, workflow.Name, workflow.Version, artifact, JobState.Queued, old?.Value.Created ?? now, now);
            var change = old is null ? RecordChange.Insert(id, job) : RecordChange.Replace(old, job);
            if (await records.Commit(Partition, [change], cancel).ConfigureAwait(false))
                return (job, true);
        }
    }

    public async Task<JobRecord?> Find(string id, CancellationToken cancel) =>
        (await records.Find<JobRecord>(Partition, id, cancel).ConfigureAwait(false))?.Value;

    /// <summary>In ordinal order of the ids.</summary>
    public async Task<IReadOnlyList<JobRecord>> List(CancellationToken cancel)
    {
        var jobs = new List<JobRecord>();
        await foreach (var record in records.List<JobRecord>(Partition, "", cancel).ConfigureAwait(false))
            jobs.Add(record.Value);
        return jobs;
    }

    /// <summary>Changes a job, again from the start where another host was faster; <paramref name="change"/> returning its argument changes nothing.</summary>
    /// <returns>The job as it stands; null if there is none.</returns>
    public async Task<JobRecord?> Change(string id, Func<JobRecord, JobRecord> change, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(change);
        while (true)
        {
            if (await records.Find<JobRecord>(Partition, id, cancel).ConfigureAwait(false) is not { } old)
                return null;
            var changed = change(old.Value);
            if (changed == old.Value)
                return changed;
            changed = changed with { Changed = time.GetUtcNow() };
            if (await records.Commit(Partition, [RecordChange.Replace(old, changed)], cancel).ConfigureAwait(false))
                return changed;
        }
    }

    /// <summary>Asks a job to stop at its next checkpoint; does nothing to one that has ended.</summary>
    public Task<JobRecord?> RequestCancel(string id, CancellationToken cancel) =>
        Change(id, job => job.HasEnded ? job : job with { CancelRequested = true }, cancel);

    /// <summary>Queues a job that failed or was cancelled once more, on a person's word; does nothing to any other.</summary>
    public Task<JobRecord?> StartAgain(string id, CancellationToken cancel) => Change(
        id,
        job => job.State is JobState.Failed or JobState.Cancelled
            ? job with { State = JobState.Queued, CancelRequested = false, Problem = null, Progress = null, Attempts = 0 }
            : job,
        cancel);

    /// <summary>The input of the job's root workflow.</summary>
    /// <exception cref="TransientException">It is missing or damaged.</exception>
    public Task<JsonElement> InputOf(JobRecord job, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(job);
        return artifacts.GetJson<JsonElement>(job.Input, cancel);
    }
}
