using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace RadiogenomicsCloud.Imaging.Nifti;

/// <summary>The part of a NIfTI-1 header that makes a <see cref="Volume"/>.</summary>
/// <param name="Grid">The grid in LPS mm; i, j, k are the file's first, second and third dimension.</param>
/// <param name="VoxelOffset">Byte of the first voxel in the (uncompressed) file.</param>
/// <param name="Slope">Value = stored · Slope + Intercept; 1 and 0 where the header has none (<c>scl_slope</c> 0 or not finite).</param>
/// <param name="Warnings">What the header leaves open.</param>
internal sealed record NiftiHeader(
    GridGeometry Grid, NiftiDataType Type, bool LittleEndian, long VoxelOffset, double Slope, double Intercept, IReadOnlyList<string> Warnings)
{
    public const int Length = 348;

    /// <summary>Largest image that is read: 2²⁸ voxels, for example 512 × 512 × 1024. A stated limit of the product.</summary>
    public const long MaxVoxels = 1L << 28;

    /// <summary>Largest header extension that is skipped, in bytes. A stated limit of the product.</summary>
    public const long MaxOffset = 64L << 20;

    public long DataBytes => (long)Grid.VoxelCount * NiftiDataTypes.Size(Type);

    /// <exception cref="BadInputException">The header is none, or says something that is not a single 3D scalar image.</exception>
    public static NiftiHeader Parse(ReadOnlySpan<byte> bytes, string file)
    {
        var little = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        var big = BinaryPrimitives.ReadInt32BigEndian(bytes);
        if (little == 540 || big == 540)
            throw Bad("nifti.version", "is NIfTI-2; convert it to NIfTI-1, for example with nifti_tool or nibabel", file);
        if (little != Length && big != Length)
            throw Bad("nifti.not-nifti", "is not a NIfTI-1 file (its header does not begin with 348)", file);
        var fields = new NiftiFields(bytes, little == Length);
        var magic = bytes.Slice(344, 4);
        if (magic.SequenceEqual("ni1\0"u8))
            throw Bad("nifti.pair", "is the header of an .hdr/.img pair; convert the pair to one .nii file", file);
        if (!magic.SequenceEqual("n+1\0"u8))
            throw Bad("nifti.not-nifti",
                "is not a NIfTI-1 file (no 'n+1' mark; ANALYZE 7.5 is not read because it has no orientation)", file);

        var (countI, countJ, countK) = Counts(fields, file);
        var type = (NiftiDataType)fields.Short(70);
        var size = NiftiDataTypes.Size(type);
        if (size == 0)
            throw Bad("nifti.datatype",
                $"holds voxels of type {NiftiDataTypes.Name((short)type)}, which is not a scalar image; convert it to integers or "
                + "floats", file);
        if (fields.Short(72) != 8 * size)
            throw Bad("nifti.datatype",
                $"says {fields.Short(72)} bits a voxel where its type {type} has {8 * size}; the header is damaged", file);

        double offset = fields.Float(108);
        if (offset == 0)
            offset = 352;
        if (!(offset >= 352 && offset <= MaxOffset) || offset != Math.Floor(offset))
        {
            var says = Invariant($"says that its voxels begin at byte {offset:G7}, which is not between 352 and {MaxOffset}");
            throw Bad("nifti.offset", says, file);
        }

        double slope = fields.Float(112), intercept = fields.Float(116);
        if (slope == 0 || !double.IsFinite(slope))
            (slope, intercept) = (1, 0);
        else if (!double.IsFinite(intercept))
            throw Bad("nifti.scaling", "has a scaling slope with an intercept (scl_inter) that is not a number", file);

        var warnings = new List<string>();
        var grid = NiftiOrientation.Grid(fields, countI, countJ, countK, file, warnings);
        return new NiftiHeader(grid, type, little == Length, (long)offset, slope, intercept, warnings);
    }

    internal static BadInputException Bad(string code, string what, string file) => new(code, $"'{file}' {what}.", file);

    internal static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static (int I, int J, int K) Counts(NiftiFields fields, string file)
    {
        int rank = fields.Short(40);
        if (rank is < 1 or > 7)
            throw Bad("nifti.dimensions", $"has {rank} dimensions; 1 to 7 are possible", file);
        Span<int> dim = [1, 1, 1, 1, 1, 1, 1];
        for (var d = 0; d < rank; d++)
            dim[d] = fields.Short(42 + (2 * d));
        var shape = new StringBuilder();
        for (var d = 0; d < rank; d++)
            shape.Append(d == 0 ? "" : " × ").Append(dim[d].ToString(CultureInfo.InvariantCulture));
        foreach (var count in dim)
        {
            if (count < 1)
                throw Bad("nifti.dimensions", $"has the dimensions {shape}; each must be at least 1", file);
        }
        foreach (var count in dim[3..])
        {
            if (count != 1)
                throw Bad("nifti.dimensions", $"holds several frames ({shape}); extract the one to analyse", file);
        }
        if ((long)dim[0] * dim[1] * dim[2] > MaxVoxels)
            throw Bad("nifti.too-large", $"has {shape} voxels; at most {MaxVoxels} are read", file);
        return (dim[0], dim[1], dim[2]);
    }
}

/// <summary>Header fields in the file's byte order.</summary>
internal readonly ref struct NiftiFields(ReadOnlySpan<byte> bytes, bool littleEndian)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;

    public byte Byte(int at) => bytes[at];

    public short Short(int at) =>
        littleEndian ? BinaryPrimitives.ReadInt16LittleEndian(bytes[at..]) : BinaryPrimitives.ReadInt16BigEndian(bytes[at..]);

    public float Float(int at) =>
        littleEndian ? BinaryPrimitives.ReadSingleLittleEndian(bytes[at..]) : BinaryPrimitives.ReadSingleBigEndian(bytes[at..]);
}
