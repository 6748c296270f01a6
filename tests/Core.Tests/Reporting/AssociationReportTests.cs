using System.Text.RegularExpressions;
using RadiogenomicsCloud.Association;
using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Reporting.Figures;
using RadiogenomicsCloud.Reporting.Page;
using RadiogenomicsCloud.Statistics;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Reporting;

/// <summary>The map in the report: all of a small one, the strongest part of a large one, and words for both.</summary>
public sealed class AssociationReportTests
{
    private const int Cases = 30;

    private static AssociationDocument Map(int imaging, int molecular, bool linked = true, Func<string, string>? name = null)
    {
        var random = new DeterministicRandom(1);
        var values = Enumerable.Range(0, imaging * Cases).Select(_ => random.NextGaussian()).ToArray();
        var others = Enumerable.Range(0, molecular * Cases).Select(_ => random.NextGaussian()).ToArray();
        if (linked)
            values.AsSpan(0, Cases).CopyTo(others);
        FeatureBlock Block(string source, double[] numbers) => new(
            Cases, [.. Enumerable.Range(0, numbers.Length / Cases).Select(n => new FeatureColumn((name ?? (text => text))($"{source}_{n:0000}"), source, FeatureScale.Numeric))], numbers);
        return AssociationMap.Make(
            Block("pet", values), Block("expression", others), null, null, new() { Permutations = 100, Resamples = 10 }, 1, TestContext.Current.CancellationToken);
    }

    private static ReportInput Report(AssociationDocument map)
    {
        var example = ExampleReports.Internal();
        return ReportInput.OfMap(example.Provenance, example.Cases, example.Previews, map);
    }

    [Fact]
    public void A_small_map_is_drawn_whole_with_every_name()
    {
        var map = Map(20, 8);
        var svg = HeatMapFigure.ToSvg(map);
        Assert.All(map.Imaging.Concat(map.Molecular), f => Assert.Contains($"<title>{f.Name}</title>", svg, StringComparison.Ordinal));
        var page = ReportPage.Render(Report(map));
        Assert.DoesNotContain("Shown are", page, StringComparison.Ordinal);
        Assert.Contains("<b>1 pair</b> is called", page, StringComparison.Ordinal);
        Assert.Contains("class=\"network\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_two_thousand_features_the_page_draws_sixty_says_so_and_stays_small()
    {
        var map = Map(2000, 60);
        var page = ReportPage.Render(Report(map));
        Assert.Contains("Shown are 60 of 2,000 imaging and all 60 molecular groups, those of the smallest p.", page, StringComparison.Ordinal);
        var heat = HeatMapFigure.ToSvg(map);
        Assert.Equal(120, Regex.Count(heat, "<text[^>]*>[^<]*<title>"));
        Assert.InRange(page.Length, 0, 400_000);
        // No label is smaller than seven units of the 760 that the figure is wide.
        Assert.All(Regex.Matches(heat, "font-size:([0-9.]+)px"), m => Assert.InRange(double.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), 7, 14));
    }

    [Fact]
    public void A_map_without_a_called_pair_says_that_none_is_a_result()
    {
        var page = ReportPage.Render(Report(Map(6, 6, linked: false)));
        Assert.Contains("<b>No pair</b> is called", page, StringComparison.Ordinal);
        Assert.Contains("Nearest to a finding", page, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"network\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_of_features_never_become_markup()
    {
        const string Hostile = "<img src=x onerror=alert(1)>";
        var report = Report(Map(12, 8, name: text => Hostile + text));
        Assert.DoesNotContain("<img", ReportPage.Render(report), StringComparison.Ordinal);
        Assert.All(FigureFiles.Make(report), f => Assert.DoesNotContain("<img", f.Svg, StringComparison.Ordinal));
    }

    [Fact]
    public void Many_endpoints_are_corrected_over_all_rows_and_their_names_are_no_markup()
    {
        var example = ExampleReports.Internal();
        var performance = example.Performance with
        {
            Endpoint = "<img>",
            Models = [.. example.Performance.Models.Select((m, n) => m with { Permutation = new("auc", "cross_validation", 0.7, 99, 0, n == 0 ? 0.01 : 0.5, 0.5, 0.6) })],
        };
        var document = EndpointsDocument.Of([("endpoints/01-a", performance), ("endpoints/02-b", performance with { Endpoint = "b" })], [new("<img>", "<img>")]);
        // Four tests: 0.01, 0.5, 0.01, 0.5, as p.adjust(p, "BH") and p.adjust(p, "holm") correct them.
        Assert.Equal([0.02, 0.5, 0.02, 0.5], document.Results.Select(r => Math.Round(r.Q!.Value, 12)));
        Assert.Equal([0.04, 1, 0.04, 1], document.Results.Select(r => Math.Round(r.FamilyWiseP!.Value, 12)));
        var page = EndpointsPage.Render(example.Provenance, document);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.Contains("Of 2 endpoints, 2 are predicted better than chance", page, StringComparison.Ordinal);
    }
}
