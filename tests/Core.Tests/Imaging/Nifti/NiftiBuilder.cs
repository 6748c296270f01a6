using System.Buffers.Binary;
using RadiogenomicsCloud.Imaging;

namespace RadiogenomicsCloud.Core.Tests.Imaging.Nifti;

/// <summary>Writes NIfTI-1 files for tests, in either byte order, by the field table of nifti1.h.</summary>
internal sealed class NiftiBuilder
{
    public bool LittleEndian { get; init; } = true;

    public short[] Dim { get; init; } = [3, 2, 3, 4, 1, 1, 1, 1];

    public short DataType { get; init; } = 16;

    public float[] PixDim { get; init; } = [1, 1, 1, 1, 0, 0, 0, 0];

    public float Slope { get; init; }

    public float Intercept { get; init; }

    public short SformCode { get; init; } = 1;

    public float[] Sform { get; init; } = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0];

    public short QformCode { get; init; }

    public float[] Quaternion { get; init; } = [0, 0, 0, 0, 0, 0];

    public float Offset { get; init; } = 352;

    public byte Units { get; init; } = 2;

    public string Magic { get; init; } = "n+1\0";

    public Func<int, double> Value { get; init; } = n => n;

    public int Voxels => Enumerable.Range(1, Math.Max(0, Math.Min((int)Dim[0], 7))).Aggregate(1, (p, d) => p * Math.Max(0, (int)Dim[d]));

    public static NiftiBuilder For(GridGeometry g, short dataType, Func<int, double> value)
    {
        var (i, j, k) = (g.AxisI * g.SpacingI, g.AxisJ * g.SpacingJ, g.AxisK * g.SpacingK);
        return new NiftiBuilder
        {
            Dim = [3, (short)g.CountI, (short)g.CountJ, (short)g.CountK, 1, 1, 1, 1],
            DataType = dataType,
            Value = value,
            Sform =
            [
                (float)-i.X, (float)-j.X, (float)-k.X, (float)-g.Origin.X,
                (float)-i.Y, (float)-j.Y, (float)-k.Y, (float)-g.Origin.Y,
                (float)i.Z, (float)j.Z, (float)k.Z, (float)g.Origin.Z,
            ],
        };
    }

    public ImageFile File(string name = "image.nii") => TestFiles.FromBytes(name, name.EndsWith(".gz", StringComparison.Ordinal) ? TestFiles.Gzip(Build()) : Build());

    public byte[] Build()
    {
        var size = Size();
        var bytes = new byte[352 + (Voxels * size)];
        var b = bytes.AsSpan();
        Put(b, (int)348);
        for (var d = 0; d < 8; d++)
        {
            Put(b[(40 + (2 * d))..], Dim[d]);
            Put(b[(76 + (4 * d))..], PixDim[d]);
        }
        Put(b[70..], DataType);
        Put(b[72..], (short)(8 * size));
        Put(b[108..], Offset);
        Put(b[112..], Slope);
        Put(b[116..], Intercept);
        b[123] = Units;
        Put(b[252..], QformCode);
        Put(b[254..], SformCode);
        for (var n = 0; n < 6; n++)
            Put(b[(256 + (4 * n))..], Quaternion[n]);
        for (var n = 0; n < 12; n++)
            Put(b[(280 + (4 * n))..], Sform[n]);
        for (var n = 0; n < 4; n++)
            b[344 + n] = (byte)Magic[n];
        for (var n = 0; n < Voxels; n++)
            PutVoxel(b.Slice(352 + (n * size), size), Value(n));
        return bytes;
    }

    private int Size() => DataType switch { 2 or 256 => 1, 4 or 512 => 2, 8 or 16 or 768 => 4, 64 or 1024 or 1280 => 8, _ => 1 };

    private void PutVoxel(Span<byte> at, double v)
    {
        switch (DataType)
        {
            case 4: Put(at, (short)v); break;
            case 8: Put(at, (int)v); break;
            case 16: Put(at, (float)v); break;
            case 64: Put(at, BitConverter.DoubleToInt64Bits(v)); break;
            case 256: at[0] = (byte)(sbyte)v; break;
            case 512: Put(at, (short)(ushort)v); break;
            case 768: Put(at, (int)(uint)v); break;
            case 1024: Put(at, (long)v); break;
            case 1280: Put(at, (long)(ulong)v); break;
            default: at[0] = (byte)v; break;
        }
    }

    private void Put(Span<byte> at, short v)
    {
        if (LittleEndian)
            BinaryPrimitives.WriteInt16LittleEndian(at, v);
        else
            BinaryPrimitives.WriteInt16BigEndian(at, v);
    }

    private void Put(Span<byte> at, int v)
    {
        if (LittleEndian)
            BinaryPrimitives.WriteInt32LittleEndian(at, v);
        else
            BinaryPrimitives.WriteInt32BigEndian(at, v);
    }

    private void Put(Span<byte> at, long v)
    {
        if (LittleEndian)
            BinaryPrimitives.WriteInt64LittleEndian(at, v);
        else
            BinaryPrimitives.WriteInt64BigEndian(at, v);
    }

    private void Put(Span<byte> at, float v) => Put(at, BitConverter.SingleToInt32Bits(v));
}
