using RadiogenomicsCloud.Imaging.Dicom;

namespace RadiogenomicsCloud.Core.Tests.Imaging.Dicom;

public class DicomReadingTests
{
    private static readonly short[] Ramp = [.. Enumerable.Range(0, 12).Select(i => (short)((i * 397) - 2000))];

    public static TheoryData<string, bool> Encodings => new()
    {
        { DicomBuilder.Implicit, false }, { DicomBuilder.Implicit, true },
        { DicomBuilder.Explicit, false }, { DicomBuilder.Explicit, true },
        { DicomBuilder.BigEndian, false }, { DicomBuilder.BigEndian, true },
        { DicomBuilder.Deflated, false }, { DicomBuilder.Deflated, true },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Every_uncompressed_encoding_gives_the_same_elements_and_pixels(string syntax, bool undefinedLengths)
    {
        var file = Rich(syntax, undefinedLengths).File("a/b.dcm");
        var dicom = DicomFile.Read(file, withPixelData: true);
        Assert.Equal(syntax, dicom.TransferSyntaxUid);
        Assert.Equal("a/b.dcm", dicom.Name);
        var data = dicom.Dataset;
        Assert.Equal("1.2.3.4.5", data.GetString(DicomTags.SopInstanceUid));
        Assert.Equal(["ORIGINAL", "PRIMARY", "", "AXIAL"], data.GetStrings(DicomTags.ImageType));
        Assert.Equal([-1.5, 2, 3e-7], data.GetDoubles(DicomTags.ImagePositionPatient));
        Assert.Equal(3, data.GetInt(DicomTags.Rows));
        Assert.Equal("4", data.GetString(DicomTags.Columns));
        Assert.Equal([0.1, -2], data.GetDoubles(DicomTags.RealWorldValueSlope));
        Assert.Null(data.GetDouble(DicomTags.PatientWeight));
        Assert.Empty(data.GetSequence(DicomTags.ReferencedImageSequence));
        var inner = Assert.Single(data.GetSequence(DicomTags.SharedFunctionalGroupsSequence));
        var deepest = inner.GetSequence(DicomTags.PlanePositionSequence);
        Assert.Equal(2, deepest.Count);
        Assert.Equal([7.0, 8, 9], deepest[1].GetDoubles(DicomTags.ImagePositionPatient));
        Assert.Equal(Ramp.Select(v => (int)v), new DicomPixelReader(dicom).ReadFrame(0));
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Header_only_reading_stops_before_the_pixels(string syntax, bool undefinedLengths)
    {
        var whole = Rich(syntax, undefinedLengths);
        var file = whole.File("x");
        var counting = new CountingStream(file.Open());
        var big = whole.Set(DicomTags.PixelData, "OW", new byte[1 << 20]).Bytes();
        var dicom = DicomFile.Read(new("x", big.Length, () => counting = new CountingStream(new MemoryStream(big))), withPixelData: false);
        Assert.Equal(3, dicom.Dataset.GetInt(DicomTags.Rows));
        Assert.False(dicom.Dataset.Contains(DicomTags.PixelData));
        Assert.InRange(counting.Taken, 1, 1 << 17);
    }

    [Theory]
    [InlineData(DicomBuilder.Implicit)]
    [InlineData(DicomBuilder.Explicit)]
    [InlineData(DicomBuilder.BigEndian)]
    public void A_bare_data_set_without_preamble_is_read(string syntax)
    {
        var builder = Rich(syntax, undefinedLengths: false);
        builder.Part10 = false;
        var dicom = DicomFile.Read(builder.File("bare"), withPixelData: true);
        Assert.Equal(syntax, dicom.TransferSyntaxUid);
        Assert.Equal(Ramp.Select(v => (int)v), new DicomPixelReader(dicom).ReadFrame(0));
    }

    [Fact]
    public void Values_of_unknown_representation_are_read_as_implicit_little_endian_inside()
    {
        // A sequence item with Rows = 5 in implicit little endian, as a proxy writes what it does not know.
        byte[] item = [0xFE, 0xFF, 0x00, 0xE0, 10, 0, 0, 0, 0x28, 0, 0x10, 0, 2, 0, 0, 0, 5, 0];
        var dicom = DicomFile.Read(
            new DicomBuilder().Set(DicomTags.Modality, "CS", "CT").Set(DicomTags.PlanePositionSequence, "UN", item).File("un"), false);
        Assert.Equal(5, Assert.Single(dicom.Dataset.GetSequence(DicomTags.PlanePositionSequence)).GetInt(DicomTags.Rows));
    }

    [Theory]
    [InlineData("ISO_IR 192", new byte[] { 0xC3, 0xA9 }, "é")]
    [InlineData("ISO_IR 100", new byte[] { 0xE9 }, "é")]
    [InlineData("ISO_IR 144", new byte[] { 0xBF }, "П")]
    [InlineData("GB18030", new byte[] { 0xD6, 0xD0 }, "中")]
    [InlineData("\\ISO 2022 IR 87", new byte[] { 0x1B, 0x24, 0x42, 0x3B, 0x33, 0x1B, 0x28, 0x42 }, "山")]
    public void Text_is_decoded_by_the_specific_character_set(string set, byte[] bytes, string expected)
    {
        var dicom = DicomFile.Read(
            new DicomBuilder().Set(DicomTags.SpecificCharacterSet, "CS", set).Set(DicomTags.SeriesDescription, "LO", bytes)
                .Sequence(DicomTags.StructureSetROISequence, new DicomBuilder().Set(DicomTags.ROIName, "LO", bytes)).File("text"), false);
        Assert.Equal(expected, dicom.Dataset.GetString(DicomTags.SeriesDescription));
        Assert.Equal(expected, dicom.Dataset.GetSequence(DicomTags.StructureSetROISequence)[0].GetString(DicomTags.ROIName));
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("1.0\\x")]
    [InlineData("NaN")]
    [InlineData("1e999")]
    [InlineData("1,5")]
    public void A_number_that_is_none_is_an_error_that_names_file_and_tag(string text)
    {
        var dicom = DicomFile.Read(new DicomBuilder().Set(DicomTags.Modality, "CS", "CT").Set(DicomTags.PixelSpacing, "DS", text).File("n.dcm"), false);
        var error = Assert.Throws<BadInputException>(() => dicom.Dataset.GetDoubles(DicomTags.PixelSpacing));
        Assert.Equal("dicom.value", error.Code);
        Assert.Contains("n.dcm", error.Message, StringComparison.Ordinal);
        Assert.Contains("(0028,0030)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.2.840.10008.1.2.4.90", "JPEG 2000", "gdcmconv --raw")]
    [InlineData("1.2.840.10008.1.2.4.80", "JPEG-LS", "dcmdjpls")]
    [InlineData("1.2.840.10008.1.2.4.50", "JPEG Baseline", "dcmdjpeg")]
    [InlineData("1.2.3.4.5.6", "unknown", "gdcmconv --raw")]
    public void An_unsupported_syntax_is_named_with_the_tool_that_converts_it(string uid, string name, string tool)
    {
        var builder = Rich(DicomBuilder.Explicit, undefinedLengths: false).Remove(DicomTags.PixelData).Fragments([], [1, 2]);
        builder.Syntax = uid;
        var dicom = DicomFile.Read(builder.File("j2k.dcm"), withPixelData: true);
        Assert.Equal(3, dicom.Dataset.GetInt(DicomTags.Rows));
        var error = Assert.Throws<BadInputException>(() => new DicomPixelReader(dicom));
        Assert.Equal("dicom.transfer-syntax", error.Code);
        Assert.All(new[] { "j2k.dcm", uid, name, tool }, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Every_truncation_is_named_and_never_another_exception(string syntax, bool undefinedLengths)
    {
        var bytes = Rich(syntax, undefinedLengths).Bytes();
        var answered = 0;
        for (var length = 140; length < bytes.Length; length++)
        {
            var part = bytes[..length];
            try
            {
                var dicom = DicomFile.Read(new("cut.dcm", length, () => new MemoryStream(part)), withPixelData: true);
                Assert.Equal(Ramp.Select(v => (int)v), new DicomPixelReader(dicom).ReadFrame(0));
                // Deflate ends with a code of its own: without it, everything is there all the same.
                Assert.Equal(DicomBuilder.Deflated, syntax);
                Assert.Equal(bytes.Length - 1, length);
            }
            catch (BadInputException e)
            {
                Assert.Contains("cut.dcm", e.Message, StringComparison.Ordinal);
                answered++;
            }
        }
        Assert.Equal(bytes.Length - 140 - (syntax == DicomBuilder.Deflated ? 1 : 0), answered);
    }

    [Fact]
    public void A_file_whose_pixels_are_cut_off_is_truncated_already_by_its_header()
    {
        var bytes = Rich(DicomBuilder.Explicit, undefinedLengths: false).Bytes();
        var error = Assert.Throws<BadInputException>(() =>
            DicomFile.Read(new("cut.dcm", bytes.Length - 2, () => new MemoryStream(bytes[..^2])), withPixelData: false));
        Assert.Equal("dicom.truncated", error.Code);
    }

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        var deep = new DicomBuilder { UndefinedLengths = true }.Set(DicomTags.Modality, "CS", "CT");
        for (var i = 0; i < 200; i++)
            deep = new DicomBuilder { UndefinedLengths = true }.Sequence(DicomTags.SourceImageSequence, deep);
        deep.Set(DicomTags.Modality, "CS", "CT");
        var error = Assert.Throws<BadInputException>(() => DicomFile.Read(deep.File("deep.dcm"), false));
        Assert.Equal("dicom.malformed", error.Code);
    }

    [Fact]
    public void A_deflate_bomb_is_refused_at_the_stated_limit()
    {
        var bomb = new DicomBuilder { Syntax = DicomBuilder.Deflated }.Set(DicomTags.Modality, "CS", "CT")
            .Set(DicomTags.PixelData, "OW", new byte[100 << 20]);
        var error = Assert.Throws<BadInputException>(() => DicomFile.Read(bomb.File("bomb.dcm"), true));
        Assert.Contains("bomb.dcm", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_DICOM_is_said_to_be_none()
    {
        Assert.False(DicomFile.LooksLikeDicom("case_id,age\nP1,54\n"u8));
        Assert.False(DicomFile.LooksLikeDicom([]));
        var text = "just a text that is longer than eight bytes"u8.ToArray();
        var error = Assert.Throws<BadInputException>(() => DicomFile.Read(new("a.txt", text.Length, () => new MemoryStream(text)), false));
        Assert.Equal("dicom.not-dicom", error.Code);
        Assert.True(DicomFile.LooksLikeDicom(Rich(DicomBuilder.Explicit, false).File("a")));
    }

    private static DicomBuilder Rich(string syntax, bool undefinedLengths)
    {
        DicomBuilder New() => new() { UndefinedLengths = undefinedLengths };
        var builder = New()
            .Set(new(0x0008, 0x0000), "UL", 0)
            .Set(DicomTags.ImageType, "CS", "ORIGINAL", "PRIMARY", "", "AXIAL")
            .Set(DicomTags.SopInstanceUid, "UI", "1.2.3.4.5")
            .Set(DicomTags.Modality, "CS", "CT")
            .Set(new(0x0009, 0x0010), "LO", "SOMEBODY")
            .Set(new(0x0009, 0x1001), "UN", new byte[] { 1, 2, 3, 4 })
            .Set(DicomTags.PatientWeight, "DS", "")
            .Set(DicomTags.ImagePositionPatient, "DS", [-1.5, 2, 3e-7])
            .Set(DicomTags.RealWorldValueSlope, "FD", [0.1, -2])
            .Sequence(DicomTags.ReferencedImageSequence)
            .Sequence(DicomTags.SharedFunctionalGroupsSequence, New().Sequence(DicomTags.PlanePositionSequence,
                New().Set(DicomTags.ImagePositionPatient, "DS", [4.0, 5, 6]),
                New().Set(DicomTags.ImagePositionPatient, "DS", [7.0, 8, 9])))
            .Pixels(3, 4, Ramp);
        builder.Syntax = syntax;
        return builder;
    }

    private sealed class CountingStream(Stream inner) : Stream
    {
        public long Taken { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var n = inner.Read(buffer, offset, count);
            Taken += n;
            return n;
        }

        public override void Flush() => inner.Flush();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
