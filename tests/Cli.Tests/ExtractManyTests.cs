using System.Text.Json;
using RadiogenomicsCloud.Cli.Tests.Running;

namespace RadiogenomicsCloud.Cli.Tests;

/// <summary>Several regions of an image, folders of cases, lists of cases.</summary>
public sealed class ExtractManyTests : IDisposable
{
    private static readonly string[] FewFeatures = ["--families", "intensity_statistics", "--format", "wide"];

    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static Task<CommandResult> Extract(params string[] arguments) => Radiogenomics.Run(["extract", .. arguments, .. FewFeatures]);

    /// <summary>Case, region and mean of each row.</summary>
    private static IEnumerable<string> Rows(string wide)
    {
        var lines = wide.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var mean = Array.IndexOf(lines[0].Split(','), "stat_mean");
        return lines.Skip(1).Select(l => l.Split(',')).Select(c => $"{c[0]},{c[1]},{c[mean]}");
    }

    /// <summary>Intensity 10·label inside, labels 1, 2 and 5 in three columns of the volume.</summary>
    private (string Image, string Mask) Labels(string name, string below = ".", int shift = 0)
    {
        static short Label(int i) => (short)(i switch { 1 => 1, 2 => 2, 4 => 5, _ => 0 });
        Directory.CreateDirectory(folder.At(below));
        return (
            SmallImage.Nifti(folder.At(below, name + ".nii"), 6, (i, _, k) => (short)((10 * Label(i)) + shift + (k % 2))),
            SmallImage.Nifti(folder.At(below, name + ".mask.nii"), 6, (i, j, k) => j is > 0 and < 5 && k is > 0 and < 5 ? Label(i) : (short)0));
    }

    [Fact]
    public async Task Each_label_of_a_mask_that_is_asked_for_is_a_row_of_its_own()
    {
        var (image, mask) = Labels("case");
        var all = await Extract("--image", image, "--mask", mask, "--roi", "all");
        all.Succeeded();
        Assert.StartsWith("case,roi,stat_mean", all.Output, StringComparison.Ordinal);
        Assert.Equal(["case,1,10.5", "case,2,20.5", "case,5,50.5"], Rows(all.Output));
        // In the order of what asks for them, none twice.
        var some = await Extract("--image", image, "--mask", mask, "--roi", "5", "--roi", "/^[12]$/", "--roi", "1");
        Assert.Equal(["case,5,50.5", "case,1,10.5", "case,2,20.5"], Rows(some.Output));
        // Joined where the settings say so.
        var union = folder.Write("union.yaml", "union: true\nfamilies: [intensity_statistics]\n");
        Assert.Equal(["case,1+5,30.5"], Rows((await Extract("--image", image, "--mask", mask, "--roi", "/[15]/", "--settings", union)).Output));
    }

    [Fact]
    public async Task A_region_that_is_not_there_is_told_and_the_others_go_on()
    {
        var (image, mask) = Labels("case");
        (await Extract("--image", image, "--mask", mask, "--roi", "7")).Refused("roi.not-found", "'7'", "1, 2, 5");
        var some = await Extract("--image", image, "--mask", mask, "--roi", "7", "--roi", "2");
        some.Succeeded();
        Assert.Equal(["case,7,", "case,2,20.5"], Rows(some.Output));
        Assert.Contains("failed: 7: No label", some.Error, StringComparison.Ordinal);
        Assert.Equal(1, (await Extract("--image", image, "--mask", mask, "--roi", "7", "--roi", "2", "--strict")).ExitCode);
    }

