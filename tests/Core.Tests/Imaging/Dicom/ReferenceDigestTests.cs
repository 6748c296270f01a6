using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using RadiogenomicsCloud.Imaging.Archives;
using RadiogenomicsCloud.Imaging.Dicom;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Core.Tests.Imaging.Dicom;

/// <summary>
/// Metadata and pixels of every DICOM file of the reference data equal what pydicom 2.3.1 reads. The expected digests, one a series,
/// and what exactly they cover: Data/dicom/make-digests.py, whose dump is made here from our own reader.
/// </summary>
public class ReferenceDigestTests
{
    private static readonly DicomTag[] Texts =
    [
        DicomTags.SpecificCharacterSet, DicomTags.ImageType, DicomTags.SopClassUid, DicomTags.SopInstanceUid, DicomTags.StudyDate,
        DicomTags.SeriesDate, DicomTags.AcquisitionDate, DicomTags.ContentDate, DicomTags.StudyTime, DicomTags.SeriesTime,
        DicomTags.AcquisitionTime, DicomTags.ContentTime, DicomTags.Modality, DicomTags.Manufacturer, DicomTags.StudyDescription,
        DicomTags.SeriesDescription, DicomTags.ReferencedSopClassUid, DicomTags.ReferencedSopInstanceUid, DicomTags.PatientName,
        DicomTags.PatientId, DicomTags.PatientSex, DicomTags.RadiopharmaceuticalStartTime, DicomTags.StudyInstanceUid,
        DicomTags.SeriesInstanceUid, DicomTags.FrameOfReferenceUid, DicomTags.PhotometricInterpretation, DicomTags.CorrectedImage,
        DicomTags.Units, DicomTags.SuvType, DicomTags.DecayCorrection, DicomTags.StructureSetLabel,
        DicomTags.ReferencedFrameOfReferenceUid, DicomTags.ROIName, DicomTags.ContourGeometricType,
    ];

    private static readonly DicomTag[] Numeric =
    [
        DicomTags.PatientSize, DicomTags.PatientWeight, DicomTags.SliceThickness, DicomTags.SpacingBetweenSlices,
        DicomTags.RadionuclideTotalDose, DicomTags.RadionuclideHalfLife, DicomTags.ActualFrameDuration, DicomTags.SeriesNumber,
        DicomTags.AcquisitionNumber, DicomTags.InstanceNumber, DicomTags.ImagePositionPatient, DicomTags.ImageOrientationPatient,
        DicomTags.SamplesPerPixel, DicomTags.NumberOfFrames, DicomTags.Rows, DicomTags.Columns, DicomTags.PixelSpacing,
        DicomTags.BitsAllocated, DicomTags.BitsStored, DicomTags.HighBit, DicomTags.PixelRepresentation, DicomTags.RescaleIntercept,
        DicomTags.RescaleSlope, DicomTags.FrameReferenceTime, DicomTags.ROINumber, DicomTags.NumberOfContourPoints,
        DicomTags.ContourData, DicomTags.ReferencedROINumber,
    ];

    private static readonly DicomTag[] Sequences =
    [
        DicomTags.ReferencedStudySequence, DicomTags.ReferencedSeriesSequence, DicomTags.ReferencedImageSequence,
        DicomTags.SourceImageSequence, DicomTags.RadiopharmaceuticalInformationSequence, DicomTags.ReferencedFrameOfReferenceSequence,
        DicomTags.RTReferencedStudySequence, DicomTags.RTReferencedSeriesSequence, DicomTags.ContourImageSequence,
        DicomTags.StructureSetROISequence, DicomTags.ROIContourSequence, DicomTags.ContourSequence,
    ];

    private static readonly Dictionary<DicomTag, char> Kinds =
        Texts.Select(t => (t, 's')).Concat(Numeric.Select(t => (t, 'n'))).Concat(Sequences.Select(t => (t, '('))).ToDictionary();

