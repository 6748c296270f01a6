using System.Text.Json;

namespace RadiogenomicsCloud.Pipeline.Steps;

/// <summary>Documents kept as artifacts, in canonical JSON so that equal documents are one artifact.</summary>
internal static class ArtifactJson
{
    public static Task<ArtifactRef> PutJson<T>(this IArtifactStore store, T document, CancellationToken cancel)
    {
        var bytes = CanonicalJson.Serialize(document);
        return store.Put(stream => stream.WriteAsync(bytes, cancel).AsTask(), cancel);
    }

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
