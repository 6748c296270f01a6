using System.Diagnostics;
using System.Globalization;
using System.Text;
using RadiogenomicsCloud.Core.Tests.Imaging.Dicom;
using RadiogenomicsCloud.Imaging.Dicom;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Service.Intake;

namespace RadiogenomicsCloud.Service.Tests.Intake;

/// <summary>What comes in is refused, or quarantined, or harmless; with the reason, and without a word of the DICOM text.</summary>
public class HostileCohortTests
{
    private const string Case = "P01";
    private readonly IntakeRig rig = new IntakeRig().WithTables(12).WithImages(11, first: 2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<IntakeCase> Quarantined(string code)
    {
        var document = await rig.Intake();
        Assert.Equal((12, 11, 1), (document.Totals.Cases, document.Totals.Admitted, document.Totals.Quarantined));
        var kept = Assert.Single(document.Cases, c => c.Status == IntakeStatus.Quarantined);
        Assert.Equal(Case, kept.CaseId);
        Assert.Contains(kept.Reasons, r => r.Code == code);
        Assert.All(kept.Reasons.Concat(kept.Warnings), r => Assert.DoesNotContain(r.Message + r.File, char.IsControl));
        var snapshot = await rig.Read<CohortSnapshot>(rig.Output.Snapshot);
        Assert.DoesNotContain(snapshot.Files, f => f.Path.StartsWith("imaging/P01", StringComparison.Ordinal));
        Assert.Equal([Case], snapshot.Quarantined!.Select(q => q.CaseId));
        return kept;
    }

    private async Task Refused(string code)
    {
        var refusal = await Assert.ThrowsAsync<BadInputException>(rig.Intake);
        Assert.Equal(code, refusal.Code);
        Assert.DoesNotContain(refusal.Message, char.IsControl);
    }

    [Fact]
    public async Task What_is_as_the_manifest_says_is_admitted_and_pinned()
    {
        rig.WithImages(1);
        rig.Mark(await rig.Manifest());
        var document = await rig.Intake();
        Assert.Equal((12, 12, 0, 26), (document.Totals.Cases, document.Totals.Admitted, document.Totals.Quarantined, document.Totals.Files));
        Assert.Equal(("Site", new DeidentificationStatement("CTP", null), true), (document.Site, document.Deidentification, document.DeidentificationRequired));
        Assert.Empty(document.Notes);
        var snapshot = await rig.Read<CohortSnapshot>(rig.Output.Snapshot);
        Assert.Null(snapshot.Quarantined);
        var manifest = await rig.Manifest();
        Assert.Equal(manifest.Files.Select(f => (f.Path, f.Sha256, f.Size)), snapshot.Files.Select(f => (f.Path, f.Sha256, f.Length)));
        rig.Put(snapshot.Files[2].Path, [1]);
        var runner = new Service.Ports.AreaCohort(rig.Storage.Cohorts, IntakeRig.Cohort + "/");
        Assert.Equal(CohortFile.ChangedCode, (await Assert.ThrowsAsync<BadInputException>(() => runner.Open(snapshot.Files[2], Cancel))).Code);
    }

    [Fact]
    public async Task A_file_whose_content_is_not_as_promised_keeps_its_case_out()
    {
        rig.WithImages(1);
        var manifest = await rig.Manifest();
        var path = "imaging/P01/a.nii";
        var content = rig.Storage.Cohorts.Get($"{IntakeRig.Cohort}/{path}").ToArray();
        content[^1] ^= 1;
        rig.Put(path, content);
        rig.Mark(manifest);
        Assert.Equal(path, (await Quarantined("intake.hash")).Reasons[0].File);
    }

    [Fact]
    public async Task A_file_that_was_cut_short_keeps_its_case_out_and_is_not_read()
    {
        rig.WithImages(1);
        var manifest = await rig.Manifest();
        rig.Put("imaging/P01/a.nii", [1, 2, 3]);
        rig.Mark(manifest);
        await Quarantined("intake.size");
        Assert.DoesNotContain(rig.Storage.Cohorts.Opened, p => p.Contains("/P01/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_is_missing_keeps_its_case_out()
    {
        rig.WithImages(1);
        var manifest = await rig.Manifest();
        await rig.Storage.Cohorts.Delete($"{IntakeRig.Cohort}/imaging/P01/a.nii", Cancel);
        rig.Mark(manifest);
        await Quarantined("intake.missing");
    }

    [Fact]
    public async Task A_case_of_which_nothing_came_is_quarantined()
    {
        var manifest = await rig.Manifest();
        rig.Mark(manifest with { Files = [.. manifest.Files, new("imaging/P01.zip", 10, new string('0', 64))] });
        Assert.Equal(0, (await Quarantined("intake.missing")).Files);
    }

    [Theory]
    [InlineData("study.yaml", "intake.hash")]
    [InlineData("clinical.csv", "intake.hash")]
    public async Task A_table_that_is_not_as_promised_refuses_the_cohort(string path, string code)
    {
        var manifest = await rig.Manifest();
        var content = rig.Storage.Cohorts.Get($"{IntakeRig.Cohort}/{path}").ToArray();
        content[^1] ^= 1;
        rig.Put(path, content);
        rig.Mark(manifest);
        await Refused(code);
        Assert.DoesNotContain(rig.Storage.Cohorts.Opened, p => p.Contains("/imaging/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_table_that_is_missing_refuses_the_cohort()
    {
        var manifest = await rig.Manifest();
        rig.Mark(manifest with { Files = [.. manifest.Files, new("genomics/expression.csv", 10, new string('0', 64))] });
        await Refused("intake.missing");
    }

    [Fact]
    public async Task What_the_manifest_does_not_list_is_left_out_and_counted()
    {
        rig.Mark(await rig.Manifest());
        rig.WithImages(1);
        rig.Put("imaging/<b>x\\..\\y", [1]);
        var document = await rig.Intake();
        Assert.Equal((11, 11), (document.Totals.Cases, document.Totals.Admitted));
        Assert.Contains("3 files are not listed", Assert.Single(document.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("imaging/P01/a\\..\\b.nii")]
    [InlineData("imaging/P01/<script>alert(1)</script>.nii")]
    [InlineData("imaging/P01/../P02/a.nii")]
    [InlineData("imaging/P01/a\u202Ebad.nii")]
    public async Task Tricks_of_paths_keep_their_case_out(string path)
    {
        rig.WithImages(1);
        rig.Put(path, [1]);
        rig.Mark(null);
        await Quarantined("intake.path");
    }

    [Fact]
    public async Task A_trick_of_a_path_that_belongs_to_no_case_refuses_the_cohort()
    {
        rig.Put("genomics/a\nb.csv", [1]);
        rig.Mark(null);
        await Refused("intake.path");
    }

    public static TheoryData<string, string> Identified => new()
    {
        { "name", "deid.name" }, { "birth", "deid.date" }, { "burned", "deid.burned-in" }, { "undeclared", "deid.not-declared" }, { "hospital", "deid.attribute" },
        { "private", "deid.private" }, { "nested", "deid.name" }, { "broken", "deid.unreadable" },
    };

    [Theory]
    [MemberData(nameof(Identified))]
    public async Task Identified_DICOM_keeps_its_case_out_loose_or_packed(string what, string code)
    {
        var slice = what switch
        {
            "name" => IntakeRig.CleanSlice(Case, 1).Set(DicomTags.PatientName, "PN", "SECRETSON^JANE"),
            "birth" => IntakeRig.CleanSlice(Case, 1).Set(new(0x0010, 0x0030), "DA", "19480211"),
            "burned" => IntakeRig.CleanSlice(Case, 1).Set(new(0x0028, 0x0301), "CS", "YES"),
            "undeclared" => IntakeRig.CleanSlice(Case, 1).Remove(new(0x0012, 0x0062)),
            "hospital" => IntakeRig.CleanSlice(Case, 1).Set(new(0x0008, 0x0080), "LO", "SECRETSON Clinic"),
            "private" => IntakeRig.CleanSlice(Case, 1).Set(new(0x0011, 0x0010), "LO", "V").Set(new(0x0011, 0x1001), "LO", "SECRETSON"),
            "nested" => IntakeRig.CleanSlice(Case, 1).Sequence(new(0x0040, 0xA370), new DicomBuilder().Set(DicomTags.PatientName, "PN", "SECRETSON")),
            _ => IntakeRig.CleanSlice(Case, 1),
        };
        var bytes = slice.Bytes();
        if (what == "broken")
            bytes = bytes[..^3];
        rig.Put("imaging/P01/ct/0.dcm", IntakeRig.CleanSlice(Case));
        rig.Put("imaging/P01/ct/1", bytes);
        rig.Mark(null);
        var loose = await Quarantined(code);
        Assert.Equal("imaging/P01/ct/1", loose.Reasons[0].File);

        await rig.Storage.Cohorts.Delete($"{IntakeRig.Cohort}/imaging/P01/ct/0.dcm", Cancel);
        await rig.Storage.Cohorts.Delete($"{IntakeRig.Cohort}/imaging/P01/ct/1", Cancel);
        rig.Put("imaging/P01.zip", IntakeRig.Zip(("ct/0.dcm", IntakeRig.CleanSlice(Case).Bytes()), ("ct/1", bytes)));
        var packed = await Quarantined(code);
        Assert.Equal("imaging/P01.zip/ct/1", packed.Reasons[0].File);
        Assert.DoesNotContain("SECRETSON", Encoding.UTF8.GetString(CanonicalJson.Serialize(packed)) + Encoding.UTF8.GetString(CanonicalJson.Serialize(loose)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_gate_belongs_to_the_service_and_not_to_the_manifest()
    {
        rig.Put("imaging/P01/1.dcm", DicomBuilder.Slice("CT", "1.2", new(0, 0, 0), 2, 2, [1, 2, 3, 4]));
        rig.Mark((await rig.Manifest()) with { Deidentification = new(null, "phantom") });
        await Quarantined("deid.not-declared");
        rig.Policy = rig.Policy with { RequireDeidentified = false };
        var document = await rig.Intake();
        Assert.Equal((12, false), (document.Totals.Admitted, document.DeidentificationRequired));
    }

    [Fact]
    public async Task The_same_finding_of_many_slices_is_one_reason_with_a_count()
    {
        for (var n = 0; n < 30; n++)
            rig.Put($"imaging/P01/{n:00}.dcm", IntakeRig.CleanSlice(Case, n).Set(DicomTags.PatientName, "PN", "DOE^" + n));
        rig.Mark(null);
        var reason = Assert.Single((await Quarantined("deid.name")).Reasons);
        Assert.Equal(("imaging/P01/00.dcm", 30), (reason.File, reason.Count));
    }

    public static TheoryData<string, string> Archives => new()
    {
        { "bomb", "zip.limit" }, { "entries", "zip.limit" }, { "escape", "zip.path" }, { "not a zip", "zip.damaged" }, { "flipped", "zip.damaged" },
    };

    [Theory]
    [MemberData(nameof(Archives))]
    public async Task Archives_are_held_to_their_limits(string what, string code)
    {
        rig.Policy = rig.Policy with { Limits = rig.Policy.Limits with { Archives = new(MaxEntries: 100, MaxTotalBytes: 32 << 20) } };
        var noise = new byte[5000];
        new Random(1).NextBytes(noise);
        var zip = what switch
        {
            "bomb" => IntakeRig.Zip(("zeros", new byte[20 << 20])),
            "entries" => IntakeRig.Zip([.. Enumerable.Range(0, 101).Select(n => (n.ToString(CultureInfo.InvariantCulture), Array.Empty<byte>()))]),
            "escape" => IntakeRig.Zip(("../../study.yaml", [1])),
            "not a zip" => "PK but no zip"u8.ToArray(),
            _ => IntakeRig.Zip(("noise", noise)),
        };
        if (what == "flipped")
            zip[2000] ^= 0xFF;
        rig.Put("imaging/P01.zip", zip);
        rig.Mark(null);
        await Quarantined(code);
    }

    [Fact]
    public async Task A_hundred_thousand_tiny_files_of_a_case_are_not_read()
    {
        for (var n = 0; n < 100_000; n++)
            rig.Put(FormattableString.Invariant($"imaging/P01/{n}.dcm"), [1]);
        rig.Mark(null);
        var watch = Stopwatch.StartNew();
        var before = GC.GetTotalAllocatedBytes();
        await Quarantined("intake.too-many-files");
        Assert.DoesNotContain(rig.Storage.Cohorts.Opened, p => p.Contains("/P01/", StringComparison.Ordinal));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed}");
        Assert.True(GC.GetTotalAllocatedBytes() - before < 400_000_000);
    }

    [Fact]
    public async Task Tiny_files_beyond_the_quota_of_the_cohort_refuse_it_while_they_are_listed()
    {
        rig.Policy = rig.Policy with { Limits = rig.Policy.Limits with { Files = 1000, Cases = 50 } };
        for (var n = 0; n < 1200; n++)
            rig.Put(FormattableString.Invariant($"imaging/P{n % 30}/{n}.dcm"), [1]);
        rig.Mark(null);
        await Refused("cohort.too-many-files");
    }

    [Fact]
    public async Task Quotas_of_cases_bytes_and_single_files_hold()
    {
        rig.Mark(null);
        rig.Policy = rig.Policy with { Limits = new IntakeLimits(Cases: 10) };
        await Refused("cohort.too-many-cases");
        rig.Policy = rig.Policy with { Limits = new IntakeLimits(Bytes: 1000) };
        await Refused("cohort.too-large");
        rig.Policy = rig.Policy with { Limits = new IntakeLimits(FileBytes: 5000) };
        rig.Put("imaging/P01/big.nii", new byte[5001]);
        await Quarantined("intake.file-too-large");
        rig.Policy = rig.Policy with { Limits = new IntakeLimits(ManifestBytes: 100) };
        rig.Mark(await rig.Manifest());
        await Refused("manifest.too-large");
    }

    [Theory]
    [InlineData("study: [", "study.yaml")]
    [InlineData("schema: 99", "study.newer_schema")]
    [InlineData("", "study.empty")]
    public async Task A_bad_study_refuses_the_cohort_before_an_image_is_read(string study, string code)
    {
        rig.Put("study.yaml", Encoding.UTF8.GetBytes(study));
        rig.Mark(null);
        await Refused(code);
        Assert.DoesNotContain(rig.Storage.Cohorts.Opened, p => p.Contains("/imaging/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_study_may_not_raise_the_limits_of_the_service()
    {
        var study = Encoding.UTF8.GetString(rig.Storage.Cohorts.Get(IntakeRig.Cohort + "/study.yaml"));
        rig.Put("study.yaml", Encoding.UTF8.GetBytes(study + "\narchives: {max_entries: 1000000}\n"));
        rig.Mark(null);
        await Refused("study.archive-limits");
    }

    [Fact]
    public async Task HTML_stays_text()
    {
        rig.WithImages(1);
        rig.Mark((await rig.Manifest()) with { Site = "<img src=x onerror=alert(1)>" });
        Assert.Equal("<img src=x onerror=alert(1)>", (await rig.Intake()).Site);
    }
}
