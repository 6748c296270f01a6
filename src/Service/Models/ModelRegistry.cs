using System.Globalization;
using System.Runtime.CompilerServices;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Models;

/// <summary>A model as a run hands it in.</summary>
/// <param name="Study">The study's name; see <see cref="ModelName.Of"/>.</param>
/// <param name="HoldsRows">See <see cref="Learning.LockedModel.HoldsRows"/>; of any of the file's models.</param>
public sealed record NewModel(
    string Study, ArtifactRef Model, string RunId, string Cohort, ArtifactRef Performance, ArtifactRef Features, ArtifactRef Cases, bool HoldsRows = false)
{
    /// <summary>See <see cref="Learning.LockedModel.Discloses"/>; of all of the file's models. Null where nothing.</summary>
    public string? Discloses { get; init; }
}

/// <summary>
/// The models of a service: their versions, what may be done with them, and who decided it. All of a model lies in one partition, and each
/// change is one transaction with the entry that tells of it, refusals included.
/// </summary>
/// <remarks>
/// No model leaves the service by an exchange: it is scored here on the partner's cohort. One whose file holds training rows is not even used
/// in an exchange without consent (see <see cref="Exchanges.InvitationRequest"/>): from what it says of chosen cases its rows can be had back.
/// </remarks>
public sealed class ModelRegistry(IRecordStore records, RegistrySettings settings, TimeProvider time)
{
    private const string Index = "models";
    private const string HeadKey = "model";
    private const string VersionPrefix = "version:";
    private const string AuditPrefix = "audit:";

    /// <summary>The row that every change of a model rewrites, so that of two at once one is told to look again.</summary>
    private sealed record Head(string Name, string Study, int Versions, int Entries);

    private sealed record Listed(string Name, string Study);

    /// <summary>Enters a model as a candidate. The same file of the same run is the same version and changes nothing.</summary>
    public async Task<ModelVersion> Register(NewModel model, string who, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(model);
        var name = ModelName.Of(model.Study);
        if (await records.Find<Listed>(Index, name, cancel).ConfigureAwait(false) is null)
            await records.Commit(Index, [RecordChange.Insert(name, new Listed(name, model.Study))], cancel).ConfigureAwait(false);
        while (true)
        {
            var head = await records.Find<Head>(Partition(name), HeadKey, cancel).ConfigureAwait(false);
            await foreach (var version in Versions(name, cancel).ConfigureAwait(false))
            {
                if (version.Model == model.Model && version.RunId == model.RunId)
                    return version;
            }
            var now = time.GetUtcNow();
            var next = (head?.Value ?? new(name, model.Study, 0, 0)) with { Versions = (head?.Value.Versions ?? 0) + 1 };
            var entered = new ModelVersion(name, next.Versions, model.Model, model.RunId, model.Cohort, model.Performance, model.Features, model.Cases, new(who, now), HoldsRows: model.HoldsRows) { Discloses = model.Discloses };
            var facts = new Dictionary<string, string>
            {
                ["version"] = entered.Version.ToString(CultureInfo.InvariantCulture),
                ["sha256"] = model.Model.Sha256,
                ["run"] = model.RunId,
                ["cohort"] = model.Cohort,
            };
            // In the history, so that whoever locks it has been told.
            if (model.Discloses is { } discloses)
                facts["discloses"] = discloses;
            if (await Commit(head, next, RecordChange.Insert(VersionKey(entered.Version), entered), new(now, who, "model.entered", facts), cancel).ConfigureAwait(false))
                return entered;
        }
    }

    /// <summary>Vouches for a candidate; a version that is locked already stays as it is.</summary>
    /// <exception cref="BadInputException"><c>model.not-allowed</c>, <c>model.missing</c>, or <c>model.retired</c>. The first and the last are audited.</exception>
    public Task<ModelVersion> Lock(string name, int version, string who, CancellationToken cancel) =>
        Change(name, version, who, ModelState.Locked, cancel);

    /// <summary>Ends the use of a version, locked or not; by those who may lock. A retired version stays as it is.</summary>
    /// <exception cref="BadInputException"><c>model.not-allowed</c>, which is audited, or <c>model.missing</c>.</exception>
    public Task<ModelVersion> Retire(string name, int version, string who, CancellationToken cancel) =>
        Change(name, version, who, ModelState.Retired, cancel);

    /// <summary>Null if there is no such version.</summary>
    public async Task<ModelVersion?> Find(string name, int version, CancellationToken cancel) =>
        ModelName.IsValid(name) && version > 0
            ? (await records.Find<ModelVersion>(Partition(name), VersionKey(version), cancel).ConfigureAwait(false))?.Value
            : null;

