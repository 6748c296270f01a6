using RadiogenomicsCloud.Core.Tests.Preprocessing;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Core.Tests.Radiomics;

/// <summary>Against the published reference values of IBSI-1, read from the published tables.</summary>
public sealed class IbsiReferenceTests
{
    private static readonly FeatureSettings Everything =
        new([FeatureCatalogue.AllFamilies], TextureAggregation.All);

    private static readonly string[] WithoutConsensus =
        ["morph_vol_dens_ombb", "morph_area_dens_ombb", "morph_vol_dens_mvee", "morph_area_dens_mvee", "ivh_auc"];

    [Fact]
    public void Digital_phantom_gives_every_published_value_of_the_families_there_are()
    {
        var (image, mask) = IbsiPhantom.Digital();
        var levels = new int[image.Values.Length];
        for (var v = 0; v < levels.Length; v++)
            levels[v] = mask.Values[v] != 0 ? (int)image.Values[v] : 0;
        var roi = new RegionOfInterest(image, mask, mask, Resegmentation: null);
        // Its intensities are its levels, so that they are not discretised for the intensity–volume histogram either.
        var values = FeatureExtractor.Extract(
            roi, new DiscretisedRegion(image.Grid, levels, LevelCount: 6, BinWidth: 1),
            Everything with { Ivh = new(IvhDiscretisation.None) }, TestContext.Current.CancellationToken);

        AssertAccepted(values, "digital-phantom.csv");
    }

    [Fact]
    public void Configuration_A_gives_every_published_value_of_the_families_there_are() =>
        AssertConfiguration(
            'A',
            [TextureAggregation.TwoDimensional, TextureAggregation.TwoAndAHalfDimensional]);

    [Theory]
    [InlineData('C')]
    [InlineData('E')]
    public void Configurations_in_three_dimensions_give_every_published_value_of_the_families_there_are(char configuration) =>
        AssertConfiguration(configuration, TextureAggregation.Default);

    private static void AssertConfiguration(char configuration, IReadOnlyList<string> aggregations)
    {
        var (image, mask) = IbsiPhantom.Ct();
        var extracted = RadiomicsExtraction.Run(
            image, mask, IbsiPhantom.Configuration(configuration),
            new(Everything.Families, aggregations, Ivh: IbsiPhantom.Ivh(configuration)), TestContext.Current.CancellationToken);
        AssertAccepted(extracted.Values, $"config-{char.ToLowerInvariant(configuration)}.csv");
    }

    /// <summary>Every computed feature is in the table, and equals it unless it is one of those that the standard found no consensus on.</summary>
    private static void AssertAccepted(IReadOnlyList<FeatureValue> values, string table)
    {
        var computed = values.ToDictionary(v => v.Definition.Tag, v => v.Value);
        var rows = IbsiPhantom.Reference(table).Where(row => computed.ContainsKey(row.Tag)).ToList();
        Assert.Empty(IbsiPhantom.Disagreements(rows, computed));
        Assert.Equal(computed.Keys.Except(WithoutConsensus).Order(StringComparer.Ordinal), rows.Select(r => r.Tag).Order(StringComparer.Ordinal));
    }
}
