using System.Security.Cryptography;
using System.Text;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Jobs;
using RadiogenomicsCloud.Service.Ports;
using RadiogenomicsCloud.Service.Workflows;

namespace RadiogenomicsCloud.Service.Intake;

/// <summary>
/// Enters the job of a cohort whose marker arrived. To be called by whoever hears of a marker, as often as they like: events come twice, late
/// and out of order, and what counts is the marker that is there.
/// </summary>
/// <param name="version">Of the product.</param>
public sealed class IntakeStarter(IServiceStorage storage, JobRegister jobs, IntakePolicy policy, string version)
{
    private const int LongestName = 40;
    private const int IdDigits = 12;

    /// <summary>
    /// Whether a text can be the name of a cohort: 1 to 40 of a–z, 0–9 and hyphens, not beginning with a hyphen, and not one under which the
    /// service publishes something else.
    /// </summary>
    public static bool IsCohortName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return !ResultPrefixes.Reserved.Contains(name) && name.Length is > 0 and <= LongestName && name[0] != '-' && name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
    }

    /// <exception cref="BadInputException"><c>cohort.name</c>: see <see cref="IsCohortName"/>.</exception>
    public static void RequireCohortName(string name)
    {
        if (!IsCohortName(name))
        {
            throw new BadInputException(
                "cohort.name",
                $"'{CohortPath.Shown(name)}' is no name of a cohort: 1 to {LongestName} of a–z, 0–9 and hyphens, not beginning with a hyphen, and none of {string.Join(", ", ResultPrefixes.Reserved)}.",
                CohortPath.Shown(name));
        }
    }

    /// <summary>The cohort of a path in <see cref="AreaNames.Cohorts"/>, if the path is that of a marker; else null.</summary>
    public static string? CohortOfMarker(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var parts = path.Split('/');
        return parts is [var name, CohortManifest.FileName] && IsCohortName(name) ? name : null;
    }

    /// <summary>
    /// Enters the job of the marker that a cohort of the owner has now, unless there is one, however it ended; one that failed is started again
    /// by a person, or by a new marker. Older jobs of the cohort that have not ended are asked to stop.
    /// </summary>
    /// <returns>The job, and whether this call entered it; null if the cohort has no marker.</returns>
    /// <exception cref="BadInputException">That is no name of a cohort.</exception>
    public async Task<(JobRecord Job, bool Queued)?> Start(string cohort, CancellationToken cancel)
    {
        RequireCohortName(cohort);
        var place = CohortPlace.Of(cohort);
        while (true)
        {
            if (await ReadMarker(storage, place, policy, cancel).ConfigureAwait(false) is not { } marker)
                return null;
            var id = JobId(cohort, marker);
            (JobRecord Job, bool Queued) entered = await jobs.Find(id, cancel).ConfigureAwait(false) is { } known
                ? (known, false)
                : await jobs.Enter(
                    id, JobKind.CohortRun, cohort, place, CohortJobWorkflow.Definition,
                    new CohortJobInput(id, cohort, new(place, marker.Content, policy), version), cancel).ConfigureAwait(false);
            // Another marker may have come meanwhile; only the last may stop the others.
            if (await FindMarker(storage, place, cancel).ConfigureAwait(false) is not { } now || now.Version != marker.Version)
                continue;
            await StopOlder(cohort, id, cancel).ConfigureAwait(false);
            return entered;
        }
    }

    /// <summary>The marker of any place, its bytes kept as an artifact; null if there is none.</summary>
    public static async Task<CohortMarker?> ReadMarker(IServiceStorage storage, CohortPlace place, IntakePolicy policy, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(place);
        ArgumentNullException.ThrowIfNull(policy);
        while (await FindMarker(storage, place, cancel).ConfigureAwait(false) is { } found)
        {
            try
            {
                if (await storage.Files.Area(place.Area).Open(found.Path, found.Version, cancel).ConfigureAwait(false) is not { } stream)
                    continue;
                await using (stream.ConfigureAwait(false))
                {
                    // One that is too long is cut where that can be seen: the job tells of it.
                    var bytes = await ManifestBytes.ReadHead(stream, policy.Limits.ManifestBytes + 1, cancel).ConfigureAwait(false);
                    var content = await storage.Artifacts.Put(target => target.WriteAsync(bytes, cancel).AsTask(), cancel).ConfigureAwait(false);
                    return new(content, found.Version, found.Modified);
                }
            }
            catch (BadInputException changed) when (changed.Code == CohortFile.ChangedCode)
            {
                // A newer one came while this one was read.
            }
        }
        return null;
    }

    /// <summary>
    /// <c>NAME-hex</c>, over content and version of the marker: an event that comes twice is one job, and a manifest that is uploaded again, because
    /// files that it lists had been missing, is another.
    /// </summary>
    public static string JobId(string subject, CohortMarker marker)
    {
        ArgumentNullException.ThrowIfNull(marker);
        return $"{subject}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{marker.Content.Sha256} {marker.Version}")))[..IdDigits]}";
    }

    private static Task<StoredFile?> FindMarker(IServiceStorage storage, CohortPlace place, CancellationToken cancel) =>
        storage.Files.Area(place.Area).Find(place.Prefix + CohortManifest.FileName, cancel);

    private async Task StopOlder(string cohort, string id, CancellationToken cancel)
    {
        foreach (var job in await jobs.List(cancel).ConfigureAwait(false))
        {
            if (job.Kind == JobKind.CohortRun && job.Subject == cohort && job.Id != id && !job.HasEnded && !job.CancelRequested)
                await jobs.RequestCancel(job.Id, cancel).ConfigureAwait(false);
        }
    }
}

/// <summary>A marker as it was read.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="Version">Of the file.</param>
public sealed record CohortMarker(ArtifactRef Content, string Version, DateTimeOffset Modified);
