using System.Buffers.Binary;
using System.IO.Compression;

namespace RadiogenomicsCloud.Service.Intake;

/// <summary>What the header of a NIfTI file (1 or 2) says beside the picture.</summary>
/// <param name="HasExtension">Whether data of any kind stand between header and picture.</param>
/// <param name="HasText">Whether a field of free text holds any.</param>
internal sealed record NiftiHead(bool HasExtension, bool HasText)
{
    private const int Size1 = 348;
    private const int Size2 = 540;

    /// <summary>Of each version: data_type and db_name (of the first alone), descrip, aux_file, intent_name.</summary>
    private static readonly Range[] Texts1 = [4..32, 148..228, 228..252, 328..344];

    private static readonly Range[] Texts2 = [240..320, 320..344, 508..524];

    /// <summary>Null if the file is none, whatever its name.</summary>
    /// <param name="head">The first bytes, as they are.</param>
    public static NiftiHead? Of(string name, byte[] head)
    {
        var isPacked = name.EndsWith(".nii.gz", StringComparison.OrdinalIgnoreCase);
        if (!isPacked && !name.EndsWith(".nii", StringComparison.OrdinalIgnoreCase))
            return null;
        var header = isPacked ? Decompress(head) : head;
        if (header.Length < Size1)
            return null;
        var size = BinaryPrimitives.ReadInt32LittleEndian(header);
        if (size is not (Size1 or Size2))
            size = BinaryPrimitives.ReverseEndianness(size);
        var isFirst = size == Size1 && header.AsSpan(344).StartsWith("n+1\0"u8);
        var isSecond = size == Size2 && header.Length >= Size2 && header.AsSpan(4).StartsWith("n+2\0"u8);
        if (!isFirst && !isSecond)
            return null;
        return new(
            header.Length > size && header[size] != 0,
            (isFirst ? Texts1 : Texts2).Any(text => header.AsSpan(text).ContainsAnyExcept((byte)0, (byte)' ')));
    }

    private static byte[] Decompress(byte[] head)
    {
        var header = new byte[Size2 + 4];
        var filled = 0;
        try
        {
            using var gzip = new GZipStream(new MemoryStream(head), CompressionMode.Decompress);
            for (int read; filled < header.Length && (read = gzip.Read(header, filled, header.Length - filled)) > 0;)
                filled += read;
        }
        catch (InvalidDataException)
        {
            // No gzip, or cut where the head ends: what came is looked at.
        }
        return header[..filled];
    }
}
