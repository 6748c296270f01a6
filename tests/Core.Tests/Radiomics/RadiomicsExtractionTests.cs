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
    public void An_outlier_that_would_make_too_many_levels_costs_the_families_of_levels_and_no_others()
    {
        var (roi, _) = Regions.OfLevels(2, 3, 2, [.. Levels[..^1], 1_000_000_000]);
        var preprocessing = new PreprocessingSettings(Discretise: new(DiscretiseMethod.FBS, BinWidth: 25));
        var extracted = RadiomicsExtraction.Run(roi.Image, roi.IntensityMask, preprocessing, new(["all"]), TestContext.Current.CancellationToken);
        string[] ofLevels = ["intensity_histogram", "glcm", "glrlm", "glszm", "gldzm", "ngtdm", "ngldm"];
        const string Why = "a bin width of 25 on intensities from 1 to 1000000000 makes more than 65535 grey levels; take wider bins or a narrower resegmentation range";
        Assert.All(extracted.Values, v => Assert.Equal(ofLevels.Contains(v.Definition.Family), v.Missing == Why));
        Assert.Equal(ofLevels, extracted.Warnings.Where(w => w.Contains(Why, StringComparison.Ordinal)).Select(w => w.Split(':')[0]));

        string[] others = [.. FeatureCatalogue.FamilyKeys.Skip(1).Except(ofLevels)];
        var alone = RadiomicsExtraction.Run(roi.Image, roi.IntensityMask, new(), new(others), TestContext.Current.CancellationToken);
        Assert.Equal(alone.Values, extracted.Values.Where(v => others.Contains(v.Definition.Family)));

        var nothingElse = RadiomicsExtraction.Run(roi.Image, roi.IntensityMask, preprocessing, new(["glcm"]), TestContext.Current.CancellationToken);
        Assert.All(nothingElse.Values, v => Assert.Equal((double.NaN, Why), (v.Value, v.Missing)));
    }

    [Fact]
    public void Masks_and_levels_that_do_not_belong_to_the_image_are_refused()
    {
        var (roi, levels) = Regions.OfLevels(2, 3, 2, Levels);
        var (other, otherLevels) = Regions.OfLevels(3, 2, 2, Levels);
        var hole = new byte[12];
        hole[0] = 1;
        var settings = new FeatureSettings(["all"]);
        Assert.Throws<ArgumentException>(() => new FeatureInput(roi with { IntensityMask = other.IntensityMask }, levels, settings));
        Assert.Throws<ArgumentException>(() => new FeatureInput(roi with { MorphologicalMask = other.IntensityMask }, levels, settings));
        Assert.Throws<ArgumentException>(() => new FeatureInput(roi, otherLevels, settings));
        Assert.Throws<ArgumentException>(() => new FeatureInput(roi with { MorphologicalMask = new(roi.Image.Grid, hole) }, levels, settings));
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
