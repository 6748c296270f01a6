using System.Text.Json;
using RadiogenomicsCloud.Cli.Tests.Running;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Cli.Tests;

public sealed class FeaturesTests
{
    [Fact]
    public async Task The_catalogue_is_listed_as_CSV_and_as_JSON()
    {
        var tags = FeatureCatalogue.Families.SelectMany(f => f.Features).Select(f => f.Tag).ToList();
        var csv = await Radiogenomics.Run("features");
        csv.Succeeded();
        var lines = csv.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal("tag,ibsi_code,family,aggregation,unit,name", lines[0]);
        Assert.Equal(tags, lines.Skip(1).Select(l => l.Split(',')[0]));
        Assert.All(lines, l => Assert.InRange(l.Split(',').Length, 6, 7));

        var json = await Radiogenomics.Run("features", "--json");
        json.Succeeded();
        using var document = JsonDocument.Parse(json.Output);
        Assert.Equal(tags, document.RootElement.EnumerateArray().Select(f => f.GetProperty("tag").GetString()));
    }
}
