namespace RadiogenomicsCloud.Service.Intake;

/// <summary>Reads a small file whole, and no more of it than is allowed.</summary>
internal static class ManifestBytes
{
    private const int BufferSize = 64 * 1024;

    /// <exception cref="BadInputException"><c>manifest.too-large</c>.</exception>
    public static async Task<ReadOnlyMemory<byte>> Read(Stream stream, int most, CancellationToken cancel)
    {
        var bytes = await ReadHead(stream, most + 1, cancel).ConfigureAwait(false);
        return bytes.Length <= most ? bytes : throw TooLarge(most);
    }

    /// <summary>At most the first bytes of a file.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadHead(Stream stream, int most, CancellationToken cancel)
    {
        using var content = new MemoryStream();
        var buffer = new byte[BufferSize];
        for (int read; (read = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, most - content.Length)), cancel).ConfigureAwait(false)) > 0;)
            content.Write(buffer, 0, read);
        return content.GetBuffer().AsMemory(0, (int)content.Length);
    }

    public static BadInputException TooLarge(int most) => new(
        "manifest.too-large",
        FormattableString.Invariant($"{CohortManifest.FileName} is larger than the {most} bytes that a manifest may have here; put the images of each case into one zip archive."),
        CohortManifest.FileName);
}
