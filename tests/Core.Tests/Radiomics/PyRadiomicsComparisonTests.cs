using System.Globalization;
using System.Text.Json;
using RadiogenomicsCloud.Core.Tests.Preprocessing;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Core.Tests.Radiomics;

/// <summary>
/// Against PyRadiomics (commit 8ed5793, feature classes called on the cropped arrays, <c>binCount=32</c>), where its definitions are
/// the standard's. Its kurtosis is not in excess; its texture features are means over the 13 directions.
/// </summary>
public sealed class PyRadiomicsComparisonTests
{
    private static readonly (string Class, string Theirs, string Ours)[] SameDefinition =
    [
        ("first-order", "Mean", "stat_mean"),
        ("first-order", "Variance", "stat_var"),
        ("first-order", "Skewness", "stat_skew"),
        ("first-order", "Median", "stat_median"),
        ("first-order", "Minimum", "stat_min"),
        ("first-order", "10Percentile", "stat_p10"),
        ("first-order", "90Percentile", "stat_p90"),
        ("first-order", "Maximum", "stat_max"),
        ("first-order", "InterquartileRange", "stat_iqr"),
        ("first-order", "Range", "stat_range"),
        ("first-order", "MeanAbsoluteDeviation", "stat_mad"),
        ("first-order", "RobustMeanAbsoluteDeviation", "stat_rmad"),
        ("first-order", "Energy", "stat_energy"),
        ("first-order", "RootMeanSquared", "stat_rms"),
        ("first-order", "Entropy", "ih_entropy"),
        ("first-order", "Uniformity", "ih_uniformity"),
        ("GLCM", "MaximumProbability", "cm_joint_max_3D_avg"),
        ("GLCM", "JointAverage", "cm_joint_avg_3D_avg"),
        ("GLCM", "SumSquares", "cm_joint_var_3D_avg"),
        ("GLCM", "JointEntropy", "cm_joint_entr_3D_avg"),
        ("GLCM", "DifferenceAverage", "cm_diff_avg_3D_avg"),
        ("GLCM", "DifferenceVariance", "cm_diff_var_3D_avg"),
        ("GLCM", "DifferenceEntropy", "cm_diff_entr_3D_avg"),
        ("GLCM", "SumAverage", "cm_sum_avg_3D_avg"),
        ("GLCM", "ClusterTendency", "cm_sum_var_3D_avg"),
        ("GLCM", "SumEntropy", "cm_sum_entr_3D_avg"),
        ("GLCM", "JointEnergy", "cm_energy_3D_avg"),
        ("GLCM", "Contrast", "cm_contrast_3D_avg"),
        ("GLCM", "DifferenceAverage", "cm_dissimilarity_3D_avg"),
        ("GLCM", "Id", "cm_inv_diff_3D_avg"),
        ("GLCM", "Idn", "cm_inv_diff_norm_3D_avg"),
        ("GLCM", "Idm", "cm_inv_diff_mom_3D_avg"),
        ("GLCM", "Idmn", "cm_inv_diff_mom_norm_3D_avg"),
        ("GLCM", "InverseVariance", "cm_inv_var_3D_avg"),
        ("GLCM", "Correlation", "cm_corr_3D_avg"),
        ("GLCM", "Autocorrelation", "cm_auto_corr_3D_avg"),
        ("GLCM", "ClusterTendency", "cm_clust_tend_3D_avg"),
        ("GLCM", "ClusterShade", "cm_clust_shade_3D_avg"),
        ("GLCM", "ClusterProminence", "cm_clust_prom_3D_avg"),
        ("GLCM", "Imc1", "cm_info_corr1_3D_avg"),
        ("GLCM", "Imc2", "cm_info_corr2_3D_avg"),
    ];

    [Theory]
    [InlineData("blob_25")]
    [InlineData("blob_50")]
    public void Values_of_the_same_definition_agree(string blob)
    {
        var (image, mask) = IbsiPhantom.Pair($"bench/{blob}.nii.gz", $"bench/{blob}.mask.nii.gz");
        using var file = JsonDocument.Parse(File.ReadAllBytes(ReferenceData.Require($"pyradiomics/{blob}.json")));
        var theirs = file.RootElement.GetProperty("values");
        var ours = RadiomicsExtraction.Run(
                image, mask, new(Discretise: new(DiscretiseMethod.FBN, Bins: 32)),
                new(["intensity_statistics", "intensity_histogram", "glcm"]), TestContext.Current.CancellationToken)
            .Values.ToDictionary(v => v.Definition.Tag, v => v.Value);

        Assert.Equal(file.RootElement.GetProperty("settings").GetProperty("voxels").GetInt32(), mask.Count());
        var differing =
            from same in SameDefinition
            let expected = theirs.GetProperty(same.Class).GetProperty(same.Theirs).GetDouble()
            where !(Math.Abs(ours[same.Ours] - expected) <= 1e-9 * Math.Abs(expected))
            select string.Create(CultureInfo.InvariantCulture, $"{same.Ours}: {ours[same.Ours]:R} is not {expected:R}");
        Assert.Empty(differing);
        var kurtosis = theirs.GetProperty("first-order").GetProperty("Kurtosis").GetDouble();
        Assert.Equal(kurtosis - 3, ours["stat_kurt"], 1e-9);
    }
}