    [Fact]
    public async Task A_folder_gives_the_same_in_order_of_its_cases_on_any_number_of_cores_and_a_bad_case_is_a_row()
    {
        Labels("b-nifti", "cases", shift: 3);
        SmallImage.Zip(folder.At("cases", "a-zip.zip"), SmallImage.Entries(SmallImage.Write(folder)));
        folder.CopyOf(SmallImage.Write(folder, "CASE-2"), Path.Combine("cases", "c-folder"));
        folder.Write("cases/d-bad/notes.txt", "no image");
        folder.Write("cases/.hidden/x", "");
        folder.Write("cases/readme.txt", "");

        var output = folder.At("wide.csv");
        var one = await Extract("--folder", folder.At("cases"), "--parallel", "1", "--out", output);
        one.Succeeded();
        Assert.Empty(one.Output);
        var rows = Rows(await File.ReadAllTextAsync(output, TestContext.Current.CancellationToken)).ToList();
        Assert.Equal(["a-zip,Tumour", "b-nifti,b-nifti.mask", "c-folder,Tumour", "d-bad,"], rows.Select(r => r[..r.LastIndexOf(',')]));
        Assert.EndsWith(",", rows[3], StringComparison.Ordinal);
        Assert.Contains("failed: d-bad: ", one.Error, StringComparison.Ordinal);
        Assert.Contains("1 file(s)", one.Error, StringComparison.Ordinal);
        Assert.Contains("4 cases, 4 regions: 3 analysed, 1 failed.", one.Error, StringComparison.Ordinal);

        var many = await Extract("--folder", folder.At("cases"), "--parallel", "3", "--strict");
        Assert.Equal(1, many.ExitCode);
        Assert.Equal(await File.ReadAllTextAsync(output, TestContext.Current.CancellationToken), many.Output);
        Assert.DoesNotContain(TestFolder.Files(folder.Path), f => f.EndsWith(".partial", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_list_names_cases_images_masks_and_regions_relative_to_itself()
    {
        Labels("x", "data");
        var list = folder.Write("data/cases.csv", "case,image,mask,roi\nP2,x.nii,x.mask.nii,2\nP1,x.nii,x.mask.nii,\nP3,none.nii,x.mask.nii,\n");
        var result = await Extract("--list", list, "--roi", "5");
        result.Succeeded();
        Assert.Equal(["P2,2,20.5", "P1,5,50.5", "P3,5,"], Rows(result.Output));
        Assert.Contains("failed: P3, 5: There is no file or folder", result.Error, StringComparison.Ordinal);
        (await Extract("--list", folder.Write("bad.csv", "case,picture\nA,b\n"))).Refused("list.column", "'picture'");
        (await Extract("--list", folder.At("none.csv"))).Refused("file.missing", "none.csv");
    }

    [Fact]
    public async Task Where_no_case_can_be_analysed_the_command_fails_and_where_there_is_none_it_is_refused()
    {
        folder.Write("cases/bad/notes.txt", "no image");
        var failed = await Extract("--folder", folder.At("cases"));
        Assert.Equal(1, failed.ExitCode);
        Assert.Contains("error: None of the cases", failed.Error, StringComparison.Ordinal);
        Directory.CreateDirectory(folder.At("empty"));
        (await Extract("--folder", folder.At("empty"))).Refused("extract.no-case", "empty");
        (await Extract("--folder", folder.At("none"))).Refused("folder.missing", "none");
        SmallImage.Zip(folder.At("cases", "bad.zip"), ("a.txt", [1]));
        (await Extract("--folder", folder.At("cases"))).Refused("extract.case-twice", "'bad'");
    }

    [Fact]
    public async Task A_missing_value_is_empty_says_why_in_its_row_and_is_warned_of()
    {
        var image = SmallImage.Nifti(folder.At("image.nii"), 6, (i, j, k) => (short)(i + j + k));
        var mask = SmallImage.Nifti(folder.At("mask.nii"), 6, (i, j, k) => (short)(i == 2 && j == 2 && k == 2 ? 1 : 0));
        var result = await Radiogenomics.Run("extract", "--image", image, "--mask", mask, "--families", "glcm", "--json");
        result.Succeeded();
        using var json = JsonDocument.Parse(result.Output);
        var features = json.RootElement[0].GetProperty("features").EnumerateArray().ToList();
        Assert.NotEmpty(features);
        var warning = Assert.Single(json.RootElement[0].GetProperty("warnings").EnumerateArray(), w => w.GetString()!.StartsWith("glcm: ", StringComparison.Ordinal)).GetString()!;
        Assert.Contains("warning: " + warning, result.Error, StringComparison.Ordinal);
        Assert.All(features, f => Assert.Equal(f.GetProperty("value").ValueKind == JsonValueKind.Null, f.TryGetProperty("missing", out _)));
    }
}
