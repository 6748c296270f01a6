namespace RadiogenomicsCloud.Service.Intake;

/// <summary>Reads a small file whole, and no more of it than is allowed.</summary>
internal static class ManifestBytes
{
    private const int BufferSize = 64 * 1024;

    /// <exception cref="BadInputException"><c>manifest.too-large</c>.</exception>
    public static async Task<ReadOnlyMemory<byte>> Read(Stream stream, int most, CancellationToken cancel)
    {
        using var content = new MemoryStream();
        var buffer = new byte[BufferSize];
        for (int read; (read = await stream.ReadAsync(buffer, cancel).ConfigureAwait(false)) > 0;)
        {
            if (content.Length + read > most)
                throw TooLarge(most);
            content.Write(buffer, 0, read);
        }
        return content.GetBuffer().AsMemory(0, (int)content.Length);
    }

    public static BadInputException TooLarge(int most) => new(
        "manifest.too-large",
        FormattableString.Invariant($"{CohortManifest.FileName} is larger than the {most} bytes that a manifest may have here; put the images of each case into one zip archive."),
        CohortManifest.FileName);
}
