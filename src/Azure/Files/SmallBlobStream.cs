using System.Runtime.InteropServices;

namespace RadiogenomicsCloud.AzureStorage.Files;

/// <summary>A whole blob that came in one answer; for reading.</summary>
internal sealed class SmallBlobStream : MemoryStream
{
    public SmallBlobStream(ReadOnlyMemory<byte> content, string version)
        : this(MemoryMarshal.TryGetArray(content, out var segment) ? segment : new ArraySegment<byte>(content.ToArray()), version)
    {
    }

    private SmallBlobStream(ArraySegment<byte> content, string version)
        : base(content.Array!, content.Offset, content.Count, writable: false) => Version = version;

    public string Version { get; }
}
