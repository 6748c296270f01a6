using System.Text.Encodings.Web;
using System.Text.Json;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Exchanges;

/// <summary>The small files that the service itself writes for partners and owners, as JSON that people can read.</summary>
internal static class ExchangeFiles
{
    public static readonly JsonSerializerOptions Json = new(CanonicalJson.Options)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a document that may change; nothing is written where it stands already.</summary>
    public static async Task WriteIfOther<T>(IFileArea area, string path, T document, CancellationToken cancel)
    {
        ReadOnlyMemory<byte> bytes = JsonSerializer.SerializeToUtf8Bytes(document, Json);
        var there = await area.Find(path, cancel).ConfigureAwait(false);
        if (there is not null && there.Length == bytes.Length && await Holds(area, path, bytes, cancel).ConfigureAwait(false))
            return;
        await area.Write(path, stream => stream.WriteAsync(bytes, cancel).AsTask(), WriteCondition.None, cancel).ConfigureAwait(false);
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
