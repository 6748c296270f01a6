using System.Text.Json;

namespace RadiogenomicsCloud.Pipeline.Steps;

/// <summary>What steps keep: files, and documents in canonical JSON so that equal documents are one artifact.</summary>
internal static class ArtifactJson
{
    public static Task<ArtifactRef> PutJson<T>(this IArtifactStore store, T document, CancellationToken cancel)
    {
        var bytes = CanonicalJson.Serialize(document);
        return store.Put(stream => stream.WriteAsync(bytes, cancel).AsTask(), cancel);
    }

    /// <summary>Keeps what a writer without awaits writes.</summary>
    public static Task<ArtifactRef> Put(this IArtifactStore store, Action<Stream> write, CancellationToken cancel) => store.Put(
        stream =>
        {
            write(stream);
            return Task.CompletedTask;
        },
        cancel);

    /// <exception cref="TransientException">The artifact is gone: a later attempt makes it again.</exception>
    public static async Task<T> GetJson<T>(this IArtifactStore store, ArtifactRef reference, CancellationToken cancel)
    {
        await using var stream = await store.OpenRequired(reference, cancel);
        return await JsonSerializer.DeserializeAsync<T>(stream, CanonicalJson.Options, cancel)
            ?? throw new TransientException("artifact.empty", $"The artifact {reference.Sha256} holds no document.");
    }

    /// <exception cref="TransientException">The artifact is gone: a later attempt makes it again.</exception>
    public static async Task<Stream> OpenRequired(this IArtifactStore store, ArtifactRef reference, CancellationToken cancel) =>
        await store.Open(reference, cancel)
        ?? throw new TransientException("artifact.missing", $"The artifact {reference.Sha256} is missing from the store; run again to make it anew.");
}
