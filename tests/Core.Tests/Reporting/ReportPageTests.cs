using System.Text.RegularExpressions;
using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Reporting.Figures;
using RadiogenomicsCloud.Reporting.Page;

namespace RadiogenomicsCloud.Core.Tests.Reporting;

public class ReportPageTests
{
    [Fact]
    public void The_page_stands_alone_without_script_or_network()
    {
        var page = ReportPage.Render(ExampleReports.Internal());
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("http://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<link", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Text_from_the_cohort_never_becomes_markup()
    {
        const string Hostile = "<img src=x onerror=alert(1)>";
        var report = ExampleReports.Internal(Hostile);
        report = report with
        {
            Provenance = report.Provenance with { Study = Hostile, Endpoint = Hostile, Notes = [Hostile], Inputs = [new(Hostile, "00", 1)] },
            Performance = report.Performance with
            {
                Endpoint = Hostile,
                Models = [.. report.Performance.Models.Select(m => m with
                {
                    PredictorSet = Hostile, Model = Hostile, Warnings = [Hostile], Selection = [new(Hostile, 1, null)],
                    Estimates = [.. m.Estimates.Select(e => e with { Interval = new(0, 1, 0.95, Hostile) }), m.Estimates[0] with { Measure = Hostile, Method = Hostile }],
                })],
                Comparisons = [.. report.Performance.Comparisons.Select(c => c with { SetA = Hostile, Measure = Hostile, Method = Hostile })],
            },
            Cases = [.. report.Cases, new(Hostile, Hostile, Hostile, CaseStatus.Failed, Hostile, Hostile, []), ExampleReports.Analysed(Hostile, Hostile)],
            Previews = [.. report.Previews.Select(p => p with { CaseId = Hostile, Image = Hostile, Modality = Hostile })],
        };
        var page = ReportPage.Render(report);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;", page, StringComparison.Ordinal);
        foreach (var (_, svg) in FigureFiles.Make(report))
            Assert.DoesNotContain("<img", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_never_become_markup()
    {
        var page = ReportPage.Render(ExampleReports.WithSettings("""{"<img>":"<img>","imaging":[{"name":"<img>","selection":{"modality":["<img>"]}}],"select":[{"name":"<img>","options":{"<img>":["<img>"]}}],"compare":[{"name":"<img>"}]}"""));
        Assert.DoesNotContain("<img>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_headline_is_the_estimate_on_unseen_cases_never_the_apparent_one()
    {
        var headline = Headline(ExampleReports.Internal());
        Assert.Contains("0.71", headline, StringComparison.Ordinal);
        Assert.Contains("0.55 to 0.83", headline, StringComparison.Ordinal);
        Assert.DoesNotContain("0.98", headline, StringComparison.Ordinal);
    }

    [Fact]
    public void The_headline_says_what_an_interval_with_one_half_means_and_for_which_set()
    {
        var headline = Headline(ExampleReports.Internal());
        Assert.Contains("For ct+mutations the interval includes 0.5", headline, StringComparison.Ordinal);
        Assert.Contains("not shown to be better than guessing", headline, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_unbiased_estimate_that_disagrees_is_not_kept_back() =>
        Assert.Contains("better than guessing, though not by nested cross-validation", Headline(ExampleReports.Internal()), StringComparison.Ordinal);

    [Fact]
    public void The_top_says_once_why_the_report_leads_with_unseen_cases_and_leaves_warnings_to_their_sets()
    {
        var page = ReportPage.Render(ExampleReports.Internal());
        Assert.Contains("More candidate predictors (200) than cases (40)", page, StringComparison.Ordinal);
        foreach (var set in new[] { "ct", "ct+mutations" })
        {
            var warning = $"15 patients in the rarer class for 200 candidate predictors of {set}.";
            Assert.Single(Regex.Matches(page, Regex.Escape(warning)));
            Assert.True(page.IndexOf(warning, StringComparison.Ordinal) > page.IndexOf($"<h3>{set} (elastic net)</h3>", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void An_interval_method_is_explained_once_and_every_letter_leads_to_an_explanation()
    {
        var page = ReportPage.Render(ExampleReports.Internal());
        var tables = page[page.IndexOf("Comparison of predictor sets", StringComparison.Ordinal)..];
        Assert.Single(Regex.Matches(tables, Regex.Escape(ExampleReports.BootstrapInterval.Replace("×", "&#215;", StringComparison.Ordinal)) + "|" + Regex.Escape(ExampleReports.BootstrapInterval)));
        var letters = Regex.Matches(page, "href=\"#note-([a-z]+)\"").Select(m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal).ToList();
        Assert.Equal(["a", "b"], letters);
        foreach (var letter in letters)
            Assert.Contains($"<p id=\"note-{letter}\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Measures_have_their_names_and_methods_their_columns()
    {
        var page = ReportPage.Render(ExampleReports.Internal());
        Assert.Contains("<td>Scaled Brier score</td>", page, StringComparison.Ordinal);
        Assert.Contains("<th>Out-of-bag bootstrap</th><th>Nested cross-validation</th>", page, StringComparison.Ordinal);
        Assert.Contains("&lt; 0.001", page, StringComparison.Ordinal);
        Assert.DoesNotContain("brier_scaled", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resampled_run_draws_the_averaged_curve_and_not_that_of_mean_predictions()
    {
        var roc = FigureFiles.Make(ExampleReports.Internal()).Single(f => f.Name == "roc.svg").Svg;
        // (0.5, 0.8) of RocAveraged and (0.123, 0.456) of Roc in a plot of 274 × 284 units with its origin at (52, 296).
        Assert.Contains("189,68.8", roc, StringComparison.Ordinal);
        Assert.DoesNotContain("85.7,166.5", roc, StringComparison.Ordinal);
    }

    [Fact]
    public void An_external_validation_speaks_of_locked_models_only()
    {
        var report = ExampleReports.External();
        var page = ReportPage.Render(report);
        Assert.Contains("External validation of locked models", page, StringComparison.Ordinal);
        Assert.Contains("0.52 to 0.78", Headline(report), StringComparison.Ordinal);
        Assert.Contains("<th>Locked model on unseen cases</th>", page, StringComparison.Ordinal);
        Assert.Contains("ROC curves of the locked models", page, StringComparison.Ordinal);
        Assert.Contains("120.5,83", FigureFiles.Make(report).Single(f => f.Name == "roc.svg").Svg, StringComparison.Ordinal);
        foreach (var word in new[] { "Selected predictors", "resamples", "bootstrap", "cross-validation", "candidate" })
            Assert.DoesNotContain(word, page[page.IndexOf("<body>", StringComparison.Ordinal)..], StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Every_link_within_the_page_leads_somewhere()
    {
        foreach (var report in new[] { ExampleReports.Internal(), ExampleReports.External() })
        {
            var page = ReportPage.Render(report);
            foreach (Match link in Regex.Matches(page, "href=\"#([^\"]+)\""))
                Assert.Contains($"id=\"{link.Groups[1].Value}\"", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Predictors_carry_the_standards_name_and_code()
    {
        // Reference manual of the IBSI, section on intensity-based statistics: the variance is ECT3.
        var page = ReportPage.Render(ExampleReports.Internal());
        Assert.Contains("ct_original_stat_var <span class=\"meaning\">Intensity variance (IBSI ECT3)</span>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_input_gives_the_same_page() =>
        Assert.Equal(ReportPage.Render(ExampleReports.Internal()), ReportPage.Render(ExampleReports.Internal()));

    private static string Headline(ReportInput report)
    {
        var page = ReportPage.Render(report);
        var text = page[page.IndexOf("class=\"headline\"", StringComparison.Ordinal)..page.IndexOf("<h2", StringComparison.Ordinal)];
        return text.Replace("<wbr>", "", StringComparison.Ordinal);
    }
}
