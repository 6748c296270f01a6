using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Core.Tests.Preprocessing;

/// <summary>
/// The IBSI-1 phantoms and reference values, read where they lie. The NIfTI reading is the least these four files need, so that
/// processing is tested apart from the product's readers.
/// </summary>
internal static class IbsiPhantom
{
    private static readonly ResampleSettings Isotropic2Linear = new([2, 2, 2], Interpolation.Linear);

    /// <summary>The processing configurations of the IBSI-1 CT phantom, as the reference manual's table has them.</summary>
    public static PreprocessingSettings Configuration(char name) => name switch
    {
        'A' => new(null, new(-500, 400), new(DiscretiseMethod.FBS, BinWidth: 25)),
        'B' => new(new([2, 2], Interpolation.Linear), new(-500, 400), new(DiscretiseMethod.FBN, Bins: 32)),
        'C' => new(Isotropic2Linear, new(-1000, 400), new(DiscretiseMethod.FBS, BinWidth: 25)),
        'D' => new(Isotropic2Linear, new(Sigma: 3), new(DiscretiseMethod.FBN, Bins: 32)),
        'E' => new(Isotropic2Linear with { Image = Interpolation.Cubic }, new(-1000, 400, 3), new(DiscretiseMethod.FBN, Bins: 32)),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    /// <summary>How a configuration discretises for the intensity–volume histogram.</summary>
    public static IvhSettings Ivh(char configuration) => configuration switch
    {
        'A' or 'B' or 'D' => new(IvhDiscretisation.None),
        'C' => new(IvhDiscretisation.FBS, BinWidth: 2.5),
        'E' => new(IvhDiscretisation.FBN, Bins: 1000),
        _ => throw new ArgumentOutOfRangeException(nameof(configuration)),
    };

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

    /// <summary>Rows of <c>reference value;tolerance;tag</c>; rows without a value are left out.</summary>
    public static IReadOnlyList<ReferenceRow> Reference(string file) =>
        Parse(File.ReadLines(ReferenceData.Require("ibsi1/reference/" + file)).Skip(1));

    public static IReadOnlyList<ReferenceRow> Parse(IEnumerable<string> lines) =>
        [.. from line in lines
            let cells = line.Split(';')
            where cells[0].Length > 0
            select new ReferenceRow(cells[2], cells[0], double.Parse(cells[1], CultureInfo.InvariantCulture))];

    /// <summary>One line per row that is missing from <paramref name="computed"/> or out of tolerance.</summary>
    public static IReadOnlyList<string> Disagreements(IEnumerable<ReferenceRow> reference, IReadOnlyDictionary<string, double> computed) =>
        [.. from row in reference
            where !computed.TryGetValue(row.Tag, out var value) || !row.Accepts(value)
            select string.Create(CultureInfo.InvariantCulture,
                $"{row.Tag}: {computed.GetValueOrDefault(row.Tag, double.NaN)} instead of {row.Printed} ± {row.Tolerance}")];

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

/// <summary>A value of the reference tables as it is printed, and its tolerance.</summary>
internal sealed record ReferenceRow(string Tag, string Printed, double Tolerance)
{
    private const int SignificantDigits = 3;

    /// <summary>
    /// The computed value, rounded as the table is printed, lies within the tolerance, with no other slack. The table has three significant
    /// digits, but prints whole numbers such as voxel counts in full.
    /// </summary>
    public bool Accepts(double computed)
    {
        var digits = Math.Max(SignificantDigits, Printed.Replace(".", "", StringComparison.Ordinal).Trim('-', '0').Length);
        var rounded = decimal.Parse(computed.ToString($"E{digits - 1}", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);
        return Math.Abs(rounded - decimal.Parse(Printed, CultureInfo.InvariantCulture)) <= (decimal)Tolerance;
    }
}
