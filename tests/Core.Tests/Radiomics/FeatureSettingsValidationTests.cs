using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Core.Tests.Radiomics;

public sealed class FeatureSettingsValidationTests
{
    public static TheoryData<TextureSettings, string> WrongTextures => new()
    {
        { new(Glcm: new(Distance: 0)), "texture.glcm.distance" },
        { new(Ngtdm: new(Distance: 17)), "texture.ngtdm.distance" },
        { new(Glrlm: new(Distance: 2)), "texture.glrlm" },
        { new(Glrlm: new(Norm: DistanceNorm.Manhattan)), "texture.glrlm" },
        { new(Ngldm: new(Norm: (DistanceNorm)9)), "texture.ngldm.norm" },
        { new(Glcm: new(Weight: (DistanceWeight)9)), "texture.glcm.weight" },
        { new(Ngldm: new(Weight: DistanceWeight.Inverse)), "texture.ngldm.weight" },
        { new(NgldmCoarseness: -1), "texture.ngldm.coarseness" },
    };

    [Theory]
    [MemberData(nameof(WrongTextures))]
    public void Wrong_options_of_a_texture_matrix_are_refused_by_name(TextureSettings settings, string where)
    {
        var refused = Assert.Throws<BadInputException>(settings.Validate);
        Assert.Equal(("settings.texture", where), (refused.Code, refused.Where));
    }

    [Theory]
    [InlineData(IvhDiscretisation.None, 1.0, null)]
    [InlineData(IvhDiscretisation.None, null, 4)]
    [InlineData(IvhDiscretisation.FBS, null, null)]
    [InlineData(IvhDiscretisation.FBS, 0.0, null)]
    [InlineData(IvhDiscretisation.FBS, double.NaN, null)]
    [InlineData(IvhDiscretisation.FBS, double.PositiveInfinity, null)]
    [InlineData(IvhDiscretisation.FBS, 1.0, 4)]
    [InlineData(IvhDiscretisation.FBN, null, 1)]
    [InlineData(IvhDiscretisation.FBN, 2.0, 4)]
    [InlineData((IvhDiscretisation)9, null, null)]
    public void Wrong_bins_of_the_volume_histogram_are_refused(IvhDiscretisation method, double? width, int? bins) =>
        Assert.Equal("settings.ivh", Assert.Throws<BadInputException>(new IvhSettings(method, width, bins).Validate).Code);

    [Fact]
    public void The_extremes_that_are_allowed_pass_and_the_extractor_checks()
    {
        new FeatureSettings(["all"], Texture: new(new(16), new(), new(1), new(16, DistanceNorm.Euclidean), 65_535), Ivh: new(IvhDiscretisation.FBN, Bins: 2)).Validate();
        var (roi, levels) = Regions.OfLevels(2, 1, 1, [1, 2]);
        var wrong = new FeatureSettings(["intensity_statistics"], Texture: new(NgldmCoarseness: -1));
        Assert.Throws<BadInputException>(() => FeatureExtractor.Extract(roi, levels, wrong, TestContext.Current.CancellationToken));
    }
}
