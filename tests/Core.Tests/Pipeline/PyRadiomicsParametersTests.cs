using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics.PyRadiomics;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

public class PyRadiomicsParametersTests
{
    [Fact]
    public void Every_honoured_setting_arrives()
    {
        var settings = Parse(
            """
            setting:
              binWidth: 5
              binCount: 16
              voxelArrayShift: -300
              weightingNorm: euclidean
              gldm_a: 2
              force2D: true
              force2Ddimension: 1
              distances: [1]
              symmetricalGLCM: true
              resampledPixelSpacing: [2, 2, 0]
              interpolator: sitkLinear
              normalize: true
              normalizeScale: 100
              removeOutliers: 3
              resegmentRange: [3, -3]
              resegmentMode: sigma
              resegmentShape: true
              minimumROIDimensions: 3
              minimumROISize: 50
              label: 2
              label_channel: 0
            """).Settings;
        Assert.Equivalent(
            new PyRadiomicsSettings(
                new(
                    new(100, 3), new([2, 2, 0], Interpolation.Linear), new(-3, 3, PyRadiomicsRange.Sigma, Shape: true), MinimumDimensions: 3, MinimumSize: 50),
                new(null, 5, 16, -300, PyRadiomicsWeighting.Euclidean, 1, 2),
                Label: 2),
            settings);
    }

    [Theory]
    [InlineData("setting: {}")]
    [InlineData("imageType: {Original: {}}")]
    [InlineData("featureClass: {}\nsetting:\nimageType:")]
    [InlineData("setting: {weightingNorm: , binCount: null, resampledPixelSpacing: }")]
    [InlineData("setting: {padDistance: 10, preCrop: true, geometryTolerance: 1.0e-3, additionalInfo: false, correctMask: false, sigma: [1, 2]}")]
    [InlineData("setting: {normalizeScale: 100, removeOutliers: 3, force2Ddimension: 2, resegmentMode: relative}")]
    [InlineData("setting: {resampledPixelSpacing: [1, 1, 1], interpolator: null}")]
    public void What_is_not_given_or_has_no_effect_is_PyRadiomics_default(string yaml)
    {
        Assert.True(PyRadiomicsParameters.Recognises(yaml, "p.yaml"));
        Assert.Equal(PyRadiomicsSettings.Default, Parse(yaml).Settings);
    }

    [Fact]
    public void Resampling_without_an_interpolator_is_by_the_spline() =>
        Assert.Equal(Interpolation.Cubic, Parse("setting: {resampledPixelSpacing: [1, 1, 1]}").Settings.Processing.Resample!.Image);

    [Fact]
    public void One_bound_of_resegmentation_is_the_lower_one() =>
        Assert.Equal(new PyRadiomicsResegmentation(-50), Parse("setting: {resegmentRange: [-50]}").Settings.Processing.Resegment);

    [Fact]
    public void Settings_of_the_original_image_stand_over_the_others() =>
        Assert.Equal(10, Parse("setting: {binWidth: 25}\nimageType: {Original: {binWidth: 10}}").Settings.Features.BinWidth);

    [Fact]
    public void Classes_are_lists_of_features_or_all_that_are_not_deprecated()
    {
        var features = Parse(
            """
            featureClass:
              firstorder: [Mean, 10Percentile, StandardDeviation]
              ngtdm:
              gldm: []
            """).Settings.Features.Features!;
        Assert.Equal(3 + 5 + 14, features.Count);
        Assert.Contains(features, f => f.ColumnName == "original_firstorder_10Percentile");
        Assert.Contains(features, f => f.ColumnName == "original_firstorder_StandardDeviation");
    }

    [Fact]
    public void A_deprecated_name_without_a_value_is_noted_and_left_out()
    {
        var parameters = Parse("featureClass: {glcm: [Contrast, Homogeneity1]}");
        Assert.Equal(["Contrast"], parameters.Settings.Features.Features!.Select(f => f.Name));
        Assert.Contains("original_glcm_Id", Assert.Single(parameters.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("imageType:\n  Original: {}\n  LoG:\n    sigma: [1.0]", 3, "'LoG' is a filter")]
    [InlineData("imageType:\n  Wavelet: {}", 2, "'Wavelet' is a filter")]
    [InlineData("imageType:\n  Orginal: {}", 2, "did you mean 'Original'")]
    [InlineData("imageType:\n  Original: {resampledPixelSpacing: [1, 1, 1]}", 2, "give it under 'setting'")]
    [InlineData("featureClass:\n  shape2D:", 2, "'shape2D' is not supported")]
    [InlineData("featureClass:\n  glmc:", 2, "did you mean 'glcm'")]
    [InlineData("featureClass:\n  glcm: [Contrast, Entropie]", 2, "unknown feature of glcm 'Entropie'")]
    [InlineData("featureClass:\n  glcm: Contrast", 2, "must be a list of features")]
    [InlineData("setting: {}\nvoxelSetting:\n  kernelRadius: 2", 2, "'voxelSetting' asks for feature maps")]
    [InlineData("setting: {}\nsettings: {}", 2, "did you mean 'setting'")]
    [InlineData("setting:\n  binWith: 5", 2, "did you mean 'binWidth'")]
    [InlineData("setting:\n  binWidth: 0", 2, "greater than 0")]
    [InlineData("setting:\n  binWidth: wide", 2, "'binWidth' must be a number")]
    [InlineData("setting:\n  distances: [1, 2]", 2, "'distances'")]
    [InlineData("setting:\n  symmetricalGLCM: false", 2, "not symmetrical")]
    [InlineData("setting:\n  label_channel: 1", 2, "several channels")]
    [InlineData("setting:\n  interpolator: sitkGaussian", 2, "sitkGaussian is not supported")]
    [InlineData("setting:\n  weightingNorm: chebyshev", 2, "weightingNorm")]
    [InlineData("setting:\n  resampledPixelSpacing: [1, 1]", 2, "must be a list of 3")]
    [InlineData("setting: [1]", 1, "'setting' must be a map")]
    public void What_has_no_equivalent_is_refused_with_its_line(string yaml, int line, string says)
    {
        var refused = Assert.Throws<BadInputException>(() => Parse(yaml));
        Assert.Contains($"p.yaml, line {line},", refused.Message, StringComparison.Ordinal);
        Assert.Contains(says, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("families: [all]\ndiscretise: {method: FBN, bins: 32}")]
    [InlineData("- setting")]
    public void Other_files_are_not_taken_for_parameter_files(string yaml) => Assert.False(PyRadiomicsParameters.Recognises(yaml, "p.yaml"));

    private static PyRadiomicsParameters Parse(string yaml) => PyRadiomicsParameters.Parse(yaml, "p.yaml");
}
