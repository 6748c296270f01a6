using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Core.Tests.Radiomics;

public sealed class RadiomicsExtractionTests
{
    private static readonly int[] Levels = [1, 2, 2, 1, 3, 1, 2, 0, 1, 1, 3, 2];

    [Fact]
    public void Missing_discretisation_is_refused_before_anything_is_computed()
    {
        // The mask does not fit the image either; the settings come first because they cost nothing.
        var (roi, _) = Regions.OfLevels(2, 3, 2, Levels);
        var (other, _) = Regions.OfLevels(1, 1, 1, [1]);
        var refused = Assert.Throws<BadInputException>(
            () => RadiomicsExtraction.Run(roi.Image, other.IntensityMask, new(), new(["all"]), TestContext.Current.CancellationToken));
        Assert.Equal("radiomics.discretisation-required", refused.Code);
    }

    [Fact]
    public void Families_without_grey_levels_need_no_discretisation()
    {
        var (roi, _) = Regions.OfLevels(2, 3, 2, Levels);
        var values = RadiomicsExtraction.Run(
            roi.Image, roi.IntensityMask, new(), new(["intensity_statistics"]), TestContext.Current.CancellationToken).Values;
        Assert.Equal(19.0 / 11, values.Single(v => v.Definition.Tag == "stat_mean").Value, 1e-14);
    }

    [Fact]
    public void The_facade_equals_its_steps()
    {
        var (roi, _) = Regions.OfLevels(2, 3, 2, Levels);
        var preprocessing = new PreprocessingSettings(
            Resegment: new(High: 2), Discretise: new(DiscretiseMethod.FBS, BinWidth: 1));
        var settings = new FeatureSettings(["all"]);
        var cancel = TestContext.Current.CancellationToken;

        var prepared = ImagePreparation.Prepare(roi.Image, roi.IntensityMask, preprocessing, cancel);
        var expected = FeatureExtractor.Extract(prepared, Discretiser.Discretise(prepared, preprocessing.Discretise!), settings, cancel);
        Assert.Equal(expected, RadiomicsExtraction.Run(roi.Image, roi.IntensityMask, preprocessing, settings, cancel).Values);
    }
}
