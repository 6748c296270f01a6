using System.Text.RegularExpressions;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Core.Tests.Radiomics;

public sealed partial class FeatureCatalogueTests
{
    [Fact]
    public void Tags_are_unique_and_found_and_codes_are_permanent_identifiers()
    {
        Assert.Equal(FeatureCatalogue.Features.Count, FeatureCatalogue.Features.Select(f => f.Tag).Distinct().Count());
        Assert.All(FeatureCatalogue.Features, f => Assert.Same(f, FeatureCatalogue.Find(f.Tag)));
        Assert.All(FeatureCatalogue.Features, f => Assert.Matches(PermanentIdentifier(), f.IbsiCode));
        Assert.Null(FeatureCatalogue.Find("cm_joint_entropy"));
    }

    [Fact]
    public void Each_code_stands_for_one_measure() =>
        Assert.All(
            FeatureCatalogue.Features.GroupBy(f => f.IbsiCode),
            same => Assert.Single(same.Select(f => (f.Family, f.Name)).Distinct()));

    [Theory]
    [InlineData("morphology", 29)]
    [InlineData("local_intensity", 2)]
    [InlineData("intensity_statistics", 18)]
    [InlineData("intensity_histogram", 23)]
    [InlineData("intensity_volume_histogram", 7)]
    [InlineData("glcm", 150)]
    [InlineData("glrlm", 96)]
    [InlineData("glszm", 48)]
    [InlineData("gldzm", 48)]
    [InlineData("ngtdm", 15)]
    [InlineData("ngldm", 51)]
    public void Families_have_the_standards_number_of_features(string family, int count) =>
        Assert.Equal(count, FeatureCatalogue.Features.Count(f => f.Family == family));

    [Fact]
    public void An_unknown_family_names_the_nearest_and_lists_the_valid()
    {
        var refused = Assert.Throws<BadInputException>(() => FeatureCatalogue.WantedFeatures(new(["GLCMs"])));
        Assert.Equal("radiomics.unknown-family", refused.Code);
        Assert.Equal("families", refused.Where);
        Assert.Contains("did you mean 'glcm'", refused.Message, StringComparison.Ordinal);
        Assert.All(FeatureCatalogue.FamilyKeys, key => Assert.Contains(key, refused.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_family_near_to_none_is_not_answered_with_a_guess()
    {
        var refused = Assert.Throws<BadInputException>(() => FeatureCatalogue.WantedFeatures(new(["wavelets"])));
        Assert.StartsWith("Unknown feature family 'wavelets'. Valid are all, ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_aggregation_names_the_nearest_and_lists_the_valid()
    {
        var refused = Assert.Throws<BadInputException>(() => FeatureCatalogue.WantedFeatures(new(["glcm"], ["2.5D_avg"])));
        Assert.Equal("radiomics.unknown-aggregation", refused.Code);
        Assert.Contains("did you mean '2_5D_avg'", refused.Message, StringComparison.Ordinal);
        Assert.All(TextureAggregation.All, key => Assert.Contains(key, refused.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void No_family_and_no_aggregation_are_refused()
    {
        Assert.Equal("radiomics.no-family", Assert.Throws<BadInputException>(() => FeatureCatalogue.WantedFamilies(new([]))).Code);
        Assert.Equal("radiomics.no-aggregation", Assert.Throws<BadInputException>(() => FeatureCatalogue.WantedFamilies(new(["all"], []))).Code);
    }

    [Fact]
    public void All_means_every_family_once_and_the_order_is_the_catalogues()
    {
        Assert.Equal(FeatureCatalogue.Families, FeatureCatalogue.WantedFamilies(new(["glcm", "all"])));
        Assert.Equal(
            ["intensity_statistics", "glcm"],
            FeatureCatalogue.WantedFamilies(new(["glcm", "intensity_statistics", "glcm"])).Select(f => f.Key));
    }

    [Fact]
    public void Extraction_gives_exactly_the_wanted_features_in_order()
    {
        var (roi, levels) = Regions.OfLevels(2, 2, 1, [1, 2, 2, 1]);
        var settings = new FeatureSettings(["glcm", "intensity_statistics"]);
        var values = FeatureExtractor.Extract(roi, levels, settings, TestContext.Current.CancellationToken);
        Assert.Equal(FeatureCatalogue.WantedFeatures(settings), values.Select(v => v.Definition));
        Assert.Equal(18 + 50, values.Count);
        Assert.All(values, v => Assert.False(double.IsInfinity(v.Value)));
    }

    [Fact]
    public void Grey_level_families_without_grey_levels_are_refused_by_name()
    {
        var (roi, _) = Regions.OfLevels(2, 1, 1, [1, 2]);
        var refused = Assert.Throws<BadInputException>(
            () => FeatureExtractor.Extract(roi, (DiscretisedRegion?)null, new(["glcm"]), TestContext.Current.CancellationToken));
        Assert.Equal("radiomics.discretisation-required", refused.Code);
        Assert.Equal(
            18, FeatureExtractor.Extract(roi, (DiscretisedRegion?)null, new(["intensity_statistics"]), TestContext.Current.CancellationToken).Count);
    }

    [Fact]
    public void A_cancelled_extraction_stops()
    {
        var (roi, levels) = Regions.OfLevels(2, 1, 1, [1, 2]);
        Assert.Throws<OperationCanceledException>(() => FeatureExtractor.Extract(roi, levels, new(["glcm"]), new CancellationToken(canceled: true)));
    }

    [GeneratedRegex("^[0-9A-Z]{4}$")]
    private static partial Regex PermanentIdentifier();
}
