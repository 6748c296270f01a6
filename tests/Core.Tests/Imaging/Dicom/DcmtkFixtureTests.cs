using RadiogenomicsCloud.Imaging.Dicom;

namespace RadiogenomicsCloud.Core.Tests.Imaging.Dicom;

/// <summary>Files that dcmtk 3.6.7 wrote (the commands are in Data/dicom/dcmtk/make-fixtures.py) against pixels that pydicom read.</summary>
public class DcmtkFixtureTests
{
    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(TestFiles.Data("dcmtk"), "*.dcm").Select(p => Path.GetFileName(p)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_dcmtk_wrote_holds_the_pixels_that_pydicom_reads(string name)
    {
        var expected = File.ReadLines(TestFiles.Data("dcmtk/pixels.csv")).Skip(1).Select(l => l.Split(',')).ToDictionary(c => c[0], c => c[1]);
        var dicom = DicomFile.Read(TestFiles.OnDisk(TestFiles.Data("dcmtk/" + name)), withPixelData: true);
        Assert.Equal(expected[name.Split('-', '.')[0]], TestFiles.Sha256(new DicomPixelReader(dicom).ReadFrame(0)));
        Assert.Equal(20, dicom.Dataset.GetInt(DicomTags.Rows));
    }

    [Fact]
    public void All_syntaxes_are_among_the_files() =>
        Assert.Equal(
            [DicomBuilder.Implicit, DicomBuilder.Explicit, DicomBuilder.Deflated, DicomBuilder.BigEndian,
                DicomBuilder.JpegLossless, DicomBuilder.JpegLosslessSv1, DicomBuilder.Rle],
            Names.Select(n => DicomFile.Read(TestFiles.OnDisk(TestFiles.Data("dcmtk/" + n.Data)), false).TransferSyntaxUid)
                .Distinct().Order(StringComparer.Ordinal));
}
