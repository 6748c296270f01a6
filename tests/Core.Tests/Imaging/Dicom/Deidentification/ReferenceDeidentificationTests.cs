using RadiogenomicsCloud.Imaging.Archives;
using RadiogenomicsCloud.Imaging.Dicom;
using RadiogenomicsCloud.Imaging.Dicom.Deidentification;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Core.Tests.Imaging.Dicom.Deidentification;

/// <summary>What the gate says of public data that their archives de-identified.</summary>
public class ReferenceDeidentificationTests
{
    private static SortedSet<string> Check(IEnumerable<RadiogenomicsCloud.Imaging.ImageFile> files, string caseId)
    {
        var findings = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var source in files)
        {
            var (file, problem) = DicomFile.Probe(source, PixelReading.Skip);
            Assert.Null(problem);
            if (file is not null)
                findings.UnionWith(DeidentificationGate.Check(file, caseId).Select(f => $"{(f.Forbids ? "out" : "warn")} {f.Code} {f.Message}"));
        }
        return findings;
    }

    [Theory]
    [InlineData("STS_001")]
    [InlineData("STS_005")]
    [InlineData("STS_020")]
    [InlineData("STS_051")]
    public void Cases_of_the_Cancer_Imaging_Archive_pass(string caseId)
    {
        using var archive = ZipImageFiles.Open(File.OpenRead(ReferenceData.Require($"sts/imaging/{caseId}.zip")), caseId + ".zip", new());
        var findings = Check(archive.Files, caseId);
        Assert.DoesNotContain(findings, f => f.StartsWith("out", StringComparison.Ordinal));
        Assert.Equal(["(0008,0050) AccessionNumber", "(0020,0010) StudyID"], findings.Where(f => f.StartsWith("warn deid.replacement", StringComparison.Ordinal)).Select(f => f[22..].Split(" holds")[0]));
    }

    [LongFact]
    public void All_51_cases_of_the_Cancer_Imaging_Archive_pass()
    {
        foreach (var path in Directory.GetFiles(ReferenceData.Require("sts/imaging"), "*.zip"))
        {
            using var archive = ZipImageFiles.Open(File.OpenRead(path), Path.GetFileName(path), new());
            Assert.DoesNotContain(Check(archive.Files, Path.GetFileNameWithoutExtension(path)), f => f.StartsWith("out", StringComparison.Ordinal));
        }
    }

    /// <summary>A patient of lung cancer, published without a statement and with the hospital's name.</summary>
    [Fact]
    public void The_IBSI_CT_phantom_is_kept_out_for_its_missing_statement_its_hospital_and_its_dates()
    {
        var findings = Check(FolderImageFiles.List(ReferenceData.Require("ibsi1/ct-phantom/dicom")), "PAT1");
        var codes = findings.Where(f => f.StartsWith("out", StringComparison.Ordinal)).Select(f => f.Split(' ')[1]).Distinct();
        Assert.Equal(["deid.attribute", "deid.date", "deid.method", "deid.not-declared"], codes);
        Assert.Contains(findings, f => f.Contains("InstitutionName", StringComparison.Ordinal));
    }
}