    [Fact]
    public void Every_file_of_the_reference_data_is_read_as_pydicom_reads_it()
    {
        var expected = File.ReadLines(TestFiles.Data("reference-digests.csv")).Skip(1).Select(l => l.Split(',')).ToList();
        Assert.Equal(7113, expected.Sum(e => int.Parse(e[2], System.Globalization.CultureInfo.InvariantCulture)));
        var sources = expected.Select(e => e[0]).Distinct().ToList();
        foreach (var source in sources)
            ReferenceData.Require(source);
        var found = new List<string>[sources.Count];
        Parallel.For(0, sources.Count, i => found[i] = Digests(sources[i]));
        Assert.Equal(expected.Select(e => string.Join(',', e)), found.SelectMany(f => f));
    }

    private static List<string> Digests(string source)
    {
        var path = ReferenceData.Require(source);
        using var zip = path.EndsWith(".zip", StringComparison.Ordinal)
            ? ZipImageFiles.Open(File.OpenRead(path), source, new ArchiveLimits())
            : null;
        var series = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var file in zip?.Files ?? FolderImageFiles.List(path))
        {
            if (!DicomFile.LooksLikeDicom(file))
                continue;
            var dicom = DicomFile.Read(file, withPixelData: true);
            var uid = dicom.Dataset.GetString(DicomTags.SeriesInstanceUid)!;
            if (!series.TryGetValue(uid, out var lines))
                series.Add(uid, lines = []);
            lines.Add(Line(dicom));
        }
        return [.. series.Select(s => $"{source},{s.Key},{s.Value.Count},{Hash(string.Concat(s.Value.Order(StringComparer.Ordinal).Select(l => l + "\n")))}")];
    }

    private static string Line(DicomFile dicom)
    {
        var data = dicom.Dataset;
        var dump = new StringBuilder();
        Dump(data, dump);
        var pixels = dicom.Pixels.Tag is null ? "-" : TestFiles.Sha256(new DicomPixelReader(dicom).ReadFrame(0));
        return string.Join('|',
            data.GetString(DicomTags.SopInstanceUid), Numbers(data.GetDoubles(DicomTags.Rows)), Numbers(data.GetDoubles(DicomTags.Columns)),
            Numbers(data.GetDoubles(DicomTags.ImagePositionPatient)), Numbers([data.GetDouble(DicomTags.RescaleSlope) ?? 1]),
            Numbers([data.GetDouble(DicomTags.RescaleIntercept) ?? 0]), pixels, Hash(dump.ToString()));
    }

    private static void Dump(DicomDataset data, StringBuilder into)
    {
        foreach (var tag in data.Tags)
        {
            var kind = Kinds.GetValueOrDefault(tag, 'x');
            into.Append(tag).Append(':');
            if (kind == '(' || (data.GetBytes(tag).IsEmpty && data.GetSequenceOrEmpty(tag) is { } items && items.Count > 0))
            {
                into.Append("(\n");
                foreach (var item in data.GetSequence(tag))
                {
                    into.Append("[\n");
                    Dump(item, into);
                    into.Append("]\n");
                }
                into.Append(')');
            }
            else
            {
                _ = kind switch
                {
                    'n' => into.Append('n').Append(Numbers(data.GetDoubles(tag))),
                    's' => into.Append('s').AppendJoin('\\', data.GetStrings(tag)),
                    _ => into.Append('x').Append(Convert.ToHexStringLower(data.GetBytes(tag).Span)),
                };
            }
            into.Append('\n');
        }
    }

    private static string Numbers(IReadOnlyList<double> values)
    {
        if (values.Count == 0)
            return "-";
        Span<byte> bytes = stackalloc byte[8];
        var text = new StringBuilder();
        foreach (var value in values)
        {
            BinaryPrimitives.WriteDoubleBigEndian(bytes, value);
            text.Append(text.Length > 0 ? "," : "").Append(Convert.ToHexStringLower(bytes));
        }
        return text.ToString();
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

internal static class DicomDatasetDumping
{
    /// <summary>The items where the element is a sequence, else none.</summary>
    public static IReadOnlyList<DicomDataset> GetSequenceOrEmpty(this DicomDataset data, DicomTag tag)
    {
        try
        {
            return data.GetSequence(tag);
        }
        catch (BadInputException)
        {
            return [];
        }
    }
}
