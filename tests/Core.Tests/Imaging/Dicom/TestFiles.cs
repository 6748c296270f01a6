using System.Buffers.Binary;
using System.Security.Cryptography;
using RadiogenomicsCloud.Imaging;

namespace RadiogenomicsCloud.Core.Tests.Imaging.Dicom;

/// <summary>Files for the DICOM tests and digests of what they hold.</summary>
internal static class TestFiles
{
    public static string Data(string relative) => Path.Combine(AppContext.BaseDirectory, "Data", "dicom", relative);

    public static ImageFile OnDisk(string path) =>
        new(Path.GetFileName(path), new FileInfo(path).Length, () => File.OpenRead(path));

    public static ImageFile InMemory(string name, byte[] bytes) => new(name, bytes.Length, () => new MemoryStream(bytes, writable: false));

    /// <summary>SHA-256, lower case, of the values as little-endian 32-bit integers.</summary>
    public static string Sha256(ReadOnlySpan<int> values)
    {
        var bytes = new byte[4 * values.Length];
        for (var i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4 * i), values[i]);
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }
}
