using System.Text.Json;
using RadiogenomicsCloud.Cli.Tests.Running;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Cli.Tests;

public sealed class ExtractTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static Task<CommandResult> Extract(string image, string mask, params string[] more) =>
        Radiogenomics.Run(["extract", "--image", image, "--mask", mask, .. more]);

    [Fact]
    public async Task Every_feature_comes_as_CSV_on_standard_output_and_the_same_in_a_file_and_from_a_zip_archive()
    {
        var image = SmallImage.Write(folder);
        var printed = await Extract(image, image);
        printed.Succeeded();
        var lines = printed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("case,roi,tag,ibsi_code,family,aggregation,unit,value,missing", lines[0]);
        Assert.All(lines.Skip(1), l => Assert.StartsWith("CASE-1,Tumour,", l, StringComparison.Ordinal));
        var wanted = FeatureCatalogue.WantedFeatures(new([FeatureCatalogue.AllFamilies]));
        Assert.Equal(wanted.Select(f => f.Tag), lines.Skip(1).Select(l => l.Split(',')[2]));

        var file = folder.At("features.csv");
        var zip = SmallImage.Zip(folder.At("CASE-1.zip"), SmallImage.Entries(image).Reverse());
        var zipped = await Extract(zip, zip, "--roi", "/^Tum/", "--out", file);
        zipped.Succeeded();
        Assert.Empty(zipped.Output);
        Assert.Equal(printed.Output, File.ReadAllText(file));
    }

    [Fact]
    public async Task A_settings_file_is_followed_and_JSON_says_what_was_read()
    {
        var image = SmallImage.Nifti(folder.At("image.nii"), 8, (i, j, k) => (short)((i * j) + k));
        var mask = SmallImage.Nifti(folder.At("mask.nii"), 8, (i, j, k) => (short)(i is > 1 and < 6 && j is > 1 and < 6 && k is > 1 and < 6 ? 1 : 0));
        var settings = folder.Write("settings.yaml", "discretise: {method: FBS, bin_width: 2}\nfamilies: [intensity_statistics]\n");
        var result = await Extract(image, mask, "--settings", settings, "--json", "--diagnostics");
        result.Succeeded();
        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal("image.nii", json.RootElement[0].GetProperty("source").GetString());
        var diagnostics = json.RootElement[0].GetProperty("diagnostics").EnumerateArray().ToDictionary(d => d.GetProperty("tag").GetString()!, d => d.GetProperty("value").GetDouble());
        Assert.Equal(60, diagnostics.Count);
        Assert.Equal(8, diagnostics["img_dim_x_init_img"]);
        // Of i, j and k in 2 to 5, the mean of i·j + k is 3.5² + 3.5.
        var mean = json.RootElement[0].GetProperty("features").EnumerateArray().Single(f => f.GetProperty("tag").GetString() == "stat_mean");
        Assert.Equal(15.75, mean.GetProperty("value").GetDouble(), 1e-12);
        Assert.All(json.RootElement[0].GetProperty("features").EnumerateArray(), f => Assert.StartsWith("stat_", f.GetProperty("tag").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_outlier_too_far_for_the_bin_width_leaves_the_families_without_grey_levels()
    {
        var image = SmallImage.Nifti(folder.At("image.nii"), 8, (i, j, k) => (short)((i, j, k) == (3, 3, 3) ? 30_000 : (i * j) + k));
        var mask = SmallImage.Nifti(folder.At("mask.nii"), 8, (i, j, k) => (short)(i is > 1 and < 6 && j is > 1 and < 6 && k is > 1 and < 6 ? 1 : 0));
        var settings = folder.Write("settings.yaml", "discretise: {method: FBS, bin_width: 0.1}\nfamilies: [intensity_statistics, ngtdm]\n");
        var result = await Extract(image, mask, "--settings", settings);
        result.Succeeded();
        Assert.Contains(",stat_max,84IY,intensity_statistics,,intensity,30000,\n", result.Output, StringComparison.Ordinal);
        Assert.Contains(",ngt_strength_3D,1X9X,ngtdm,3D,1,,", result.Output, StringComparison.Ordinal);
        Assert.Contains("ngtdm: 5 features are missing, because a bin width of 0.1 on intensities from 6 to 30000 makes more than 65535 grey levels", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_with_an_unknown_key_name_the_line_and_the_nearest_key()
    {
        var image = SmallImage.Write(folder);
        var settings = folder.Write("settings.yaml", "modality: CT\ndiscretize: {method: FBN, bins: 8}\n");
        (await Extract(image, image, "--settings", settings)).Refused("study.unknown", "line 2", "'discretize'", "'discretise'");
        (await Extract(image, image, "--settings", folder.At("none.yaml"))).Refused("file.missing", "none.yaml");
    }

    [Fact]
    public async Task An_output_that_is_neither_CSV_nor_JSON_is_refused_before_anything_is_read()
    {
        (await Extract(folder.At("none"), folder.At("none"), "--out", folder.At("features.xlsx"))).Refused("extract.extension", ".csv", ".json");
        (await Extract(folder.At("none"), folder.At("none"))).Refused("image.missing", "none");
    }
}
