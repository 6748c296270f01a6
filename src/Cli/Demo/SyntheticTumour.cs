using System.Globalization;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Cli.Demo;

/// <summary>
/// One synthetic CT with a tumour: an uneven blob in soft tissue whose texture grows coarser and more contrasted with the case's latent
/// biology. Written as a series of CT images and an RTSTRUCT with the ROI <c>Tumour</c>.
/// </summary>
internal sealed class SyntheticTumour
{
    private const string CtImageStorage = "1.2.840.10008.5.1.4.1.1.2";
    private const string StructureSetStorage = "1.2.840.10008.5.1.4.1.1.481.3";
    private const int Columns = 48;
    private const int Rows = 48;
    private const int Slices = 24;
    private const double PixelSpacing = 1.5;
    private const double SliceSpacing = 2.5;
    private const int PointsPerContour = 72;

    private readonly string caseId;
    private readonly double[] lobeAmplitude = new double[4];
    private readonly double[] lobePhase = new double[4];
    private readonly double radius;
    private readonly short[] hounsfield = new short[Columns * Rows * Slices];

    /// <param name="biology">The latent biology, standard normal within each outcome class; see <see cref="DemoCohort"/>.</param>
    public SyntheticTumour(string caseId, double biology, ulong seed)
    {
        this.caseId = caseId;
        var random = new DeterministicRandom(seed);
        radius = 13 + (4 * random.NextDouble());
        for (var lobe = 0; lobe < lobeAmplitude.Length; lobe++)
        {
            lobeAmplitude[lobe] = (random.NextDouble() - 0.5) * 3;
            lobePhase[lobe] = random.NextDouble() * 2 * Math.PI;
        }
        var coarse = SmoothNoise(random, 3);
        var fine = SmoothNoise(random, 1);
        // The planted imaging signal: contrast of the coarse texture, with scatter of its own.
        var contrast = 28 * Math.Exp((0.28 * biology) + (0.12 * random.NextGaussian()));
        var mean = 45 + (6 * random.NextGaussian());
        for (var k = 0; k < Slices; k++)
        {
            for (var j = 0; j < Rows; j++)
            {
                for (var i = 0; i < Columns; i++)
                {
                    var n = i + (Columns * (j + (Rows * k)));
                    var (x, y, z) = Position(i, j, k);
                    var inside = Math.Sqrt((x * x) + (y * y)) < Radius(Math.Atan2(y, x), z);
                    var value = inside ? mean + (contrast * coarse[n]) + (14 * fine[n]) : -90 + (9 * fine[n]);
                    hounsfield[n] = (short)Math.Round(Math.Clamp(value, -1000, 1000));
                }
            }
        }
    }

