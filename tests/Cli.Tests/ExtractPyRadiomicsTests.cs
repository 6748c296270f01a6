using RadiogenomicsCloud.Cli.Tests.Running;

namespace RadiogenomicsCloud.Cli.Tests;

/// <summary>Features under PyRadiomics' names, and its parameter files.</summary>
public sealed class ExtractPyRadiomicsTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static Task<CommandResult> Extract(string image, string mask, params string[] more) =>
        Radiogenomics.Run(["extract", "--image", image, "--mask", mask, .. more]);

    /// <summary>Intensity 10·label, labels 1 and 2 in the halves of a cube.</summary>
    private (string Image, string Mask) Labels()
    {
        static short Label(int i, int j, int k) => (short)(i is < 1 or > 6 || j is < 1 or > 6 || k is < 1 or > 6 ? 0 : i < 4 ? 1 : 2);
        return (
            SmallImage.Nifti(folder.At("image.nii"), 8, (i, j, k) => (short)((10 * Label(i, j, k)) + (k % 2))),
            SmallImage.Nifti(folder.At("mask.nii"), 8, Label));
    }

    [Fact]
    public async Task Names_of_PyRadiomics_give_all_its_features_by_its_definitions()
    {
        var (image, mask) = Labels();
        var result = await Extract(image, mask, "--roi", "1", "--names", "pyradiomics", "--format", "wide");
        result.Succeeded();
        var (columns, cells) = Wide(result.Output);
        Assert.Equal(2 + 107, columns.Length);
        Assert.Equal("10.5", cells[Array.IndexOf(columns, "original_firstorder_Mean")]);
        // Two intensities, 10 and 11, as often; the bins of width 25 have both in one.
        Assert.Equal("0", cells[Array.IndexOf(columns, "original_firstorder_Entropy")]);
        Assert.Equal("1", cells[Array.IndexOf(columns, "original_firstorder_Kurtosis")]);
    }

    [Fact]
    public async Task A_parameter_file_names_label_bins_and_features_and_its_own_names()
    {
        var (image, mask) = Labels();
        var parameters = folder.Write("Params.yaml", "setting:\n  label: 2\n  binWidth: 1\nfeatureClass:\n  firstorder: [Mean, Entropy]\n  glcm: [Homogeneity1]\n");
        var result = await Extract(image, mask, "--settings", parameters, "--format", "wide");
        result.Succeeded();
        Assert.Equal("case,roi,original_firstorder_Entropy,original_firstorder_Mean\nimage,2,1,20.5\n", result.Output);
        Assert.Contains("'Homogeneity1' of glcm is deprecated", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_label_holds_for_masks_inside_folders_and_archives_too_and_is_1_without_a_file()
    {
        var (image, mask) = Labels();
        Directory.CreateDirectory(folder.At("cases", "a"));
        File.Copy(image, folder.At("cases", "a", "scan.nii"));
        File.Copy(mask, folder.At("cases", "a", "scan.mask.nii"));
        SmallImage.Zip(folder.At("cases", "b.zip"), SmallImage.Entries(folder.At("cases", "a")));
        var parameters = folder.Write("Params.yaml", "setting:\n  label: 2\nfeatureClass:\n  firstorder: [Mean]\n");
        var two = await Radiogenomics.Run("extract", "--folder", folder.At("cases"), "--settings", parameters, "--format", "wide");
        two.Succeeded();
        Assert.Equal("case,roi,original_firstorder_Mean,failure\na,2,20.5,\nb,2,20.5,\n", two.Output);
        // A region that is named stands before it; contours have no values.
        Assert.Contains("\nimage,1,10.5\n", (await Extract(image, mask, "--settings", parameters, "--format", "wide", "--roi", "1")).Output, StringComparison.Ordinal);
        (await Radiogenomics.Run("extract", "--image", SmallImage.Write(folder), "--settings", parameters)).Succeeded();
        var without = await Extract(image, mask, "--names", "pyradiomics", "--format", "wide");
        Assert.StartsWith("image,1,", without.Output.Split('\n')[1], StringComparison.Ordinal);
        var third = folder.Write("third.yaml", "setting:\n  label: 3\n");
        (await Extract(image, mask, "--settings", third)).Refused("roi.not-found", "'3'", "it has 1, 2");
    }

    [Fact]
    public async Task An_imaging_entry_says_bins_and_classes_under_PyRadiomics_names()
    {
        var (image, mask) = Labels();
        var entry = folder.Write("entry.yaml", "discretise: {method: FBN, bins: 2}\nfamilies: [ngtdm]\n");
        var result = await Extract(image, mask, "--settings", entry, "--names", "PyRadiomics", "--roi", "1", "--format", "wide");
        result.Succeeded();
        Assert.StartsWith("case,roi,original_ngtdm_Busyness,original_ngtdm_Coarseness,", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_no_equivalent_is_refused_by_name()
    {
        var (image, mask) = Labels();
        var filters = folder.Write("filters.yaml", "imageType:\n  Original: {}\n  Wavelet: {}\n");
        (await Extract(image, mask, "--settings", filters)).Refused("study.not_supported", "line 3", "'Wavelet'");
        var parameters = folder.Write("Params.yaml", "setting: {binWidth: 1}\n");
        (await Extract(image, mask, "--settings", parameters, "--names", "ibsi")).Refused("extract.names", "--names ibsi");
        (await Extract(image, mask, "--settings", parameters, "--families", "glcm")).Refused("extract.names", "--families", "featureClass");
        (await Extract(image, mask, "--names", "pyradiomics", "--aggregation", "3D_comb")).Refused("extract.names", "--aggregation");
        (await Extract(image, mask, "--names", "pyradiomics", "--diagnostics")).Refused("extract.names", "--diagnostics");
        (await Extract(image, mask, "--names", "pyradiomics", "--families", "gldzm")).Refused("pyradiomics.no-class", "gldzm");
        Assert.Equal(2, (await Extract(image, mask, "--names", "mirp")).ExitCode);
    }

    private static (string[] Columns, string[] Cells) Wide(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return (lines[0].Split(','), lines[1].Split(','));
    }
}
