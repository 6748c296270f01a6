using System.Text;
using System.Text.Json;
using RadiogenomicsCloud.Cli.Demo;
using RadiogenomicsCloud.Cli.Tests.Running;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Reporting.Documents;

namespace RadiogenomicsCloud.Cli.Tests;

/// <summary>A cohort with one case of every kind of bad image beside the good ones.</summary>
public sealed class BadCasesTests(SmallRun small) : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Ids of the bad cases with what the sentence about each must say.</summary>
    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["BAD-bomb"] = "zip bomb",
        ["BAD-empty"] = "no voxel",
        ["BAD-gap"] = "lacks 1 slice(s)",
        ["BAD-other"] = "another patient",
        ["BAD-path"] = "leads out of the archive",
        ["BAD-roi"] = "'Nodule'",
        ["BAD-short"] = SmallImage.Slice,
        ["BAD-syntax"] = "JPEG 2000",
    };

    private static void WriteBadCases(string cohort)
    {
        string At(string name) => Path.Combine(cohort, "imaging", name);
        void Series(string id, int? withoutSlice = null) => new SyntheticTumour(id, 0, 3).Write(At(id), withoutSlice);
        SmallImage.Zip(At("BAD-bomb.zip"), ("zeros.dcm", new byte[20_000_000]));
        Directory.CreateDirectory(At("BAD-empty"));
        SmallImage.Nifti(At("BAD-empty/ct.nii"), 6, (i, j, k) => (short)(i + j + k));
        SmallImage.Nifti(At("BAD-empty/ct.mask.nii"), 6, (_, _, _) => 0);
        Series("BAD-gap", withoutSlice: 11);
        Series("BAD-other");
        File.Copy(At($"DEMO-001/{SmallImage.StructureSet}"), At($"BAD-other/{SmallImage.StructureSet}"), overwrite: true);
        SmallImage.Zip(At("BAD-path.zip"), ("../../study.yaml", "schema: 1"u8.ToArray()));
        Series("BAD-roi");
        Replace(At($"BAD-roi/{SmallImage.StructureSet}"), "Tumour", "Nodule");
        Series("BAD-short");
        SmallImage.Truncate(At($"BAD-short/{SmallImage.Slice}"), 0.15);
        Series("BAD-syntax");
        foreach (var slice in Directory.GetFiles(At("BAD-syntax"), "CT_*.dcm"))
            SmallImage.ClaimTransferSyntax(slice, "1.2.840.10008.1.2.4.90");
        foreach (var id in Reasons.Keys)
            File.AppendAllText(Path.Combine(cohort, "clinical.csv"), $"{id},A,50,F,1,1,100\n");
    }

    private static void Replace(string path, string text, string other)
    {
        var bytes = File.ReadAllBytes(path);
        var at = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text));
        Encoding.ASCII.GetBytes(other).CopyTo(bytes, at);
        File.WriteAllBytes(path, bytes);
    }

    [Fact]
    public async Task Bad_cases_are_told_one_by_one_and_the_others_are_analysed()
    {
        await small.Finished();
        var cohort = folder.CopyOf(small.Cohort, "cohort");
        var output = folder.CopyOf(small.Out, "out");
        Directory.Delete(Path.Combine(output, "runs"), recursive: true);
        WriteBadCases(cohort);

        var result = await Radiogenomics.Run("run", cohort, "--out", output);
        result.Succeeded();
        Assert.DoesNotContain("Exception", result.Error, StringComparison.Ordinal);
        Assert.StartsWith("20 cases: 11 analysed, 0 excluded, 9 failed", result.Output, StringComparison.Ordinal);
        var cases = ReportFiles.Load(RunOutput.Only(output).Folder).Cases;
        foreach (var (id, reason) in Reasons)
        {
            var bad = Assert.Single(cases, c => c.CaseId == id);
            Assert.Equal((CaseStatus.Failed, "imaging a"), (bad.Status, bad.Stage));
            Assert.Contains(reason, bad.Reason, StringComparison.Ordinal);
            Assert.Contains($"warning: {id} failed (imaging a): {bad.Reason}", result.Error, StringComparison.Ordinal);
        }

        // All of it could be known before.
        var inspected = await Radiogenomics.Run("inspect", cohort, "--json");
        inspected.Succeeded();
        using var json = JsonDocument.Parse(inspected.Output);
        foreach (var (id, _) in Reasons)
        {
            var image = json.RootElement.GetProperty("images").EnumerateArray()
                .Single(i => i.GetProperty("caseId").GetString() == id && i.GetProperty("image").GetString() == "a");
            Assert.True(image.TryGetProperty("problem", out var problem), id);
            Assert.Equal(cases.Single(c => c.CaseId == id).Reason, problem.GetProperty("message").GetString());
        }
    }
}
