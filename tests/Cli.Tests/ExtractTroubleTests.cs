using RadiogenomicsCloud.Cli.Tests.Running;

namespace RadiogenomicsCloud.Cli.Tests;

/// <summary>What cases of a folder have in common, what one of them has alone, and what stops the command.</summary>
public sealed class ExtractTroubleTests : IDisposable
{
    private static readonly string[] FewFeatures = ["--families", "intensity_statistics", "--format", "wide"];

    private readonly TestFolder folder = new();
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    private static Task<CommandResult> Extract(params string[] arguments) => Radiogenomics.Run(["extract", .. arguments, .. FewFeatures]);

    /// <summary>A cube of 4³ voxels in the middle of 6³.</summary>
    private string Mask(string name) =>
        SmallImage.Nifti(folder.At("cases", name + ".mask.nii"), 6, (i, j, k) => (short)(i is > 0 and < 5 && j is > 0 and < 5 && k is > 0 and < 5 ? 1 : 0));

    private void Case(string name, Func<int, int, int, float> value)
    {
        Directory.CreateDirectory(folder.At("cases"));
        SmallImage.FloatNifti(folder.At("cases", name + ".nii"), 6, value);
        Mask(name);
    }

    [Fact]
    public async Task Voxels_that_are_no_numbers_leave_the_region_with_a_warning_and_a_region_of_them_alone_is_a_failed_case()
    {
        Case("a-background", (i, _, k) => i == 0 ? float.NaN : k);
        Case("b-inside", (i, j, k) => (i, j, k) == (2, 2, 2) ? float.PositiveInfinity : 7);
        Case("c-all", (_, _, _) => float.NaN);
        var result = await Extract("--folder", folder.At("cases"));
        result.Succeeded();
        var means = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(l => l.Split(',')[2]);
        Assert.Equal(["2.5", "7", ""], means);
        Assert.DoesNotContain("a-background", result.Error, StringComparison.Ordinal);
        Assert.Contains("warning: b-inside, b-inside.mask: 1 of 64 voxels of the region have no finite intensity", result.Error, StringComparison.Ordinal);
        Assert.Contains("[roi.empty-not-finite]", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_many_cases_share_is_said_once_with_their_names_and_stays_whole_in_JSON()
    {
        // Two voxels: the robust deviation is missing in each. The names of the masks are in the warning of the border.
        for (var n = 0; n < 7; n++)
        {
            Case(FormattableString.Invariant($"c{n}"), (i, j, k) => i + j + k);
            SmallImage.Nifti(folder.At("cases", FormattableString.Invariant($"c{n}.mask.nii")), 6, (i, j, k) => (short)(i < 2 && j == 0 && k == 0 ? 1 : 0));
        }
        var all = await Extract("--folder", folder.At("cases"));
        Assert.Contains("\nwarning: all 7 regions that were analysed, of which the first: ROI 'c0.mask' touches", all.Error, StringComparison.Ordinal);
        Assert.Contains("\nwarning: all 7 regions that were analysed: intensity_statistics: ", all.Error, StringComparison.Ordinal);
        Case("good", (i, j, k) => i + j + k);
        var result = await Extract("--folder", folder.At("cases"));
        result.Succeeded();
        var warnings = result.Error.Split('\n').Where(l => l.StartsWith("warning: ", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, warnings.Count);
        Assert.StartsWith("warning: 7 regions (c0, c0.mask; c1, c1.mask; ", warnings[0], StringComparison.Ordinal);
        Assert.Contains("c6, c6.mask), of which the first: ROI 'c0.mask' touches", warnings[0], StringComparison.Ordinal);
        Assert.Contains("c6, c6.mask): intensity_statistics: the feature stat_rmad is missing", warnings[1], StringComparison.Ordinal);

        var json = await Radiogenomics.Run("extract", "--folder", folder.At("cases"), "--families", "intensity_statistics", "--json");
        for (var n = 0; n < 7; n++)
            Assert.Contains(FormattableString.Invariant($"ROI 'c{n}.mask' touches"), json.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_fails_its_case_in_a_folder_and_the_command_where_it_is_the_only_one()
    {
        Case("a", (i, _, _) => i);
        Case("b", (i, _, _) => i);
        Directory.CreateDirectory(folder.At("cases", "c"));
        File.Copy(folder.At("cases", "b.nii"), folder.At("cases", "c", "b.nii"));
        File.Copy(folder.At("cases", "b.mask.nii"), folder.At("cases", "c", "b.mask.nii"));
        // Another process is not let in while these are open.
        using var one = new FileStream(folder.At("cases", "b.nii"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        using var other = new FileStream(folder.At("cases", "c", "b.nii"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        var result = await Extract("--folder", folder.At("cases"));
        result.Succeeded();
        Assert.Contains("\na,a.mask,2.5,", result.Output, StringComparison.Ordinal);
        Assert.Equal(2, result.Error.Split('\n').Count(l => l.StartsWith("failed: ", StringComparison.Ordinal) && l.EndsWith("[storage.read]", StringComparison.Ordinal)));
        Assert.Contains("3 cases, 3 regions: 1 analysed, 2 failed.", result.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Storage, (await Extract("--image", folder.At("cases", "c"))).ExitCode);
    }

    [Fact]
    public async Task The_mask_beside_a_NIfTI_image_is_taken_where_none_is_given_and_two_are_refused()
    {
        Case("a", (i, _, _) => i);
        var image = folder.At("cases", "a.nii");
        var result = await Extract("--image", image);
        result.Succeeded();
        Assert.Contains("\na,a.mask,2.5,", result.Output, StringComparison.Ordinal);
        File.Copy(folder.At("cases", "a.mask.nii"), folder.At("cases", "a.mask.nii.gz"));
        (await Extract("--image", image)).Refused("extract.source", "two masks", "--mask");
        File.Delete(folder.At("cases", "a.mask.nii"));
        File.Delete(folder.At("cases", "a.mask.nii.gz"));
        (await Extract("--image", image)).Refused("extract.source", "a.nii", "'a.mask.nii.gz'");
    }

    [Fact]
    public async Task Modality_and_description_of_the_command_choose_among_several_images()
    {
        SmallImage.Write(folder);
        File.Copy(folder.At("CASE-1", SmallImage.Slice), folder.At("CASE-1", "copy.dcm"));
        (await Extract("--image", folder.At("CASE-1"), "--modality", "ct")).Succeeded();
        (await Extract("--image", folder.At("CASE-1"), "--modality", "MR")).Refused("image.none", "modality MR", "CT");
        (await Extract("--image", folder.At("CASE-1"), "--names", "pyradiomics", "--modality", "PT")).Refused("image.none", "modality PT");
        (await Extract("--image", folder.At("CASE-1"), "--description", "")).Refused("extract.description");
        Assert.Equal(ExitCodes.BadInput, (await Extract("--image", folder.At("CASE-1"), "--modality", "XX")).ExitCode);

        // NIfTI images by their names; the modality is the unit, and the settings' description gives way.
        Case("t1", (_, _, _) => 1);
        Case("t2", (i, _, _) => i);
        (await Extract("--image", folder.At("cases"))).Refused("image.several", "'t1.nii'", "'t2.nii'");
        var settings = folder.Write("s.yaml", "description: t1\nmodality: MR\n");
        var second = await Extract("--image", folder.At("cases"), "--settings", settings, "--description", "/2$/");
        Assert.Contains("\ncases,t2.mask,2.5,", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopped_by_Ctrl_C_finished_results_are_kept_and_nothing_else_is_promised()
    {
        const int Interrupt = 1 << (2 - 1);
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Sends the signal of Ctrl-C, which only a terminal does elsewhere.");
        var ignored = File.ReadLines("/proc/self/status").Single(l => l.StartsWith("SigIgn:", StringComparison.Ordinal))[7..].Trim();
        Assert.SkipWhen((Convert.ToUInt64(ignored, 16) & Interrupt) != 0, "These tests were started with Ctrl-C ignored, and what they start ignores it too.");

        Case("x", (i, j, k) => (7 * i) + (3 * j) + k);
        var rows = Enumerable.Range(0, 5000).Select(n => FormattableString.Invariant($"P{n},x.nii,x.mask.nii\n"));
        var list = folder.Write("cases/list.csv", "case,image,mask\n" + string.Concat(rows));
        var output = folder.At("table.csv");
        using var process = Radiogenomics.Start("extract", "--list", list, "--format", "wide", "--parallel", "1", "--out", output);
        // A tenth of the cases is finished at the second line.
        for (var line = 0; line < 2; line++)
            await process.StandardError.ReadLineAsync(cancel);
        using (var kill = System.Diagnostics.Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync(cancel);
        var error = await process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        Assert.Equal(ExitCodes.Cancelled, process.ExitCode);
        Assert.EndsWith($"results that were finished are in '{output}.partial'.\nStopped.\n", error, StringComparison.Ordinal);
        Assert.False(File.Exists(output));
        var lines = await File.ReadAllLinesAsync(output + ".partial", cancel);
        Assert.True(lines.Length > 100);
        Assert.All(lines, l => Assert.Equal(lines[0].Count(c => c == ','), l.Count(c => c == ',')));
    }
}
