using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using RadiogenomicsCloud.Cli.Demo;

namespace RadiogenomicsCloud.Cli.Tests.Running;

/// <summary>One synthetic image with its contour, and ways to break it.</summary>
internal static class SmallImage
{
    public const string Slice = "CT_011.dcm";
    public const string StructureSet = "RTSTRUCT.dcm";

    /// <summary>Writes 24 slices and the structure set <c>Tumour</c> of a case; returns the folder.</summary>
    public static string Write(TestFolder folder, string caseId = "CASE-1", int? withoutSlice = null)
    {
        var path = folder.At(caseId);
        new SyntheticTumour(caseId, biology: 0, seed: 5).Write(path, withoutSlice);
        return path;
    }

    /// <summary>Cuts a file to a part of its length, as an interrupted transfer would.</summary>
    public static void Truncate(string path, double part)
    {
        using var stream = File.Open(path, FileMode.Open);
        stream.SetLength((long)(stream.Length * part));
    }

    /// <summary>Gives a file another transfer syntax in its meta information; the pixels stay as they are.</summary>
    public static void ClaimTransferSyntax(string path, string uid)
    {
        const int MetaLengthAt = 128 + 4 + 8; // Preamble, DICM, header of (0002,0000).
        var bytes = File.ReadAllBytes(path).ToList();
        var header = new byte[] { 0x02, 0x00, 0x10, 0x00, (byte)'U', (byte)'I' };
        var at = bytes.ToArray().AsSpan().IndexOf(header) + header.Length;
        var before = BinaryPrimitives.ReadUInt16LittleEndian([.. bytes.Skip(at).Take(2)]);
        var value = Encoding.ASCII.GetBytes(uid.Length % 2 == 0 ? uid : uid + '\0');
        bytes.RemoveRange(at, 2 + before);
        bytes.InsertRange(at, [(byte)value.Length, 0, .. value]);
        bytes[MetaLengthAt] = (byte)(bytes[MetaLengthAt] + value.Length - before);
        File.WriteAllBytes(path, [.. bytes]);
    }

    /// <summary>A zip archive of entries with their content.</summary>
    public static string Zip(string path, params IEnumerable<(string Name, byte[] Content)> entries)
    {
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, content) in entries)
        {
            using var entry = archive.CreateEntry(name).Open();
            entry.Write(content);
        }
        return path;
    }

    /// <summary>The files of a folder as entries of an archive.</summary>
    public static IEnumerable<(string Name, byte[] Content)> Entries(string folder) =>
        TestFolder.Files(folder).Select(name => (name, File.ReadAllBytes(Path.Combine(folder, name))));

    /// <summary>A NIfTI-1 file of 16-bit integers with 1 mm voxels, axes along those of the patient.</summary>
    public static string Nifti(string path, int side, Func<int, int, int, short> value) =>
        Nifti(path, side, type: 4, bits: 16, (voxel, i, j, k) => BinaryPrimitives.WriteInt16LittleEndian(voxel, value(i, j, k)));

    /// <summary>As above, of 32-bit floats.</summary>
    public static string FloatNifti(string path, int side, Func<int, int, int, float> value) =>
        Nifti(path, side, type: 16, bits: 32, (voxel, i, j, k) => BinaryPrimitives.WriteSingleLittleEndian(voxel, value(i, j, k)));

    private delegate void WriteVoxel(Span<byte> voxel, int i, int j, int k);

    private static string Nifti(string path, int side, short type, short bits, WriteVoxel write)
    {
        const int HeaderLength = 352;
        var size = bits / 8;
        var bytes = new byte[HeaderLength + (size * side * side * side)];
        void Short(int at, int v) => BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(at), (short)v);
        void Single(int at, float v) => BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(at), v);
        BinaryPrimitives.WriteInt32LittleEndian(bytes, 348);
        int[] dimensions = [3, side, side, side, 1, 1, 1, 1];
        for (var d = 0; d < dimensions.Length; d++)
        {
            Short(40 + (2 * d), dimensions[d]);
            Single(76 + (4 * d), 1);
        }
        Short(70, type);
        Short(72, bits);
        Single(108, HeaderLength);
        Short(254, 1); // sform: scanner
        for (var row = 0; row < 3; row++)
            Single(280 + (16 * row) + (4 * row), 1);
        "n+1\0"u8.CopyTo(bytes.AsSpan(344));
        for (var n = 0; n < side * side * side; n++)
            write(bytes.AsSpan(HeaderLength + (size * n), size), n % side, n / side % side, n / (side * side));
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
