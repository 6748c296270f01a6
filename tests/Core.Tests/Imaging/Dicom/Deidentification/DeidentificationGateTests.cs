using CsCheck;
using RadiogenomicsCloud.Imaging.Dicom;
using RadiogenomicsCloud.Imaging.Dicom.Deidentification;

namespace RadiogenomicsCloud.Core.Tests.Imaging.Dicom.Deidentification;

/// <summary>Rules of the gate, as its documentation states them; the actions are those of PS3.15 Table E.1-1.</summary>
public class DeidentificationGateTests
{
    private const string Case = "HN-017";

    private static DicomBuilder Clean(params string[] options) => DicomBuilder.Slice("CT", "1.2.3.4.1", new(0, 0, 0), 2, 2, [1, 2, 3, 4])
        .Set(DicomTags.PatientId, "LO", Case)
        .Set(DicomTags.PatientName, "PN", Case)
        .Remove(DicomTags.SeriesDescription)
        .Set(new(0x0012, 0x0062), "CS", "YES")
        .Sequence(new(0x0012, 0x0064), [.. options.DefaultIfEmpty("113100").Select(o => new DicomBuilder().Set(DicomTags.CodeValue, "SH", o))]);

    private static List<DeidentificationFinding> Findings(DicomBuilder builder, string caseId = Case)
    {
        var (file, problem) = DicomFile.Probe(builder.File("a.dcm"), PixelReading.Skip);
        Assert.Null(problem);
        return [.. DeidentificationGate.Check(file!, caseId)];
    }

    private static void Forbidden(DicomBuilder builder, string code, string tag)
    {
        var finding = Assert.Single(Findings(builder), f => f.Forbids);
        Assert.Equal(code, finding.Code);
        Assert.Contains(tag, finding.Message, StringComparison.Ordinal);
    }

    private static void LetIn(DicomBuilder builder) => Assert.DoesNotContain(Findings(builder), f => f.Forbids);

    [Fact]
    public void A_file_that_says_how_it_was_cleaned_and_holds_nothing_passes_in_silence() => Assert.Empty(Findings(Clean()));

    [Theory]
    [InlineData(DicomBuilder.Implicit)]
    [InlineData(DicomBuilder.Explicit)]
    [InlineData(DicomBuilder.BigEndian)]
    [InlineData(DicomBuilder.Deflated)]
    public void Every_encoding_is_looked_into(string syntax)
    {
        var builder = Clean().Set(DicomTags.PatientName, "PN", "DOE^JANE");
        builder.Syntax = syntax;
        Forbidden(builder, "deid.name", "(0010,0010) PatientName");
        builder = Clean();
        builder.Syntax = syntax;
        Assert.Empty(Findings(builder));
    }

    [Fact]
    public void A_file_that_does_not_say_that_the_identity_was_removed_is_kept_out()
    {
        Forbidden(Clean().Remove(new(0x0012, 0x0062)), "deid.not-declared", "(0012,0062)");
        Forbidden(Clean().Set(new(0x0012, 0x0062), "CS", "NO"), "deid.not-declared", "(0012,0062)");
    }

    [Fact]
    public void A_file_must_say_how()
    {
        Forbidden(Clean().Remove(new(0x0012, 0x0064)), "deid.method", "(0012,0063)");
        var finding = Assert.Single(Findings(Clean().Remove(new(0x0012, 0x0064)).Set(new(0x0012, 0x0063), "LO", "by hand")));
        Assert.Equal(("deid.profile", false), (finding.Code, finding.Forbids));
        Assert.Empty(Findings(Clean().Remove(new(0x0012, 0x0064)).Set(new(0x0012, 0x0063), "LO", "{Basic profile: 113100}")));
    }

