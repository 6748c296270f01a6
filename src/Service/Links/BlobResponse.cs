namespace RadiogenomicsCloud.Service.Links;

/// <summary>The answer to a <see cref="BlobRequest"/>.</summary>
/// <param name="Headers">All that are to be sent, Content-Length included.</param>
public sealed record BlobResponse(int Status, IReadOnlyDictionary<string, string> Headers) : IAsyncDisposable
{
    private const int BufferSize = 128 * 1024;

    internal Stream? Body { get; init; }

    /// <summary>Bytes of the body, from where it stands.</summary>
    internal long BodyLength { get; init; }

    /// <summary>Copies the body; none is fine. An exception means that the connection is to be broken off: the file changed or cannot be read.</summary>
    public async Task CopyBodyTo(Stream target, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(target);
        var buffer = new byte[(int)Math.Min(BufferSize, Body is null ? 0 : BodyLength)];
        for (var left = BodyLength; Body is not null && left > 0;)
        {
            var read = await Body.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancel).ConfigureAwait(false);
            if (read == 0)
                throw new StorageException("storage.short", "A file ended before its length.");
            await target.WriteAsync(buffer.AsMemory(0, read), cancel).ConfigureAwait(false);
            left -= read;
        }
    }

    public ValueTask DisposeAsync() => Body?.DisposeAsync() ?? ValueTask.CompletedTask;
}
