namespace RadiogenomicsCloud.AzureStorage.Store;

/// <summary>A seekable stream for reading that is opened when it is first read.</summary>
internal sealed class LateStream(long length, Func<CancellationToken, Task<Stream>> open) : SeekableReadStream(length)
{
    private Stream? stream;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        stream ??= await open(cancellationToken).ConfigureAwait(false);
        stream.Position = Position;
        var count = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        Position += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            stream?.Dispose();
        base.Dispose(disposing);
    }
}