    /// <exception cref="BadInputException"><c>model.missing</c>, or <c>model.not-locked</c>.</exception>
    public async Task<ModelVersion> RequireLocked(string name, int version, CancellationToken cancel)
    {
        var found = await Find(name, version, cancel).ConfigureAwait(false) ?? throw Missing(name, version);
        return found.State == ModelState.Locked
            ? found
            : throw new BadInputException(
                "model.not-locked", $"The model {found.Label} is {Word(found.State)}, and only a locked one is validated; {(found.State == ModelState.Candidate ? "lock it first" : "choose another version")}.", found.Label);
    }

    /// <summary>Names of all models, in ordinal order.</summary>
    public async Task<IReadOnlyList<string>> Names(CancellationToken cancel)
    {
        var names = new List<string>();
        await foreach (var listed in records.List<Listed>(Index, "", cancel).ConfigureAwait(false))
            names.Add(listed.Value.Name);
        return names;
    }

    /// <summary>All versions of a model in order; none if there is no such model.</summary>
    public async IAsyncEnumerable<ModelVersion> Versions(string name, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (!ModelName.IsValid(name))
            yield break;
        await foreach (var record in records.List<ModelVersion>(Partition(name), VersionPrefix, cancel).ConfigureAwait(false))
            yield return record.Value;
    }

    /// <summary>All that happened to a model, in order.</summary>
    public async IAsyncEnumerable<AuditEntry> History(string name, [EnumeratorCancellation] CancellationToken cancel)
    {
        if (!ModelName.IsValid(name))
            yield break;
        await foreach (var record in records.List<AuditEntry>(Partition(name), AuditPrefix, cancel).ConfigureAwait(false))
            yield return record.Value;
    }

    private async Task<ModelVersion> Change(string name, int version, string who, ModelState to, CancellationToken cancel)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(who);
        while (true)
        {
            var head = ModelName.IsValid(name) ? await records.Find<Head>(Partition(name), HeadKey, cancel).ConfigureAwait(false) : null;
            var old = head is null || version < 1
                ? null
                : await records.Find<ModelVersion>(Partition(name), VersionKey(version), cancel).ConfigureAwait(false);
            if (head is null || old is null)
                throw Missing(name, version);
            var now = time.GetUtcNow();
            var facts = new Dictionary<string, string> { ["version"] = version.ToString(CultureInfo.InvariantCulture), ["sha256"] = old.Value.Model.Sha256 };
            if (Refusal(old.Value, who, to) is { } refusal)
            {
                facts["to"] = Word(to);
                facts["reason"] = refusal.Code;
                if (await Commit(head, head.Value, null, new(now, who, "model.refused", facts), cancel).ConfigureAwait(false))
                    throw refusal;
                continue;
            }
            if (old.Value.State == to)
                return old.Value;
            var stamp = new ModelStamp(who, now);
            var changed = to == ModelState.Locked ? old.Value with { State = to, Locked = stamp } : old.Value with { State = to, Retired = stamp };
            if (await Commit(head, head.Value, RecordChange.Replace(old, changed), new(now, who, "model." + Word(to), facts), cancel).ConfigureAwait(false))
                return changed;
        }
    }

    private BadInputException? Refusal(ModelVersion version, string who, ModelState to)
    {
        if (!settings.Allows(who))
        {
            return new(
                "model.not-allowed", $"'{who}' may not lock or retire models; ask one of those whom the service's settings name.", version.Label);
        }
        return version.State > to
            ? new("model.retired", $"The model {version.Label} is retired and is not locked again; enter a new version.", version.Label)
            : null;
    }

    private Task<bool> Commit(StoredRecord<Head>? old, Head head, RecordChange? change, AuditEntry entry, CancellationToken cancel)
    {
        var counted = head with { Entries = head.Entries + 1 };
        var changes = new List<RecordChange>
        {
            old is null ? RecordChange.Insert(HeadKey, counted) : RecordChange.Replace(old, counted),
            RecordChange.Insert(AuditPrefix + counted.Entries.ToString("D8", CultureInfo.InvariantCulture), entry),
        };
        if (change is not null)
            changes.Add(change);
        return records.Commit(Partition(head.Name), changes, cancel);
    }

    private static BadInputException Missing(string name, int version) => new(
        "model.missing", $"There is no version {version.ToString(CultureInfo.InvariantCulture)} of a model '{name}'; list the models for what there is.", name);

    private static string Word(ModelState state) => state.ToString().ToLowerInvariant();

    private static string Partition(string name) => "model:" + name;

    private static string VersionKey(int version) => VersionPrefix + version.ToString("D6", CultureInfo.InvariantCulture);
}
