namespace RadiogenomicsCloud.Service.Intake;

/// <summary>What a file is by its first bytes, whatever its name says.</summary>
internal static class FileKinds
{
    /// <summary>Enough for every kind here, and for the header of a NIfTI file once it is decompressed.</summary>
    public const int HeadBytes = 4096;

    private const int TarMagic = 257;

    private static readonly byte[][] Packed =
    [
        [.. "PK\u0003\u0004"u8], [.. "PK\u0005\u0006"u8], // zip, and an empty one
        [0x1F, 0x8B], // gzip
        [.. "BZh"u8], // bzip2
        [0xFD, .. "7zXZ\0"u8], // xz
        [.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C],
        [.. "Rar!\u001A\u0007"u8],
        [0x28, 0xB5, 0x2F, 0xFD], // zstd
        [0x04, 0x22, 0x4D, 0x18], // lz4
        [.. "MSCF"u8], // cab
    ];

    /// <summary>Whether other files may be inside.</summary>
    public static bool IsPacked(byte[] head) =>
        Array.Exists(Packed, magic => head.AsSpan().StartsWith(magic))
        || (head.Length >= TarMagic + 5 && head.AsSpan(TarMagic).StartsWith("ustar"u8));
}
