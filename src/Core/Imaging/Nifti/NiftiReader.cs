using System.Buffers;
using System.IO.Compression;

namespace RadiogenomicsCloud.Imaging.Nifti;

/// <summary>
/// Reads single-file NIfTI-1 images (<c>.nii</c>, <c>.nii.gz</c>; told apart by content), either byte order, integer and float voxels, 3D
/// or 4D with one frame. Source: nifti1.h of the NIfTI Data Format Working Group.
/// </summary>
/// <remarks>
/// Memory is bounded by the header's dimensions (at most <see cref="NiftiHeader.MaxVoxels"/>), which are believed only if the file is
/// long enough to hold them: its length for a plain file, 1032 times its length (the most that deflate can expand) for a compressed one.
/// An image of more than 64 MiB that expands more than <see cref="MaxImageRatio"/>-fold is refused: eight bytes a voxel are too much to
/// give for a file of nothing. Masks do compress like that and take one byte a voxel.
/// Not one byte more than header and voxels is decompressed, but for the end mark with its checksum.
/// </remarks>
public static class NiftiReader
{
    /// <summary>As for zip archives.</summary>
    public const int MaxImageRatio = 200;

    private const long RatioFloor = 64L << 20;
    private const int MaxDeflateRatio = 1032;
    private const int ChunkVoxels = 1 << 13;

    // Slope and intercept are 32-bit floats: a scaled 1 may come out beside it.
    private const double WholeTolerance = 1e-3;

    /// <summary>The grid (LPS mm) from the header alone.</summary>
    /// <exception cref="BadInputException">The file is not a NIfTI-1 image that can be read.</exception>
    public static GridGeometry ReadGrid(ImageFile file, out IReadOnlyList<string> warnings)
    {
        ArgumentNullException.ThrowIfNull(file);
        using var stream = Open(file, out _);
        var header = Header(stream, file);
        warnings = header.Warnings;
        return header.Grid;
    }

    /// <summary>
    /// The image, scaled by slope and intercept. NaN and infinity stay what they are: such voxels are not measured, as the background of a
    /// parametric map, and leave the region when it is prepared.
    /// </summary>
    /// <exception cref="BadInputException">As above.</exception>
    public static Volume ReadVolume(ImageFile file, IntensityUnit unit, out IReadOnlyList<string> warnings, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        double[]? values = null;
        var header = Read(
            file,
            MaxImageRatio,
            count => values = new double[count],
            (chunk, at) => chunk.CopyTo(values.AsSpan(at)),
            cancel);
        warnings = header.Warnings;
        return new Volume(header.Grid, values!, unit);
    }

    /// <summary>
    /// The mask: a voxel is inside if its scaled value is at least 0.5 (so every positive integer label), or, with
    /// <paramref name="label"/>, if it equals that. NaN is outside.
    /// </summary>
    /// <param name="labels">The positive integer values that occur, ascending, at most 256 of them: what a label may name.</param>
    /// <param name="warnings">Of the header; and, without a label, that values are no whole numbers, as those of an image given in its place.</param>
    public static Mask ReadMask(
        ImageFile file, int? label, out IReadOnlyList<int> labels, out IReadOnlyList<string> warnings, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        byte[]? values = null;
        var seen = new SortedSet<int>();
        var last = 0;
        var isFractional = false;
        var header = Read(
            file,
            MaxDeflateRatio,
            count => values = new byte[count],
            (chunk, at) =>
            {
                for (var n = 0; n < chunk.Length; n++)
                {
                    var value = chunk[n];
                    values![at + n] = (label is { } wanted ? value == wanted : value >= 0.5) ? (byte)1 : (byte)0;
                    isFractional |= Math.Abs(value - Math.Round(value)) > WholeTolerance;
                    if (value >= 1 && value != last && value <= int.MaxValue && value == Math.Floor(value) && seen.Count < 256)
                    {
                        last = (int)value;
                        seen.Add(last);
                    }
                }
            },
            cancel);
        labels = [.. seen];
        warnings = isFractional && label is null
            ? [.. header.Warnings, $"The mask '{file.Name}' has values that are not whole numbers; voxels of 0.5 or more are inside."]
            : header.Warnings;
        return new Mask(header.Grid, values!);
    }

    private delegate void Chunk(ReadOnlySpan<double> values, int at);

    private static NiftiHeader Read(ImageFile file, int ratio, Action<int> allocate, Chunk take, CancellationToken cancel)
    {
        using var stream = Open(file, out var compressed);
        var header = Header(stream, file);
        var needed = header.VoxelOffset + header.DataBytes;
        if ((compressed ? needed / MaxDeflateRatio : needed) > file.Length)
            throw Truncated(file);
        if (compressed && needed > RatioFloor && needed / ratio > file.Length)
            throw NiftiHeader.Bad("nifti.ratio",
                $"expands more than {ratio}-fold to {needed} bytes, as no image of a patient does; store it uncompressed if it is one", file.Name);
        var size = NiftiDataTypes.Size(header.Type);
        var raw = ArrayPool<byte>.Shared.Rent(ChunkVoxels * size);
        var decoded = ArrayPool<double>.Shared.Rent(ChunkVoxels);
        try
        {
            for (var skip = header.VoxelOffset - NiftiHeader.Length; skip > 0;)
            {
                var step = (int)Math.Min(skip, ChunkVoxels);
                Fill(stream, raw.AsSpan(0, step), file);
                skip -= step;
            }
            var count = header.Grid.VoxelCount;
            allocate(count);
            for (var at = 0; at < count; at += ChunkVoxels)
            {
                cancel.ThrowIfCancellationRequested();
                var voxels = Math.Min(ChunkVoxels, count - at);
                var bytes = raw.AsSpan(0, voxels * size);
                Fill(stream, bytes, file);
                var values = decoded.AsSpan(0, voxels);
                NiftiDataTypes.Decode(header.Type, header.LittleEndian, bytes, values);
                if (header.Slope != 1 || header.Intercept != 0)
                {
                    foreach (ref var value in values)
                        value = (value * header.Slope) + header.Intercept;
                }
                take(values, at);
            }
            if (compressed)
                Fill(stream, raw.AsSpan(0, 1), file, endAllowed: true);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(raw);
            ArrayPool<double>.Shared.Return(decoded);
        }
        return header;
    }

    private static NiftiHeader Header(Stream stream, ImageFile file)
    {
        Span<byte> bytes = stackalloc byte[NiftiHeader.Length];
        Fill(stream, bytes, file);
        return NiftiHeader.Parse(bytes, file.Name);
    }

    private static Stream Open(ImageFile file, out bool compressed)
    {
        Span<byte> magic = stackalloc byte[2];
        using (var probe = file.Open())
            Fill(probe, magic, file);
        compressed = magic[0] == 0x1F && magic[1] == 0x8B;
        var stream = file.Open();
        return compressed ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }

    private static void Fill(Stream stream, Span<byte> bytes, ImageFile file, bool endAllowed = false)
    {
        int read;
        try
        {
            read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException e)
        {
            throw new BadInputException("nifti.damaged",
                $"'{file.Name}' cannot be decompressed: it is damaged; copy it again from its source.", file.Name, e);
        }
        if (read < bytes.Length && !endAllowed)
            throw Truncated(file);
    }

    private static BadInputException Truncated(ImageFile file) =>
        NiftiHeader.Bad("nifti.truncated",
            "ends before the last voxel that its header announces; copy it again from its source", file.Name);
}
