using System.Collections.Concurrent;
using RadiogenomicsCloud.Service.Intake;
using RadiogenomicsCloud.Service.Jobs;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Hosting;

/// <summary>
/// Finds cohorts of the owner that are complete and starts them. It looks at what is there, not at what happened: an event that is lost, late
/// or comes twice makes no difference.
/// </summary>
public sealed class CohortWatcher(IFileAreas files, IntakeStarter starter, IJobHost host)
{
    // Only spares the question: a marker that this watcher has seen to is not read again.
    private readonly ConcurrentDictionary<string, string> seen = new(StringComparer.Ordinal);

    /// <summary>Looks once at every cohort.</summary>
    public async Task Look(CancellationToken cancel)
    {
        var area = files.Area(AreaNames.Cohorts);
        RadiogenomicsException? trouble = null;
        await foreach (var name in area.ListFolders("", cancel).ConfigureAwait(false))
        {
            if (!IntakeStarter.IsCohortName(name))
                continue;
            try
            {
                await Look(area, name, cancel).ConfigureAwait(false);
            }
            catch (RadiogenomicsException exception)
            {
                trouble ??= exception; // One cohort's trouble does not hide the others.
            }
        }
        if (trouble is not null)
            throw trouble;
    }

    private async Task Look(IFileArea area, string name, CancellationToken cancel)
    {
        if (await area.Find($"{name}/{CohortManifest.FileName}", cancel).ConfigureAwait(false) is not { } marker
            || (seen.TryGetValue(name, out var version) && version == marker.Version))
            return;
        if (await starter.Start(name, cancel).ConfigureAwait(false) is { Queued: true } started)
            await host.Start(started.Job, cancel).ConfigureAwait(false);
        seen[name] = marker.Version;
    }
}
