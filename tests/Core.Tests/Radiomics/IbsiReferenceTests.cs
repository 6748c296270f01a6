using System.Globalization;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Core.Tests.Radiomics;

/// <summary>Against the published reference values of IBSI-1, read from the published tables.</summary>
public sealed class IbsiReferenceTests
{
    private static readonly FeatureSettings Everything =
        new(["intensity_statistics", "intensity_histogram", "glcm"], TextureAggregation.All);

    [Fact]
    public void Digital_phantom_gives_every_published_intensity_and_co_occurrence_value()
    {
        var (image, mask) = PhantomFiles.Read("digital-phantom");
        var levels = new int[image.Values.Length];
        for (var v = 0; v < levels.Length; v++)
            levels[v] = mask.Values[v] != 0 ? (int)image.Values[v] : 0;
        var roi = new RegionOfInterest(image, mask, mask, Resegmentation: null);
        var values = FeatureExtractor.Extract(roi, new(image.Grid, levels, LevelCount: 6, BinWidth: 1), Everything, TestContext.Current.CancellationToken);

        AssertAccepted(values, PhantomFiles.Reference("digital-phantom", "stat_", "ih_", "cm_"), expectedRows: 18 + 23 + (6 * 25));
    }

    [Fact]
    public void Configuration_A_gives_every_published_intensity_and_co_occurrence_value()
    {
        // Settings of configuration A: no interpolation, range [-500, 400], fixed bin size 25 HU.
        var (image, mask) = PhantomFiles.Read("ct-phantom");
        var inside = new byte[mask.Values.Length];
        var levels = new int[mask.Values.Length];
        for (var v = 0; v < inside.Length; v++)
        {
            if (mask.Values[v] == 0 || image.Values[v] is < -500 or > 400)
                continue;
            inside[v] = 1;
            levels[v] = Math.Max(1, (int)Math.Floor((image.Values[v] + 500) / 25) + 1);
        }
        var roi = new RegionOfInterest(image, mask, new Mask(image.Grid, inside), new ResegmentSettings(-500, 400));
        var values = FeatureExtractor.Extract(
            roi, new(image.Grid, levels, levels.Max(), BinWidth: 25), Everything, TestContext.Current.CancellationToken);

        AssertAccepted(values, PhantomFiles.Reference("config-a", "stat_", "ih_", "cm_"), expectedRows: 18 + 23 + (4 * 25));
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
