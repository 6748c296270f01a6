using System.Globalization;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Core.Tests.Radiomics;

/// <summary>Against the published reference values of IBSI-1, read from the published tables.</summary>
public sealed class IbsiReferenceTests
{
    private static readonly FeatureSettings Everything =
        new([FeatureCatalogue.AllFamilies], TextureAggregation.All);

    [Fact]
    public void Digital_phantom_gives_every_published_value_of_the_families_there_are()
    {
        var (image, mask) = PhantomFiles.Read("digital-phantom");
        var levels = new int[image.Values.Length];
        for (var v = 0; v < levels.Length; v++)
            levels[v] = mask.Values[v] != 0 ? (int)image.Values[v] : 0;
        var roi = new RegionOfInterest(image, mask, mask, Resegmentation: null);
        var values = FeatureExtractor.Extract(roi, new DiscretisedRegion(image.Grid, levels, LevelCount: 6, BinWidth: 1), Everything, TestContext.Current.CancellationToken);

        AssertAccepted(values, PhantomFiles.Reference("digital-phantom", "morph_", "stat_", "ih_", "cm_"), expectedRows: 25 + 18 + 23 + (6 * 25));
    }

    [Fact]
    public void Configuration_A_gives_every_published_value_of_the_families_there_are() =>
        AssertConfiguration(
            "config-a",
            new(Resegment: new(-500, 400), Discretise: new(DiscretiseMethod.FBS, BinWidth: 25)),
            [
                TextureAggregation.TwoDimensionalAveraged, TextureAggregation.TwoDimensionalSliceMerged,
                TextureAggregation.TwoAndAHalfDimensionalDirectionMerged, TextureAggregation.TwoAndAHalfDimensionalMerged,
            ]);

    [Fact]
    public void Configuration_C_gives_every_published_value_of_the_families_there_are() =>
        AssertConfiguration(
            "config-c",
            new(
                new([2, 2, 2], Interpolation.Linear, Interpolation.Linear), new(-1000, 400),
                new(DiscretiseMethod.FBS, BinWidth: 25), RoundIntensities: true),
            TextureAggregation.Default);

    [Fact]
    public void Configuration_E_gives_every_published_value_of_the_families_there_are() =>
        AssertConfiguration(
            "config-e",
            new(
                new([2, 2, 2], Interpolation.Cubic, Interpolation.Linear), new(-1000, 400, Sigma: 3),
                new(DiscretiseMethod.FBN, Bins: 32), RoundIntensities: true),
            TextureAggregation.Default);

    private static void AssertConfiguration(string table, PreprocessingSettings preprocessing, IReadOnlyList<string> aggregations)
    {
        var (image, mask) = PhantomFiles.Read("ct-phantom");
        var values = RadiomicsExtraction.Run(
            image, mask, preprocessing, new(Everything.Families, aggregations), TestContext.Current.CancellationToken);
        AssertAccepted(
            values, PhantomFiles.Reference(table, "morph_", "stat_", "ih_", "cm_"), expectedRows: 25 + 18 + 23 + (aggregations.Count * 25));
    }

    private static void AssertAccepted(IReadOnlyList<FeatureValue> values, IReadOnlyList<ReferenceRow> rows, int expectedRows)
    {
        var byTag = values.ToDictionary(v => v.Definition.Tag, v => v.Value);
        var failing = rows
            .Where(row => !byTag.TryGetValue(row.Tag, out var value) || !row.Accepts(value))
            .Select(row => string.Create(
                CultureInfo.InvariantCulture, $"{row.Tag}: {byTag.GetValueOrDefault(row.Tag, double.NaN)} is not {row.Value} ± {row.Tolerance}"));
        Assert.Empty(failing);
        Assert.Equal(expectedRows, rows.Count);
    }
}