    [Theory]
    [InlineData("DOE^JOHN", false)]
    [InlineData("Müller", false)]
    [InlineData("JD", false)]
    [InlineData("DOE^JOHN^^^ 1960", false)]
    [InlineData("HN-017", true)]
    [InlineData("hn_017", true)]
    [InlineData("STD_032", true)]
    [InlineData("SMITH_1960", false)]
    [InlineData("DOE^J 1", false)]
    [InlineData("Anonymous", true)]
    [InlineData("ANON^ANON", true)]
    [InlineData("REMOVED", true)]
    [InlineData("Patient 12", true)]
    [InlineData("XXXX^XX", true)]
    [InlineData("P0012^HN", true)]
    [InlineData("", true)]
    public void A_name_must_be_a_pseudonym(string name, bool passes) =>
        Assert.Equal(passes, !Findings(Clean().Set(DicomTags.PatientName, "PN", name)).Exists(f => f.Forbids));

    [Fact]
    public void A_name_does_not_vouch_for_itself_as_patient_id()
    {
        var builder = Clean().Set(DicomTags.PatientName, "PN", "DOE^JOHN").Set(DicomTags.PatientId, "LO", "DOE^JOHN");
        Assert.Equal(2, Findings(builder).Count(f => f is { Forbids: true, Code: "deid.name" }));
    }

