using RadiogenomicsCloud.Core.Tests.Preprocessing;
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
        var (image, mask) = IbsiPhantom.Digital();
        var levels = new int[image.Values.Length];
        for (var v = 0; v < levels.Length; v++)
            levels[v] = mask.Values[v] != 0 ? (int)image.Values[v] : 0;
        var roi = new RegionOfInterest(image, mask, mask, Resegmentation: null);
        var values = FeatureExtractor.Extract(roi, new DiscretisedRegion(image.Grid, levels, LevelCount: 6, BinWidth: 1), Everything, TestContext.Current.CancellationToken);

        AssertAccepted(values, Rows("digital-phantom.csv"), expectedRows: 25 + 18 + 23 + (6 * 25));
    }

    [Fact]
    public void Configuration_A_gives_every_published_value_of_the_families_there_are() =>
        AssertConfiguration(
            'A',
            [
                TextureAggregation.TwoDimensionalAveraged, TextureAggregation.TwoDimensionalSliceMerged,
                TextureAggregation.TwoAndAHalfDimensionalDirectionMerged, TextureAggregation.TwoAndAHalfDimensionalMerged,
            ]);

    [Theory]
    [InlineData('C')]
    [InlineData('E')]
    public void Configurations_in_three_dimensions_give_every_published_value_of_the_families_there_are(char configuration) =>
        AssertConfiguration(configuration, TextureAggregation.Default);

    private static void AssertConfiguration(char configuration, IReadOnlyList<string> aggregations)
    {
        var (image, mask) = IbsiPhantom.Ct();
        var values = RadiomicsExtraction.Run(
            image, mask, IbsiPhantom.Configuration(configuration), new(Everything.Families, aggregations), TestContext.Current.CancellationToken);
        AssertAccepted(
            values, Rows($"config-{char.ToLowerInvariant(configuration)}.csv"), expectedRows: 25 + 18 + 23 + (aggregations.Count * 25));
    }

    /// <summary>Rows of the families there are; the diagnostics of the morphological mask are no features.</summary>
    private static List<ReferenceRow> Rows(string table)
    {
        string[] families = ["morph_", "stat_", "ih_", "cm_"];
        return [.. IbsiPhantom.Reference(table).Where(row =>
            Array.Exists(families, f => row.Tag.StartsWith(f, StringComparison.Ordinal)) && !row.Tag.StartsWith("morph_mask_", StringComparison.Ordinal))];
    }

    private static void AssertAccepted(IReadOnlyList<FeatureValue> values, List<ReferenceRow> rows, int expectedRows)
    {
        Assert.Empty(IbsiPhantom.Disagreements(rows, values.ToDictionary(v => v.Definition.Tag, v => v.Value)));
        Assert.Equal(expectedRows, rows.Count);
    }
}
