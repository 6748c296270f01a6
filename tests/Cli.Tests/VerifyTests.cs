using System.Globalization;
using System.Text.Json;
using RadiogenomicsCloud.Cli.Tests.Running;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Cli.Tests;

public sealed class VerifyTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static string[] Lines(CommandResult result) => result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    [Fact]
    public async Task The_digital_phantom_is_shown_feature_by_feature_with_totals_by_family()
    {
        var result = await Radiogenomics.Run("verify");
        result.Succeeded();
        Assert.Empty(result.Error);
        var lines = Lines(result);
        Assert.Equal("IBSI-1 digital phantom", lines[0]);
        // 592 is 74 voxels of 8 mm³, and 592 by the table.
        Assert.Contains("pass: morph_vol_approx 592, reference 592 ± 4, difference 0", lines);
        Assert.Contains(lines, l => l.StartsWith("no reference: morph_vol_dens_ombb ", StringComparison.Ordinal));
        Assert.Contains("morphology: 25 of 25", lines);
        Assert.Equal("IBSI-1 digital phantom: 482 of 482 reference values reproduced; 5 features have none", lines[^1]);
        Assert.Equal(1 + 487 + 11 + 1, lines.Length);
    }

    [Fact]
    public async Task CSV_and_JSON_say_the_same()
    {
        var csv = Lines(await Radiogenomics.Run("verify", "--csv"));
        Assert.Equal("data_set,family,tag,value,reference,tolerance,difference,verdict", csv[0]);
        Assert.Equal(488, csv.Length);
        var mean = csv.Single(l => l.StartsWith("digital,intensity_statistics,stat_mean,", StringComparison.Ordinal)).Split(',');
        // 159 of 74 voxels: 2.1486…, 2.15 by the table.
        Assert.Equal(["2.15", "0", "0.00", "pass"], mean[4..]);

        var json = await Radiogenomics.Run("verify", "--json");
        json.Succeeded();
        using var document = JsonDocument.Parse(json.Output);
        Assert.True(document.RootElement.GetProperty("passed").GetBoolean());
        var set = Assert.Single(document.RootElement.GetProperty("dataSets").EnumerateArray());
        Assert.Equal(("digital", 482), (set.GetProperty("key").GetString(), set.GetProperty("references").GetInt32()));
        var row = set.GetProperty("rows").EnumerateArray().Single(r => r.GetProperty("tag").GetString() == "stat_mean");
        Assert.Equal(mean[3], row.GetProperty("value").GetDouble().ToString("R", CultureInfo.InvariantCulture));
        Assert.Equal((2.15m, 0m, "pass"), (row.GetProperty("rounded").GetDecimal(), row.GetProperty("difference").GetDecimal(), row.GetProperty("verdict").GetString()));
        Assert.Equal(csv.Skip(1).Select(l => l.Split(',')[2]), set.GetProperty("rows").EnumerateArray().Select(r => r.GetProperty("tag").GetString()));
    }

    [Fact]
    public async Task Another_image_in_the_phantoms_place_ends_with_1_and_its_failures_alone_can_be_shown()
    {
        SmallImage.Nifti(folder.At("image.nii"), 8, (i, j, k) => (short)((i * j) + k));
        SmallImage.Nifti(folder.At("mask.nii"), 8, (i, j, k) => (short)(i is > 1 and < 6 && j is > 1 and < 6 && k is > 1 and < 6 ? 1 : 0));
        var result = await Radiogenomics.Run("verify", "--ct-phantom", folder.At(""), "--configurations", "a", "--failures");
        Assert.Equal(ExitCodes.StudyFailed, result.ExitCode);
        var lines = Lines(result);
        Assert.Contains("IBSI-1 CT phantom, configuration A", lines);
        Assert.Contains("fail: img_dim_x_init_img 8, reference 204 ± 0, difference -196.00", lines);
        Assert.DoesNotContain(lines, l => l.StartsWith("pass", StringComparison.Ordinal) || l.StartsWith("no reference", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("dicom")]
    [InlineData("nifti")]
    public async Task The_CT_phantom_is_replayed_from_its_published_files(string kind)
    {
        var phantom = ReferenceData.Require("ibsi1/ct-phantom/" + kind);
        var result = await Radiogenomics.Run("verify", "--ct-phantom", phantom, "--configurations", "A,e", "--json");
        result.Succeeded();
        using var document = JsonDocument.Parse(result.Output);
        var sets = document.RootElement.GetProperty("dataSets").EnumerateArray().ToList();
        Assert.Equal(["digital", "A", "E"], sets.Select(s => s.GetProperty("key").GetString()));
        Assert.Equal([482, 406, 270], sets.Select(s => s.GetProperty("references").GetInt32()));
        Assert.Equal([482, 406, 270], sets.Select(s => s.GetProperty("reproduced").GetInt32()));
        Assert.All(sets.Skip(1), s => Assert.Equal(60, s.GetProperty("families")[0].GetProperty("reproduced").GetInt32()));
    }

    [Fact]
    public async Task What_cannot_be_replayed_is_refused_with_a_sentence()
    {
        (await Radiogenomics.Run("verify", "--ct-phantom", folder.At("none"))).Refused("verify.folder", "none");
        (await Radiogenomics.Run("verify", "--ct-phantom", folder.At(""), "--configurations", "A,F")).Refused("verify.configuration", "'A,F'", "A,B,C,D,E");
        (await Radiogenomics.Run("verify", "--configurations", "A")).Refused(null, "--ct-phantom");
        (await Radiogenomics.Run("verify", "--json", "--csv")).Refused(null, "--json");
        var other = SmallImage.Write(folder);
        (await Radiogenomics.Run("verify", "--ct-phantom", other)).Refused("roi.not-found", "GTV-1");
    }
}
