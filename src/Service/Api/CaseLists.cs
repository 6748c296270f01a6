using System.Collections.Concurrent;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Service.Intake;
using RadiogenomicsCloud.Service.Jobs;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Api;

/// <summary>What became of one case, so far.</summary>
/// <param name="Status"><c>analysed</c>, <c>excluded</c>, <c>failed</c>; before there are results, what the intake said: <c>admitted</c>, <c>quarantined</c>.</param>
/// <param name="Stage">Where it left the analysis; empty if it did not.</param>
internal sealed record CaseRow(string Case, string Status, string Stage, string Reason, IReadOnlyList<string> Warnings);

/// <summary>How many cases of a job ended in the same way at the same stage.</summary>
internal sealed record CaseCount(string Status, string Stage, int Cases)
{
    /// <summary>In the order in which they first appear.</summary>
    public static IReadOnlyList<CaseCount> Of(IEnumerable<CaseRow> rows) =>
        [.. rows.GroupBy(row => (row.Status, row.Stage)).Select(group => new CaseCount(group.Key.Status, group.Key.Stage, group.Count()))];
}

/// <summary>The cases of jobs: from the published <c>cases.csv</c>, before that from the intake. Keeps the last few that were asked for.</summary>
internal sealed class CaseLists(ApiServices services)
{
    private const int Most = 8;
    private const string IntakeStage = "intake";

    private readonly ConcurrentDictionary<string, IReadOnlyList<CaseRow>> kept = new(StringComparer.Ordinal);

    /// <summary>All cases in the order of the cohort; none before the intake has decided.</summary>
    public async Task<IReadOnlyList<CaseRow>> Of(JobRecord job, CancellationToken cancel)
    {
        if (job.ResultsPrefix is { } prefix && await Published(prefix + RunFileNames.Cases, cancel).ConfigureAwait(false) is { } published)
            return published;
        return job.Intake is { } intake ? await Keep("intake:" + intake.Sha256, () => Admitted(intake, cancel)).ConfigureAwait(false) : [];
    }

    private async Task<IReadOnlyList<CaseRow>> Admitted(ArtifactRef intake, CancellationToken cancel)
    {
        var document = await services.Runtime.Storage.Artifacts.GetJson<IntakeDocument>(intake, cancel).ConfigureAwait(false);
        return [.. document.Cases.Select(c => new CaseRow(
            c.CaseId, c.Status.ToString().ToLowerInvariant(), c.Status == IntakeStatus.Quarantined ? IntakeStage : "",
            string.Join(' ', c.Reasons.Select(Sentence)), [.. c.Warnings.Select(Sentence)]))];
    }

    private static string Sentence(IntakeReason reason) =>
        reason.File is { } file && !reason.Message.Contains(file, StringComparison.Ordinal) ? $"{file}: {reason.Message}" : reason.Message;

    private async Task<IReadOnlyList<CaseRow>?> Published(string path, CancellationToken cancel)
    {
        var area = services.Runtime.Storage.Files.Area(AreaNames.Results);
        if (await area.Find(path, cancel).ConfigureAwait(false) is not { } file)
            return null;
        return await Keep("results:" + path + ":" + file.Version, Read).ConfigureAwait(false);

        async Task<IReadOnlyList<CaseRow>> Read()
        {
            var stream = await area.Open(path, file.Version, cancel).ConfigureAwait(false) ?? throw ApiErrors.NotFound("result", path);
            await using (stream.ConfigureAwait(false))
            {
                // Read at once: the reader of tables asks a stream for bytes without awaiting them.
                using var bytes = new MemoryStream();
                await stream.CopyToAsync(bytes, cancel).ConfigureAwait(false);
                bytes.Position = 0;
                return [.. CasesFile.Read(bytes, RunFileNames.Cases).Select(c =>
                    new CaseRow(c.CaseId, c.Status.ToString().ToLowerInvariant(), c.Stage, c.Reason, c.Warnings))];
            }
        }
    }

    private async Task<IReadOnlyList<CaseRow>> Keep(string key, Func<Task<IReadOnlyList<CaseRow>>> read)
    {
        if (kept.TryGetValue(key, out var rows))
            return rows;
        rows = await read().ConfigureAwait(false);
        if (kept.Count >= Most)
            kept.Clear();
        return kept[key] = rows;
    }
}