    [Fact]
    public void A_patient_id_that_is_not_the_case_is_reported_and_let_in()
    {
        var finding = Assert.Single(Findings(Clean().Set(DicomTags.PatientId, "LO", "00417").Set(DicomTags.PatientName, "PN", "")));
        Assert.Equal(("deid.patient-id", false), (finding.Code, finding.Forbids));
        Assert.DoesNotContain("00417", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("19480211", false)]
    [InlineData("1948", false)]
    [InlineData("19000101", true)]
    [InlineData("00010101", true)]
    [InlineData("", true)]
    public void A_date_of_birth_must_be_empty_or_a_placeholder_whatever_the_options(string date, bool passes) => Assert.Equal(
        passes,
        !Findings(Clean("113100", "113106", "113107", "113108").Set(new(0x0010, 0x0030), "DA", date)).Exists(f => f is { Forbids: true, Code: "deid.date" }));

    [Fact]
    public void Dates_stay_only_where_the_option_is_declared()
    {
        Forbidden(Clean().Set(DicomTags.StudyDate, "DA", "20190820"), "deid.date", "113106 or 113107");
        LetIn(Clean("113100", "113107").Set(DicomTags.StudyDate, "DA", "20190820"));
        LetIn(Clean("113100", "113106").Set(DicomTags.StudyDate, "DA", "20190820"));
    }

    [Fact]
    public void A_time_of_day_alone_is_reported_and_let_in()
    {
        var finding = Assert.Single(Findings(Clean().Set(DicomTags.AcquisitionTime, "TM", "112011.00")));
        Assert.Equal(("deid.time", false), (finding.Code, finding.Forbids));
    }

    [Fact]
    public void Burned_in_annotation_needs_the_option_of_clean_pixels()
    {
        Forbidden(Clean().Set(new(0x0028, 0x0301), "CS", "YES"), "deid.burned-in", "(0028,0301)");
        LetIn(Clean("113100", "113101").Set(new(0x0028, 0x0301), "CS", "YES"));
        LetIn(Clean().Set(new(0x0028, 0x0301), "CS", "NO"));
    }

    [Fact]
    public void A_face_is_reported_and_one_that_is_declared_is_kept_out()
    {
        var finding = Assert.Single(Findings(Clean().Set(new(0x0018, 0x0015), "CS", "HEAD")));
        Assert.Equal(("deid.face", false), (finding.Code, finding.Forbids));
        Assert.Empty(Findings(Clean("113100", "113102").Set(new(0x0018, 0x0015), "CS", "HEAD")));
        Forbidden(Clean().Set(new(0x0028, 0x0302), "CS", "YES"), "deid.face", "113102");
    }

    [Theory]
    [InlineData(0x0008, 0x0080, "LO", "General Hospital", "113112")]
    [InlineData(0x0008, 0x1030, "LO", "CT of Mrs Doe", "113105")]
    [InlineData(0x0008, 0x1010, "SH", "CT-7", "113109")]
    [InlineData(0x0010, 0x1010, "AS", "059Y", "113108")]
    [InlineData(0x0020, 0x4000, "LT", "see letter to Dr Roe", "113105")]
    [InlineData(0x0018, 0x1030, "LO", "ward 7", "113105")]
    public void What_the_profile_removes_stays_only_under_its_option(int group, int element, string vr, string value, string option)
    {
        var tag = new DicomTag((ushort)group, (ushort)element);
        Forbidden(Clean().Set(tag, vr, value), "deid.attribute", option);
        LetIn(Clean("113100", option).Set(tag, vr, value));
        LetIn(Clean().Set(tag, vr, "REMOVED"));
        LetIn(Clean().Set(tag, vr, " "));
    }

    [Theory]
    [InlineData(0x0010, 0x1040, "LO")]
    [InlineData(0x0010, 0x1000, "LO")]
    [InlineData(0x0010, 0x2154, "SH")]
    [InlineData(0x0008, 0x0092, "ST")]
    [InlineData(0x0008, 0x1048, "PN")]
    [InlineData(0x0038, 0x0010, "LO")]
    public void What_no_option_keeps_is_kept_out_under_all_of_them(int group, int element, string vr)
    {
        var all = Enumerable.Range(113100, 13).Select(o => o.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        var found = Assert.Single(Findings(Clean(all).Set(new((ushort)group, (ushort)element), vr, "Elm Street 4")), f => f.Forbids);
        Assert.DoesNotContain("Elm", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_accession_number_may_be_a_replacement_and_is_reported()
    {
        var finding = Assert.Single(Findings(Clean().Set(new(0x0008, 0x0050), "SH", "1764353264683505")));
        Assert.Equal(("deid.replacement", false), (finding.Code, finding.Forbids));
        Assert.Empty(Findings(Clean().Set(new(0x0008, 0x0050), "SH", Case)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Sequences_are_looked_into_at_every_depth_known_or_not(bool undefinedLengths)
    {
        foreach (var syntax in new[] { DicomBuilder.Implicit, DicomBuilder.Explicit })
        {
            var builder = Clean();
            builder.Syntax = syntax;
            builder.UndefinedLengths = undefinedLengths;
            var deep = new DicomBuilder { UndefinedLengths = undefinedLengths }.Set(new(0x0010, 0x0010), "PN", "DOE^JANE");
            // (0040,A370) is unknown to the reader's dictionary.
            builder.Sequence(new(0x0040, 0xA370), new DicomBuilder { UndefinedLengths = undefinedLengths }.Sequence(new(0x0008, 0x1115), deep));
            Forbidden(builder, "deid.name", "(0010,0010)");
        }
    }

    [Fact]
    public void Private_attributes_need_the_option_and_their_creators_do_not()
    {
        var builder = Clean().Set(new(0x0009, 0x0010), "LO", "VENDOR");
        Assert.Empty(Findings(builder));
        Forbidden(builder.Set(new(0x0009, 0x1001), "LO", "DOE"), "deid.private", "113111");
        LetIn(Clean("113100", "113111").Set(new(0x0009, 0x0010), "LO", "VENDOR").Set(new(0x0009, 0x1001), "LO", "DOE"));
    }

    [Fact]
    public void A_sequence_that_the_profile_removes_must_have_no_items()
    {
        var item = new DicomBuilder().Set(new(0x0040, 0x0007), "LO", "");
        Forbidden(Clean().Sequence(new(0x0040, 0x0275), item), "deid.attribute", "(0040,0275)");
        LetIn(Clean().Sequence(new(0x0040, 0x0275)));
    }

    [Theory]
    [InlineData(0x5000, 0x3000, "113103")]
    [InlineData(0x5012, 0x0010, "113103")]
    [InlineData(0x6000, 0x3000, "113103")]
    [InlineData(0x6002, 0x3000, "113103")]
    [InlineData(0x0042, 0x0011, "(0042,0011) EncapsulatedDocument")]
    public void Graphics_and_documents_are_kept_out(int group, int element, string named) =>
        Forbidden(Clean().Set(new((ushort)group, (ushort)element), "OB", new byte[] { 1, 2 }), "deid.attribute", named);

    [Fact]
    public void The_text_of_a_structured_report_is_kept_out()
    {
        var text = new DicomBuilder().Set(new(0x0040, 0xA160), "UT", "Mrs Doe, seen today");
        Assert.Contains(Findings(Clean().Sequence(new(0x0040, 0xA730), text)), f => f.Forbids && f.Message.Contains("(0040,a730)", StringComparison.Ordinal));
        Assert.Contains(Findings(Clean().Sequence(new(0x0040, 0xA730), text)), f => f.Forbids && f.Message.Contains("(0040,a160)", StringComparison.Ordinal));
        LetIn(Clean("113100", "113104").Sequence(new(0x0040, 0xA730), text));
    }

    [Fact]
    public void What_stands_behind_the_pixels_is_seen() =>
        Forbidden(Clean().Set(new(0xFFFC, 0xFFFC), "OB", "DOE^JANE"u8.ToArray()), "deid.attribute", "(fffc,fffc)");

    [Fact]
    public void What_stands_behind_compressed_pixels_is_seen()
    {
        var builder = Clean().Remove(DicomTags.PixelData).Set(new(0xFFFC, 0xFFFC), "OB", "DOE^JANE"u8.ToArray());
        builder.Syntax = DicomBuilder.Rle;
        var bytes = builder.Bytes();
        var tail = bytes.AsSpan().IndexOf(new byte[] { 0xFC, 0xFF, 0xFC, 0xFF });
        byte[] pixels = [0xE0, 0x7F, 0x10, 0, .. "OB"u8, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE, 0xFF, 0, 0xE0, 0, 0, 0, 0, 0xFE, 0xFF, 0, 0xE0, 2, 0, 0, 0, 1, 2, 0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0];
        byte[] whole = [.. bytes[..tail], .. pixels, .. bytes[tail..]];
        var (file, problem) = DicomFile.Probe(new("a.dcm", whole.Length, () => new MemoryStream(whole)), PixelReading.Skip);
        Assert.Null(problem);
        Assert.Contains(DeidentificationGate.Check(file!, Case), f => f.Forbids && f.Message.Contains("(fffc,fffc)", StringComparison.Ordinal));
    }

    [Fact]
    public void Damaged_files_give_our_exceptions_alone()
    {
        var builder = Clean("113100", "113105").Set(DicomTags.SpecificCharacterSet, "CS", "ISO_IR 192").Set(DicomTags.StudyDate, "DA", "20190820")
            .Set(new(0x0011, 0x1001), "UN", "x").Sequence(new(0x0040, 0xA370), new DicomBuilder().Set(DicomTags.PatientName, "PN", "DOE"));
        var whole = builder.Bytes();
        Gen.Select(Gen.Int[128, whole.Length - 1], Gen.Byte).Array[1, 5].Sample(
            edits =>
            {
                var bytes = (byte[])whole.Clone();
                foreach (var (at, value) in edits)
                    bytes[at] = value;
                var (file, _) = DicomFile.Probe(new("a.dcm", bytes.Length, () => new MemoryStream(bytes)), PixelReading.Skip);
                try
                {
                    if (file is not null)
                        DeidentificationGate.Check(file, Case);
                }
                catch (BadInputException)
                {
                }
            },
            iter: 20_000);
    }

    [Fact]
    public void The_profile_lists_each_attribute_once_and_reads_its_actions()
    {
        Assert.InRange(BasicProfile.Count, 280, 400);
        var institution = BasicProfile.Find(new(0x0008, 0x0080))!;
        Assert.Equal(("InstitutionName", "LO", ProfileAction.Remove), (institution.Keyword, institution.Vr, institution.Action));
        Assert.Equal([113112], institution.KeptBy);
        Assert.Equal(ProfileAction.Empty, BasicProfile.Find(DicomTags.PatientName)!.Action);
        Assert.Null(BasicProfile.Find(DicomTags.Modality));
        Assert.Equal("OverlayData", BasicProfile.Find(new(0x601E, 0x3000))!.Keyword);
        Assert.Null(BasicProfile.Find(new(0x6000, 0x0010)));
    }
}
