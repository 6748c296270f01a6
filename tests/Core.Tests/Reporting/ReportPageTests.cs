using System.Text.Json;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Reporting.Page;
using RadiogenomicsCloud.Reporting.Previews;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Reporting;

public class ReportPageTests
{
    [Fact]
    public void The_page_stands_alone_without_script_or_network()
    {
        var page = ReportPage.Render(Example());
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<link", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Text_from_the_cohort_never_becomes_markup()
    {
        var page = ReportPage.Render(Example("<img src=x onerror=alert(1)>"));
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_headline_is_the_estimate_on_unseen_cases_never_the_apparent_one()
    {
        var page = ReportPage.Render(Example());
        var headline = page[page.IndexOf("class=\"headline\"", StringComparison.Ordinal)..page.IndexOf("<h2", StringComparison.Ordinal)];
        Assert.Contains("0.71", headline, StringComparison.Ordinal);
        Assert.Contains("0.55 to 0.83", headline, StringComparison.Ordinal);
        Assert.DoesNotContain("0.98", headline, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_case_is_accounted_for()
    {
        var page = ReportPage.Render(Example());
        Assert.Contains("4 cases in the cohort", page, StringComparison.Ordinal);
        Assert.Contains("1 failed: imaging ct", page, StringComparison.Ordinal);
        Assert.Contains("1 excluded: endpoint", page, StringComparison.Ordinal);
        Assert.Contains("2 cases analysed", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_input_gives_the_same_page() => Assert.Equal(ReportPage.Render(Example()), ReportPage.Render(Example()));

    private static ReportInput Example(string reason = "The series lacks a slice between −12.5 and −7.5 mm.")
    {
        var grid = GridGeometry.AxisAligned(8, 8, 2, 1, 1, 2);
        var mask = new byte[grid.VoxelCount];
        mask[grid.Index(4, 4, 1)] = 1;
        var preview = TumourPreview.Render(new(grid, new double[grid.VoxelCount], IntensityUnit.Hounsfield), new(grid, mask));
        Interval interval = new(0.55, 0.83, 0.95, "two-stage bootstrap");
        ModelPerformance model = new(
            "ct", "elastic_net", 2, 1, 200, 1, true,
            [
                new("auc", "apparent", EstimateRole.Apparent, 0.98, null),
                new("auc", "out_of_bag", EstimateRole.Unseen, 0.71, interval),
                new("auc", "harrell", EstimateRole.OptimismCorrected, 0.9, null),
            ],
            [new(0, 0), new(0.5, 0.8), new(1, 1)], [new(0.2, 0.25), new(0.8, 0.7)],
            [new(2, 0.5, 0.5, interval)], [new("ct_original_stat_var", 0.9, 0.4)], []);
        return new(
            new(1, "0.1.0", "0123456789ab", "demo", "response", 1, JsonDocument.Parse("{}").RootElement, new Dictionary<string, int> { ["extract"] = 1 }, [], []),
            new(1, "internal", "response", [model], []),
            [
                new("A", "A", null, CaseStatus.Analysed, "", "", []),
                new("B", "B", null, CaseStatus.Analysed, "", "", ["Something was found."]),
                new("C", "C", null, CaseStatus.Failed, "imaging ct", reason, []),
                new("D", "D", null, CaseStatus.Excluded, "endpoint", "No value of response.", []),
            ],
            [new("A", "ct", "CT", preview)]);
    }
}