    /// <summary>Writes the files below the folder. <paramref name="withoutSlice"/> leaves one slice out, as an interrupted transfer would.</summary>
    public void Write(string folder, int? withoutSlice)
    {
        Directory.CreateDirectory(folder);
        for (var k = 0; k < Slices; k++)
        {
            if (k != withoutSlice)
                File.WriteAllBytes(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"CT_{k:000}.dcm")), Image(k));
        }
        File.WriteAllBytes(Path.Combine(folder, "RTSTRUCT.dcm"), StructureSet());
    }

    private static (double X, double Y, double Z) Position(int i, int j, int k) => (
        (i - ((Columns - 1) / 2.0)) * PixelSpacing,
        (j - ((Rows - 1) / 2.0)) * PixelSpacing,
        (k - ((Slices - 1) / 2.0)) * SliceSpacing);

    /// <summary>In-plane radius of the tumour in mm at an angle and height; 0 above and below it.</summary>
    private double Radius(double angle, double z)
    {
        var profile = 1 - (z * z / (1.3 * radius * 1.3 * radius));
        if (profile <= 0)
            return 0;
        var lobes = 0.0;
        for (var lobe = 0; lobe < lobeAmplitude.Length; lobe++)
            lobes += lobeAmplitude[lobe] * Math.Cos(((lobe + 2) * angle) + lobePhase[lobe]);
        return Math.Max(0, (radius + lobes) * Math.Sqrt(profile));
    }

    /// <summary>White noise after <paramref name="passes"/> box averages along each axis, scaled to unit variance.</summary>
    private static double[] SmoothNoise(DeterministicRandom random, int passes)
    {
        var field = new double[Columns * Rows * Slices];
        for (var n = 0; n < field.Length; n++)
            field[n] = random.NextGaussian();
        int[] strides = [1, Columns, Columns * Rows];
        int[] counts = [Columns, Rows, Slices];
        for (var pass = 0; pass < passes; pass++)
        {
            for (var axis = 0; axis < 3; axis++)
            {
                var source = (double[])field.Clone();
                for (var n = 0; n < field.Length; n++)
                {
                    var at = n / strides[axis] % counts[axis];
                    var before = at > 0 ? source[n - strides[axis]] : source[n];
                    var after = at < counts[axis] - 1 ? source[n + strides[axis]] : source[n];
                    field[n] = (before + source[n] + after) / 3;
                }
            }
        }
        var mean = field.Average();
        var deviation = Math.Sqrt(field.Sum(v => (v - mean) * (v - mean)) / field.Length);
        for (var n = 0; n < field.Length; n++)
            field[n] = (field[n] - mean) / deviation;
        return field;
    }

    private string InstanceUid(int k) => DicomWriter.Uid($"{caseId} slice {k}");

    private string SeriesUid => DicomWriter.Uid($"{caseId} series");

    private string StudyUid => DicomWriter.Uid($"{caseId} study");

    private string FrameOfReferenceUid => DicomWriter.Uid($"{caseId} frame of reference");

    private byte[] Image(int k)
    {
        var (x, y, z) = Position(0, 0, k);
        return new DicomWriter()
            .Text(0x0008, 0x0008, "CS", "DERIVED", "SECONDARY", "AXIAL")
            .Text(0x0008, 0x0016, "UI", CtImageStorage)
            .Text(0x0008, 0x0018, "UI", InstanceUid(k))
            .Text(0x0008, 0x0060, "CS", "CT")
            .Text(0x0008, 0x103E, "LO", "Synthetic CT")
            .Nobody(caseId)
            .Decimals(0x0018, 0x0050, SliceSpacing)
            .Text(0x0020, 0x000D, "UI", StudyUid)
            .Text(0x0020, 0x000E, "UI", SeriesUid)
            .Text(0x0020, 0x0013, "IS", (k + 1).ToString(CultureInfo.InvariantCulture))
            .Decimals(0x0020, 0x0032, x, y, z)
            .Decimals(0x0020, 0x0037, 1, 0, 0, 0, 1, 0)
            .Text(0x0020, 0x0052, "UI", FrameOfReferenceUid)
            .UnsignedShort(0x0028, 0x0002, 1)
            .Text(0x0028, 0x0004, "CS", "MONOCHROME2")
            .UnsignedShort(0x0028, 0x0010, Rows)
            .UnsignedShort(0x0028, 0x0011, Columns)
            .Decimals(0x0028, 0x0030, PixelSpacing, PixelSpacing)
            .UnsignedShort(0x0028, 0x0100, 16)
            .UnsignedShort(0x0028, 0x0101, 16)
            .UnsignedShort(0x0028, 0x0102, 15)
            .UnsignedShort(0x0028, 0x0103, 1)
            .Text(0x0028, 0x0301, "CS", "NO")
            .Decimals(0x0028, 0x1052, 0)
            .Decimals(0x0028, 0x1053, 1)
            .SignedPixels(hounsfield.AsSpan(k * Columns * Rows, Columns * Rows))
            .ToFile(CtImageStorage, InstanceUid(k));
    }

    private byte[] StructureSet()
    {
        var contours = Enumerable.Range(0, Slices).Select(Contour).OfType<DicomWriter>().ToList();
        var instance = DicomWriter.Uid($"{caseId} structure set");
        var imageReferences = Enumerable.Range(0, Slices).Select(k => new DicomWriter()
            .Text(0x0008, 0x1150, "UI", CtImageStorage)
            .Text(0x0008, 0x1155, "UI", InstanceUid(k)));
        var series = new DicomWriter()
            .Text(0x0020, 0x000E, "UI", SeriesUid)
            .Sequence(0x3006, 0x0016, imageReferences);
        var study = new DicomWriter()
            .Text(0x0008, 0x1150, "UI", "1.2.840.10008.3.1.2.3.1")
            .Text(0x0008, 0x1155, "UI", StudyUid)
            .Sequence(0x3006, 0x0014, series);
        return new DicomWriter()
            .Text(0x0008, 0x0016, "UI", StructureSetStorage)
            .Text(0x0008, 0x0018, "UI", instance)
            .Text(0x0008, 0x0060, "CS", "RTSTRUCT")
            .Nobody(caseId)
            .Text(0x0020, 0x000D, "UI", StudyUid)
            .Text(0x0020, 0x000E, "UI", DicomWriter.Uid($"{caseId} structure series"))
            .Text(0x3006, 0x0002, "SH", "Contours")
            .Sequence(0x3006, 0x0010, new DicomWriter()
                .Text(0x0020, 0x0052, "UI", FrameOfReferenceUid)
                .Sequence(0x3006, 0x0012, study))
            .Sequence(0x3006, 0x0020, new DicomWriter()
                .Text(0x3006, 0x0022, "IS", "1")
                .Text(0x3006, 0x0024, "UI", FrameOfReferenceUid)
                .Text(0x3006, 0x0026, "LO", "Tumour")
                .Text(0x3006, 0x0036, "CS", "MANUAL"))
            .Sequence(0x3006, 0x0039, new DicomWriter()
                .Sequence(0x3006, 0x0040, contours)
                .Text(0x3006, 0x0084, "IS", "1"))
            .ToFile(StructureSetStorage, instance);
    }

    /// <summary>The contour of one slice, or null where the tumour is thinner than two pixels.</summary>
    private DicomWriter? Contour(int k)
    {
        var z = Position(0, 0, k).Z;
        if (Radius(0, z) < 2 * PixelSpacing)
            return null;
        var points = new List<double>(3 * PointsPerContour);
        for (var p = 0; p < PointsPerContour; p++)
        {
            var angle = 2 * Math.PI * p / PointsPerContour;
            var r = Radius(angle > Math.PI ? angle - (2 * Math.PI) : angle, z);
            points.AddRange([Math.Round(r * Math.Cos(angle), 2), Math.Round(r * Math.Sin(angle), 2), z]);
        }
        return new DicomWriter()
            .Sequence(0x3006, 0x0016, new DicomWriter()
                .Text(0x0008, 0x1150, "UI", CtImageStorage)
                .Text(0x0008, 0x1155, "UI", InstanceUid(k)))
            .Text(0x3006, 0x0042, "CS", "CLOSED_PLANAR")
            .Text(0x3006, 0x0046, "IS", PointsPerContour.ToString(CultureInfo.InvariantCulture))
            .Decimals(0x3006, 0x0050, points);
    }
}
