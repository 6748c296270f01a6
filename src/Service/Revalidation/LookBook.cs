using System.Globalization;
using System.Runtime.CompilerServices;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Models;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Revalidation;

/// <summary>The looks at locked models, in one partition a model.</summary>
public sealed class LookBook(IRecordStore records, TimeProvider time)
{
    /// <summary>Where a version stands; null before the first look.</summary>
    public async Task<LookStanding?> Standing(string model, int version, CancellationToken cancel) =>
        (await records.Find<LookStanding>(Partition(model), StandingKey(version), cancel).ConfigureAwait(false))?.Value;

    /// <summary>Enters a look. The same job again changes nothing.</summary>
    /// <param name="make">Makes the record of a look of a number, at a time.</param>
    public async Task<LookRecord> Enter(
        string model, int version, string jobId, string cohortRun, ArtifactRef known, Func<int, DateTimeOffset, LookRecord> make, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(make);
        while (true)
        {
            var standing = await records.Find<LookStanding>(Partition(model), StandingKey(version), cancel).ConfigureAwait(false);
            if (standing?.Value.LastJob == jobId)
                return (await records.Find<LookRecord>(Partition(model), LookKey(version, standing.Value.Looks), cancel).ConfigureAwait(false))!.Value;
            var next = new LookStanding((standing?.Value.Looks ?? 0) + 1, jobId, cohortRun, known);
            var look = make(next.Looks, time.GetUtcNow());
            if (await records.Commit(
                Partition(model),
                [
                    standing is null ? RecordChange.Insert(StandingKey(version), next) : RecordChange.Replace(standing, next),
                    RecordChange.Insert(LookKey(version, next.Looks), look),
                ],
                cancel).ConfigureAwait(false))
                return look;
        }
    }

    /// <summary>All looks at a model, by version and number; none if there is no such model.</summary>
    public async IAsyncEnumerable<LookRecord> Looks(string model, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (!ModelName.IsValid(model))
            yield break;
        await foreach (var record in records.List<LookRecord>(Partition(model), "look:", cancel).ConfigureAwait(false))
            yield return record.Value;
    }

    private static string Partition(string model) => "revalidation:" + model;

    private static string StandingKey(int version) => string.Create(CultureInfo.InvariantCulture, $"version:{version:D5}");

    private static string LookKey(int version, int number) => string.Create(CultureInfo.InvariantCulture, $"look:{version:D5}:{number:D5}");
}
