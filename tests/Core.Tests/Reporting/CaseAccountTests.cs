using System.Text.RegularExpressions;
using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Reporting.Page;

namespace RadiogenomicsCloud.Core.Tests.Reporting;

public class CaseAccountTests
{
    [Fact]
    public void Every_case_is_accounted_for()
    {
        var page = ReportPage.Render(ExampleReports.Internal());
        Assert.Contains("4 cases in the cohort", page, StringComparison.Ordinal);
        Assert.Contains("1 failed: imaging ct", page, StringComparison.Ordinal);
        Assert.Contains("1 excluded: endpoint", page, StringComparison.Ordinal);
        Assert.Contains("2 cases analysed", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_lost_cases_are_counted_in_the_figure_and_all_listed_below()
    {
        var ids = Enumerable.Range(0, 60).Select(i => $"SITE-NORTH-PATIENT-{i:000}").ToList();
        var page = ReportPage.Render(ExampleReports.WithCases([ExampleReports.Analysed("A"), .. ids.Select(id => ExampleReports.Lost(id, CaseStatus.Failed, "imaging mr"))]));
        var figure = page[page.IndexOf("<svg class=\"flow\"", StringComparison.Ordinal)..page.IndexOf("</svg>", StringComparison.Ordinal)];
        Assert.Contains("60 failed: imaging mr", figure, StringComparison.Ordinal);
        var shown = Regex.Count(figure, "SITE-NORTH-PATIENT-");
        Assert.Contains($"and {60 - shown} more", figure, StringComparison.Ordinal);
        Assert.All(ids, id => Assert.Contains($"<td>{id}</td>", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Lines_of_the_figure_fit_their_box_whatever_the_ids()
    {
        foreach (var length in new[] { 1, 9, 28, 29, 64 })
        {
            var lost = Enumerable.Range(0, 40).Select(i => ExampleReports.Lost(new string('W', length - 1) + (char)('A' + (i % 26)), CaseStatus.Excluded, new string('s', length)));
            var page = ReportPage.Render(ExampleReports.WithCases([.. lost]));
            var figure = page[page.IndexOf("<svg class=\"flow\"", StringComparison.Ordinal)..page.IndexOf("</svg>", StringComparison.Ordinal)];
            Assert.All(Regex.Matches(figure, "<text[^>]*>([^<]*)</text>"), line => Assert.True(line.Groups[1].Length <= 60, line.Value));
        }
    }

    [Fact]
    public void Findings_that_differ_by_numbers_and_names_are_one_line()
    {
        var findings = MergedText.Group(
        [
            ("A", "pet: 'a.dcm' refers to 31 images, of which none is there."),
            ("B", "pet: 'b.dcm' refers to 9 images, of which none is there."),
            ("C", "pet: 'a.dcm' refers to 16 images, of which none is there."),
            ("C", "mr: 'a.dcm' refers to 16 images, of which none is there."),
        ]);
        Assert.Equal(2, findings.Count);
        Assert.Equal("pet: 'a.dcm' or 'b.dcm' refers to 9 to 31 images, of which none is there.", findings[0].Text);
        Assert.Equal(["A", "B", "C"], findings[0].Owners);
        Assert.Equal("mr: 'a.dcm' refers to 16 images, of which none is there.", findings[1].Text);
    }

    [Fact]
    public void Many_names_are_two_and_a_count_and_a_UID_is_a_name()
    {
        var findings = MergedText.Group(Enumerable.Range(1, 9).Select(i => (i, $"Series 1.2.840.{i} lies {-i}.5 mm off.")));
        var (text, owners) = Assert.Single(findings);
        Assert.Equal("Series 1.2.840.1, 1.2.840.2 or 7 others lies -9.5 to -1.5 mm off.", text);
        Assert.Equal(9, owners.Count);
    }

    [Fact]
    public void Words_and_the_names_of_images_are_never_merged() => Assert.Equal(
        ["t1: Harrell's is low.", "t2: Harrell's is low.", "t2: Nothing 's is low."],
        MergedText.Group([(1, "t1: Harrell's is low."), (2, "t2: Harrell's is low."), (3, "t2: Nothing 's is low.")]).Select(f => f.Text));

    [Fact]
    public void A_long_list_of_cases_is_folded_on_a_screen_and_complete_on_paper()
    {
        var page = ReportPage.Render(ExampleReports.WithCases(
            [.. Enumerable.Range(0, 30).Select(i => ExampleReports.Analysed($"P{i:00}", $"A gap of {i} mm.")), ExampleReports.Analysed("Q")]));
        Assert.Contains("A gap of 0 to 29 mm.", page, StringComparison.Ordinal);
        Assert.Contains(string.Join(", ", Enumerable.Range(0, 30).Select(i => $"P{i:00}")), page, StringComparison.Ordinal);
        // Hidden by a rule for screens only; on paper nothing hides it and the control itself is gone.
        Assert.Contains("@media screen{.fold:not(:checked)~.folded{display:none}}", page, StringComparison.Ordinal);
        Assert.Contains(".fold,.foldable>label{display:none}", page, StringComparison.Ordinal);
    }
}
