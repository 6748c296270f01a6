using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Core.Tests.Radiomics;

/// <summary>Reads the IBSI phantoms and reference tables, apart from the product's own readers: an oracle does not lean on its subject.</summary>
internal static class PhantomFiles
{
    private const int HeaderBytes = 352;

    public static (Volume Image, Mask Mask) Read(string phantom) =>
        ReadPair($"ibsi1/{phantom}/nifti/image.nii.gz", $"ibsi1/{phantom}/nifti/mask.nii.gz");

    public static (Volume Image, Mask Mask) ReadPair(string imagePath, string maskPath)
    {
        var (grid, image) = ReadNifti(imagePath);
        var (_, mask) = ReadNifti(maskPath);
        return (new(grid, image, IntensityUnit.Hounsfield), new(grid, Array.ConvertAll(mask, v => v != 0 ? (byte)1 : (byte)0)));
    }

    /// <summary>
    /// Rows with a value whose tag starts with one of the prefixes; not the diagnostics of the morphological mask, which are no features.
    /// </summary>
    public static IReadOnlyList<ReferenceRow> Reference(string table, params string[] prefixes) =>
    [
        .. from line in File.ReadLines(ReferenceData.Require($"ibsi1/reference/{table}.csv")).Skip(1)
           let cells = line.Split(';')
           where cells[0].Length > 0 && !cells[2].StartsWith("morph_mask_", StringComparison.Ordinal)
           where prefixes.Any(p => cells[2].StartsWith(p, StringComparison.Ordinal))
           select new ReferenceRow(cells[2].Trim(), Number(cells[0]), Number(cells[1])),
    ];

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    private static (GridGeometry Grid, double[] Values) ReadNifti(string relativePath)
    {
        using var zip = new GZipStream(File.OpenRead(ReferenceData.Require(relativePath)), CompressionMode.Decompress);
        using var memory = new MemoryStream();
        zip.CopyTo(memory);
        var bytes = memory.ToArray();
        int Short(int at) => BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(at));
        float Single(int at) => BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(at));
        var grid = GridGeometry.AxisAligned(Short(42), Short(44), Short(46), Single(80), Single(84), Single(88));
        var values = new double[grid.VoxelCount];
        for (var v = 0; v < values.Length; v++)
        {
            values[v] = Short(70) switch
            {
                2 => bytes[HeaderBytes + v],
                4 => Short(HeaderBytes + (2 * v)),
                16 => Single(HeaderBytes + (4 * v)),
                var type => throw new NotSupportedException($"Data type {type}."),
            };
        }
        return (grid, values);
    }
}

/// <summary>One row of a published table: the value printed to three significant digits, the tolerance, the tag.</summary>
internal sealed record ReferenceRow(string Tag, double Value, double Tolerance)
{
    /// <summary>Whether a value, rounded as the table is printed, is within the printed tolerance.</summary>
    public bool Accepts(double value)
    {
        var rounded = decimal.Parse(value.ToString("E2", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);
        return Math.Abs(rounded - (decimal)Value) <= (decimal)Tolerance;
    }
}
