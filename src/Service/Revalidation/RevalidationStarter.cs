using System.Globalization;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Service.Jobs;
using RadiogenomicsCloud.Service.Models;
using RadiogenomicsCloud.Service.Ports;
using RadiogenomicsCloud.Service.Workflows;

namespace RadiogenomicsCloud.Service.Revalidation;

/// <summary>Enters a look at every locked model whose cohort has changed since the last. To be called by a timer, as often as it likes.</summary>
/// <param name="version">Of the product.</param>
public sealed class RevalidationStarter(IServiceStorage storage, ModelRegistry models, JobRegister jobs, LookBook looks, string version)
{
    /// <returns>The jobs that this call entered.</returns>
    /// <exception cref="RadiogenomicsException">The first trouble with a model, told after all the others were seen to; what was entered stands.</exception>
    public async Task<IReadOnlyList<JobRecord>> EnterDue(CancellationToken cancel)
    {
        var entered = new List<JobRecord>();
        var known = await jobs.List(cancel).ConfigureAwait(false);
        RadiogenomicsException? trouble = null;
        foreach (var name in await models.Names(cancel).ConfigureAwait(false))
        {
            await foreach (var model in models.Versions(name, cancel).ConfigureAwait(false))
            {
                if (model.State != ModelState.Locked || Newest(known, model.Cohort) is not { } cohort)
                    continue;
                try
                {
                    if (await Enter(model, cohort, cancel).ConfigureAwait(false) is { } job)
                        entered.Add(job);
                }
                catch (RadiogenomicsException exception)
                {
                    trouble ??= exception; // A cohort that is just being replaced does not keep the other models from being looked at.
                }
            }
        }
        return trouble is null ? entered : throw trouble;
    }

    /// <summary>The last job of a cohort that was let in and published: an intake that is going on may yet be refused.</summary>
    private static JobRecord? Newest(IReadOnlyList<JobRecord> known, string cohort) => known
        .Where(job => job is { Kind: JobKind.CohortRun, State: JobState.Completed, Snapshot: not null } && job.Subject == cohort)
        .OrderBy(job => job.Created).ThenBy(job => job.Id, StringComparer.Ordinal).LastOrDefault();

    private async Task<JobRecord?> Enter(ModelVersion model, JobRecord cohort, CancellationToken cancel)
    {
        var standing = await looks.Standing(model.Name, model.Version, cancel).ConfigureAwait(false);
        if (cohort.RunId is not { } run || run == (standing?.CohortRun ?? model.RunId))
            return null; // Nothing has come since the last look, or since the run that made the model.
        var document = await ModelDocument.Read(storage.Artifacts, model.Model, cancel).ConfigureAwait(false);
        var snapshot = await storage.Artifacts.GetJson<CohortSnapshot>(cohort.Snapshot!, cancel).ConfigureAwait(false);
        var request = await RunRequest.Surveillance(
            document, new(model.Performance, model.Features, model.Cases), standing?.Known, await IdMap(snapshot, cohort.Place, cancel).ConfigureAwait(false), snapshot, version,
            storage.Artifacts, cancel).ConfigureAwait(false);
        // The same cohort from the same start is the same job, which stands however often the timer rings.
        var id = string.Create(CultureInfo.InvariantCulture, $"revalidate-{model.Name}-v{model.Version}-{request.RunId}");
        if (await jobs.Find(id, cancel).ConfigureAwait(false) is not null)
            return null;
        var (job, queued) = await jobs.Enter(
            id, JobKind.Revalidation, model.Name, cohort.Place, RevalidationWorkflow.Definition,
            new RevalidationInput(id, model.Name, model.Version, run, request.Input), cancel).ConfigureAwait(false);
        return queued ? job : null;
    }

    /// <summary>Which ids are joined is a matter of the cohort as it is now, and no model file holds it.</summary>
    private async Task<SortedDictionary<string, string>> IdMap(CohortSnapshot snapshot, CohortPlace place, CancellationToken cancel)
    {
        if (snapshot.Find(StudyFile.FileName) is not { } study)
            return new(StringComparer.Ordinal);
        var stream = await place.In(storage.Files).Open(study, cancel).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            using var reader = new StreamReader(stream);
            return StudyFile.Parse(await reader.ReadToEndAsync(cancel).ConfigureAwait(false), StudyFile.FileName).IdMap;
        }
    }
}
