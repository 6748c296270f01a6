using System.Text.Json;
using RadiogenomicsCloud.AzureStorage.Files;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.AzureStorage.Store;

/// <summary>
/// Outcomes as blobs <c>outcomes/ab/cdef….json</c>, each with the hash of its content; an altered one is not found. Written only where there
/// is none: the first one stands.
/// </summary>
internal sealed class BlobOutcomeStore(BlobArea area) : IOutcomeStore
{
    private const string Root = "outcomes";
    private const int MaximumBytes = 4 * Payload.MaximumBytes;
    private const int RememberedVersions = 1024;

    // What was read last, by the key's hash: enough to drop what was found and not what another host has kept since.
    private readonly (string Key, string Version)?[] lastFound = new (string Key, string Version)?[RememberedVersions];

    public async Task<JsonElement?> Find(string key, CancellationToken cancel)
    {
        var (outcome, version) = await Read(PathOf(key), cancel).ConfigureAwait(false);
        if (version is not null)
            lastFound[Slot(key)] = (key, version);
        return outcome;
    }

    public async Task<JsonElement> Keep(string key, JsonElement outcome, CancellationToken cancel)
    {
        var path = PathOf(key);
        var bytes = CanonicalJson.Serialize(new Kept(HashOf(outcome), outcome));
        var condition = WriteCondition.IfAbsent;
        while (true)
        {
            if (await area.Write(path, async stream => await stream.WriteAsync(bytes, cancel).ConfigureAwait(false), condition, cancel).ConfigureAwait(false) is not null)
                return outcome;
            var (standing, version) = await Read(path, cancel).ConfigureAwait(false);
            if (standing is { } first)
                return first;
            // What stands there is damaged, or was dropped a moment ago.
            condition = version is null ? WriteCondition.IfAbsent : WriteCondition.IfVersion(version);
        }
    }

    public async Task Drop(string key, CancellationToken cancel)
    {
        if (lastFound[Slot(key)] is { } found && found.Key == key)
            await area.DeleteVersion(PathOf(key), found.Version, cancel).ConfigureAwait(false);
        else
            await area.Delete(PathOf(key), cancel).ConfigureAwait(false);
    }

    internal static string PathOf(string key) => HexName.Path(Root, key, ".json");

    private static string HashOf(JsonElement outcome) => CanonicalJson.Hex(CanonicalJson.Serialize(outcome));

    private static int Slot(string key) => (int)((uint)string.GetHashCode(key, StringComparison.Ordinal) % RememberedVersions);

    /// <summary>The outcome, null if it is damaged; and the version, null if there is none at all.</summary>
    private async Task<(JsonElement? Outcome, string? Version)> Read(string path, CancellationToken cancel)
    {
        if (await area.ReadSmall(path, MaximumBytes, cancel).ConfigureAwait(false) is not { } found)
            return (null, (await area.Find(path, cancel).ConfigureAwait(false))?.Version);
        try
        {
            var kept = JsonSerializer.Deserialize<Kept>(found.Bytes, CanonicalJson.Options);
            var whole = kept is not null && kept.Outcome.ValueKind == JsonValueKind.Object && kept.Sha256 == HashOf(kept.Outcome);
            return (whole ? kept!.Outcome : null, found.Version);
        }
        catch (JsonException)
        {
            return (null, found.Version);
        }
    }

    private sealed record Kept(string Sha256, JsonElement Outcome);
}
