using System.Buffers.Binary;

namespace RadiogenomicsCloud.Imaging.Nifti;

/// <summary>The scalar voxel types of NIfTI-1 (header field <c>datatype</c>) that hold an image.</summary>
internal enum NiftiDataType : short
{
    UInt8 = 2,
    Int16 = 4,
    Int32 = 8,
    Float32 = 16,
    Float64 = 64,
    Int8 = 256,
    UInt16 = 512,
    UInt32 = 768,
    Int64 = 1024,
    UInt64 = 1280,
}

internal static class NiftiDataTypes
{
    /// <summary>Bytes of a voxel, or 0 if the code is none of <see cref="NiftiDataType"/>.</summary>
    public static int Size(NiftiDataType type) => type switch
    {
        NiftiDataType.UInt8 or NiftiDataType.Int8 => 1,
        NiftiDataType.Int16 or NiftiDataType.UInt16 => 2,
        NiftiDataType.Int32 or NiftiDataType.UInt32 or NiftiDataType.Float32 => 4,
        NiftiDataType.Int64 or NiftiDataType.UInt64 or NiftiDataType.Float64 => 8,
        _ => 0,
    };

    /// <summary>Name of a type that is not read, for messages.</summary>
    public static string Name(short code) => code switch
    {
        1 => "binary (1 bit)",
        32 => "complex64",
        128 => "RGB24",
        1536 => "float128",
        1792 => "complex128",
        2048 => "complex256",
        2304 => "RGBA32",
        _ => $"code {code}",
    };

    /// <summary>Decodes stored values; <paramref name="raw"/> holds exactly as many as <paramref name="into"/>.</summary>
    public static void Decode(NiftiDataType type, bool littleEndian, ReadOnlySpan<byte> raw, Span<double> into)
    {
        switch (type, littleEndian)
        {
            case (NiftiDataType.UInt8, _):
                for (var n = 0; n < into.Length; n++)
                    into[n] = raw[n];
                break;
            case (NiftiDataType.Int8, _):
                for (var n = 0; n < into.Length; n++)
                    into[n] = (sbyte)raw[n];
                break;
            case (NiftiDataType.Int16, true):
                for (var n = 0; n < into.Length; n++)
                    into[n] = BinaryPrimitives.ReadInt16LittleEndian(raw[(2 * n)..]);
                break;
            case (NiftiDataType.Int16, false):
                for (var n = 0; n < into.Length; n++)
                    into[n] = BinaryPrimitives.ReadInt16BigEndian(raw[(2 * n)..]);
                break;
            case (NiftiDataType.UInt16, true):
                for (var n = 0; n < into.Length; n++)
                    into[n] = BinaryPrimitives.ReadUInt16LittleEndian(raw[(2 * n)..]);
                break;
            case (NiftiDataType.UInt16, false):
                for (var n = 0; n < into.Length; n++)
                    into[n] = BinaryPrimitives.ReadUInt16BigEndian(raw[(2 * n)..]);
                break;
            case (NiftiDataType.Int32, true):
                for (var n = 0; n < into.Length; n++)
                    into[n] = BinaryPrimitives.ReadInt32LittleEndian(raw[(4 * n)..]);
                break;
            case (NiftiDataType.Int32, false):
                for (var n = 0; n < into.Length; n++)
                    into[n] = BinaryPrimitives.ReadInt32BigEndian(raw[(4 * n)..]);
                break;
            case (NiftiDataType.UInt32, true):
                for (var n = 0; n < into.Length; n++)
                    into[n] = BinaryPrimitives.ReadUInt32LittleEndian(raw[(4 * n)..]);
                break;
            case (NiftiDataType.UInt32, false):
                for (var n = 0; n < into.Length; n++)
                    into[n] = BinaryPrimitives.ReadUInt32BigEndian(raw[(4 * n)..]);
                break;
            case (NiftiDataType.Int64, true):
                for (var n = 0; n < into.Length; n++)
                    into[n] = BinaryPrimitives.ReadInt64LittleEndian(raw[(8 * n)..]);
                break;
            case (NiftiDataType.Int64, false):
                for (var n = 0; n < into.Length; n++)
                    into[n] = BinaryPrimitives.ReadInt64BigEndian(raw[(8 * n)..]);
                break;
            case (NiftiDataType.UInt64, true):
                for (var n = 0; n < into.Length; n++)
                    into[n] = BinaryPrimitives.ReadUInt64LittleEndian(raw[(8 * n)..]);
                break;
            case (NiftiDataType.UInt64, false):
                for (var n = 0; n < into.Length; n++)
                    into[n] = BinaryPrimitives.ReadUInt64BigEndian(raw[(8 * n)..]);
                break;
            case (NiftiDataType.Float32, true):
                for (var n = 0; n < into.Length; n++)
                    into[n] = BinaryPrimitives.ReadSingleLittleEndian(raw[(4 * n)..]);
                break;
            case (NiftiDataType.Float32, false):
                for (var n = 0; n < into.Length; n++)
                    into[n] = BinaryPrimitives.ReadSingleBigEndian(raw[(4 * n)..]);
                break;
            case (NiftiDataType.Float64, true):
                for (var n = 0; n < into.Length; n++)
                    into[n] = BinaryPrimitives.ReadDoubleLittleEndian(raw[(8 * n)..]);
                break;
            default:
                for (var n = 0; n < into.Length; n++)
                    into[n] = BinaryPrimitives.ReadDoubleBigEndian(raw[(8 * n)..]);
                break;
        }
    }
}
