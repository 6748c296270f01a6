using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using RadiogenomicsCloud.Certification;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Core.Tests.Preprocessing;

/// <summary>
/// The IBSI-1 phantoms and reference values, read where they lie. The NIfTI reading is the least these four files need, so that
/// processing is tested apart from the product's readers.
/// </summary>
internal static class IbsiPhantom
{
    /// <summary>The processing configurations of the IBSI-1 CT phantom, as the reference manual's table has them.</summary>
    public static PreprocessingSettings Configuration(char name) => DataSet(name).Preprocessing;

    /// <summary>A configuration with the features that it has reference values of.</summary>
    public static IbsiDataSet DataSet(char name) => IbsiDataSet.Configurations.Single(c => c.Key[0] == name);

    public static (Volume Image, Mask Mask) Ct()
    {
        var (grid, values) = Read("ibsi1/ct-phantom/nifti/image.nii.gz");
        var (_, mask) = Read("ibsi1/ct-phantom/nifti/mask.nii.gz");
        return (new(grid, values, IntensityUnit.Hounsfield), new(grid, [.. mask.Select(v => (byte)v)]));
    }

    public static (Volume Image, Mask Mask) Digital()
    {
        var (grid, values) = Read("ibsi1/digital-phantom/nifti/image.nii.gz");
        var (_, mask) = Read("ibsi1/digital-phantom/nifti/mask.nii.gz");
        return (new(grid, values, IntensityUnit.Arbitrary), new(grid, [.. mask.Select(v => (byte)v)]));
    }

    /// <summary>One of the noise blobs made for timing, or any other pair of image and mask.</summary>
    public static (Volume Image, Mask Mask) Pair(string imagePath, string maskPath)
    {
        var (grid, values) = Read(imagePath);
        var (_, mask) = Read(maskPath);
        return (new(grid, values, IntensityUnit.Arbitrary), new(grid, [.. mask.Select(v => v != 0 ? (byte)1 : (byte)0)]));
    }

    /// <summary>Rows of <c>reference value;tolerance;tag</c> as they are published; rows without a value are left out.</summary>
    public static IReadOnlyList<(string Tag, ReferenceValue Reference)> Reference(string file) =>
    [
        .. from line in File.ReadLines(ReferenceData.Require("ibsi1/reference/" + file)).Skip(1)
           let cells = line.Split(';')
           where cells[0].Length > 0
           select (cells[2], new ReferenceValue(Plain(cells[0]), Number(cells[1]))),
    ];

    /// <summary>The reference values of the product's own table.</summary>
    public static IReadOnlyList<(string Tag, ReferenceValue Reference)> Table(string dataSet) =>
        [.. ReferenceTable.Of(dataSet).Where(r => r.Reference is not null).Select(r => (r.Tag, r.Reference!))];

    /// <summary>One line per row that is missing from <paramref name="computed"/> or out of tolerance.</summary>
    public static IReadOnlyList<string> Disagreements(
        IEnumerable<(string Tag, ReferenceValue Reference)> rows, IReadOnlyDictionary<string, double> computed) =>
        [.. from row in rows
            where !computed.TryGetValue(row.Tag, out var value) || !row.Reference.Accepts(value)
            select string.Create(CultureInfo.InvariantCulture,
                $"{row.Tag}: {computed.GetValueOrDefault(row.Tag, double.NaN)} instead of {row.Reference.Printed} ± {row.Reference.Tolerance}")];

    /// <summary>A few small values are published with an exponent.</summary>
    private static string Plain(string printed) => printed.Contains('E', StringComparison.Ordinal)
        ? Number(printed).ToString(CultureInfo.InvariantCulture)
        : printed;

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static (GridGeometry Grid, double[] Values) Read(string relativePath)
    {
        using var bytes = new MemoryStream();
        using (var packed = new GZipStream(File.OpenRead(ReferenceData.Require(relativePath)), CompressionMode.Decompress))
            packed.CopyTo(bytes);
        ReadOnlySpan<byte> data = bytes.GetBuffer().AsSpan(0, (int)bytes.Length);
        var header = data[..348];
        Assert.Equal(348, BinaryPrimitives.ReadInt32LittleEndian(header));
        Assert.Equal("n+1", Encoding.ASCII.GetString(header.Slice(344, 3)));
        var count = new int[3];
        var spacing = new double[3];
        for (var axis = 0; axis < 3; axis++)
        {
            count[axis] = BinaryPrimitives.ReadInt16LittleEndian(header[(42 + (2 * axis))..]);
            spacing[axis] = BinaryPrimitives.ReadSingleLittleEndian(header[(80 + (4 * axis))..]);
        }
        var type = BinaryPrimitives.ReadInt16LittleEndian(header[70..]);
        var voxels = data[(int)BinaryPrimitives.ReadSingleLittleEndian(header[108..])..];
        var values = new double[count[0] * count[1] * count[2]];
        for (var v = 0; v < values.Length; v++)
        {
            values[v] = type switch
            {
                2 => voxels[v],
                4 => BinaryPrimitives.ReadInt16LittleEndian(voxels[(2 * v)..]),
                16 => BinaryPrimitives.ReadSingleLittleEndian(voxels[(4 * v)..]),
                _ => throw new NotSupportedException($"NIfTI data type {type}."),
            };
        }
        return (GridGeometry.AxisAligned(count[0], count[1], count[2], spacing[0], spacing[1], spacing[2]), values);
    }
}
