using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Exchanges;

/// <summary>Writing that does nothing the second time.</summary>
internal static class ExchangeFiles
{
    /// <summary>Small files of ours, which may change.</summary>
    public static async Task WriteIfOther(IFileArea area, string path, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        var there = await area.Find(path, cancel).ConfigureAwait(false);
        if (there is not null && there.Length == bytes.Length && await Holds(area, path, bytes, cancel).ConfigureAwait(false))
            return;
        await area.Write(path, stream => stream.WriteAsync(bytes, cancel).AsTask(), WriteCondition.None, cancel).ConfigureAwait(false);
    }

    /// <summary>Files by content, which never change.</summary>
    public static async Task WriteOnce(IFileArea area, string path, ArtifactRef content, IArtifactStore artifacts, CancellationToken cancel)
    {
        if (await area.Find(path, cancel).ConfigureAwait(false) is { } there && there.Length == content.Length)
            return;
        await area.Write(
            path,
            async stream =>
            {
                var source = await artifacts.OpenRequired(content, cancel).ConfigureAwait(false);
                await using (source.ConfigureAwait(false))
                    await source.CopyToAsync(stream, cancel).ConfigureAwait(false);
            },
            WriteCondition.IfAbsent, cancel).ConfigureAwait(false);
    }

    private static async Task<bool> Holds(IFileArea area, string path, ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        var stream = await area.Open(path, null, cancel).ConfigureAwait(false);
        if (stream is null)
            return false;
        await using (stream.ConfigureAwait(false))
        {
            var held = new byte[bytes.Length];
            return await stream.ReadAtLeastAsync(held, held.Length, throwOnEndOfStream: false, cancel).ConfigureAwait(false) == held.Length
                && bytes.Span.SequenceEqual(held) && stream.ReadByte() < 0;
        }
    }
}
