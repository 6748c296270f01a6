using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Reporting.Figures;
using RadiogenomicsCloud.Reporting.Page;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Reporting;

public class LearningReportTests
{
    private static readonly string[] Kinds = ["elastic_net", "lasso", "ridge", "lda", "svm", "naive_bayes", "knn", "decision_tree", "mlp"];

    [Fact]
    public void A_survival_model_shows_its_risk_groups_with_numbers_at_risk_and_the_caution_beside_p()
    {
        var page = Page(ExampleReports.Survival());
        Assert.Contains("At risk", page, StringComparison.Ordinal);
        Assert.Contains("low risk: 1 of 6 with the event", page, StringComparison.Ordinal);
        Assert.Contains("Log-rank χ² 4.20, nominal p = 0.040; p by permutation = 0.030. The p-value of the log-rank test is nominal.", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_at_a_locked_cut_off_have_a_p_that_is_not_called_nominal()
    {
        var (report, groups) = (ExampleReports.External(), ExampleReports.Survival().Performance.Models[0].RiskGroups!);
        var models = report.Performance.Models.Select(m => m with { RiskGroups = groups with { Rule = "locked", Scheme = "external", PermutationPValue = null, Caution = "Given beforehand." } }).ToList();
        var page = Page(report with { Performance = report.Performance with { Models = models } });
        Assert.Contains("the cut-off fixed when the model was locked", page, StringComparison.Ordinal);
        Assert.Contains("Log-rank χ² 4.20, p = 0.040. Given beforehand.", page, StringComparison.Ordinal);
        Assert.Contains("at the cut-off that was fixed on the training cases when the model was locked", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_survival_curve_is_a_staircase()
    {
        var figure = FigureFiles.Make(ExampleReports.Survival()).Single(f => f.Name == "kaplan_meier.svg").Svg;
        // Times 0 to 400 on 274 units from 52, survival 1 to 0 on 284 units from 12: down at 200 to 0.8, then level to 400.
        Assert.Contains("points=\"52,12 189,12 189,68.8 326,68.8\"", figure, StringComparison.Ordinal);
        // Nobody had the event at 100 and 400.
        Assert.Contains("d=\"M120.5 8.5v7M326 65.3v7\"", figure, StringComparison.Ordinal);
    }

    [Fact]
    public void The_permutation_test_is_a_sentence_with_its_figures() => Assert.Contains(
        "Harrell's C 0.70 by cross-validation; of 99 runs with the outcomes dealt out anew, 3 had as much or more, p = 0.040. These had a mean of 0.50 and a 95 % quantile of 0.61.",
        Page(ExampleReports.Survival()), StringComparison.Ordinal);

    [Fact]
    public void Further_comparisons_name_measure_time_direction_and_model()
    {
        var page = Page(ExampleReports.Survival());
        Assert.Contains("<th>Difference in Brier score at 447; below 0, the first is better</th>", page, StringComparison.Ordinal);
        Assert.Contains("ct minus clinical (ridge)", page, StringComparison.Ordinal);
        Assert.Contains("<b>−0.031</b>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_improvements_of_discrimination_and_reclassification_have_their_names_and_a_warning()
    {
        var report = ExampleReports.Internal();
        PredictorSetComparison Of(string measure) => new("ct", "ct+mutations", measure, "nested_cv", 0.1, new(0, 0.2, 0.95, "x"), 0.05) { Model = "elastic_net" };
        var page = Page(report with { Performance = report.Performance with { FurtherComparisons = [Of("discrimination_slope"), Of("nri_continuous")] } });
        Assert.Contains("Integrated discrimination improvement (difference in discrimination slope)", page, StringComparison.Ordinal);
        Assert.Contains("<th>Continuous net reclassification improvement</th>", page, StringComparison.Ordinal);
        Assert.Contains("favours added noise in small studies", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Precision_is_drawn_against_the_share_of_events_and_net_benefit_against_treating_all_and_none()
    {
        var report = ExampleReports.Internal();
        var model = ExampleReports.Model("ct", 0.7, 0.6, 0.8) with { PrecisionRecall = [new(0, 1), new(0.5, 0.6), new(1, 0.375)], DecisionCurve = ExampleReports.Decision() };
        var figures = FigureFiles.Make(report with { Performance = report.Performance with { Models = [model] } });
        // 15 events of 40: 0.375 of 284 units above 296.
        Assert.Contains("class=\"reference\" points=\"52,189.5 326,189.5\"", figures.Single(f => f.Name == "precision_recall.svg").Svg, StringComparison.Ordinal);
        var decision = figures.Single(f => f.Name == "decision.svg").Svg;
        Assert.Contains("treat everybody", decision, StringComparison.Ordinal);
        Assert.Contains("treat nobody", decision, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(decision, "<polygon"));
    }

    [Fact]
    public void Many_models_are_a_table_of_sets_and_kinds_with_every_estimate()
    {
        var page = ReportPage.Render(ExampleReports.Many(["ct", "clinical", "ct+clinical"], Kinds));
        var table = page[page.IndexOf("class=\"matrix\"", StringComparison.Ordinal)..page.IndexOf("</table>", StringComparison.Ordinal)];
        Assert.Contains("<th>Model</th><th>ct</th><th>clinical</th><th>ct+<wbr>clinical</th>", table, StringComparison.Ordinal);
        Assert.Equal(27, Regex.Count(table, "<td><(b|span)>0\\."));
        // From the sixth kind on, the interval begins at or below one half.
        Assert.Equal(15, Regex.Count(table, "<td><b>"));
        Assert.Contains("naive bayes", table, StringComparison.Ordinal);
    }

    [Fact]
    public void More_curves_than_can_be_told_apart_are_not_drawn_and_the_caption_says_which()
    {
        var report = ExampleReports.Many(["ct", "clinical"], Kinds);
        var page = Page(report);
        Assert.Contains("Of 9 models the 7 with the highest mean AUC over the predictor sets are drawn; not drawn: decision tree, mlp.", page, StringComparison.Ordinal);
        var drawn = FigureFiles.Make(report).Where(f => f.Name.StartsWith("roc_", StringComparison.Ordinal)).ToList();
        Assert.Equal(["roc_1.svg", "roc_2.svg"], drawn.Select(f => f.Name));
        Assert.All(drawn, f => Assert.Equal(7, Regex.Count(f.Svg, "<polyline fill=\"none\" stroke")));
    }

    [Fact]
    public void Of_more_sets_than_kinds_each_kind_has_a_figure()
    {
        var panels = CurvePanels.Of(ExampleReports.Many(["a", "b", "c", "d"], ["ridge", "lasso"]).Performance.Models);
        Assert.Equal(["ridge", "lasso"], panels.Panels.Select(p => p.Title));
        Assert.Equal(["a", "b", "c", "d"], panels.Panels[0].Curves.Select(c => c.Name));
        Assert.Empty(panels.Note);
    }

    [Fact]
    public void The_choice_among_models_stands_by_itself()
    {
        var report = ExampleReports.Many(["ct", "clinical"], Kinds[..4]);
        var models = report.Performance.Models.Append(ExampleReports.Model("chosen", 0.66, 0.52, 0.79) with { Model = "choice" }).ToList();
        var page = Page(report with { Performance = report.Performance with { Models = models } });
        Assert.Contains("<table class=\"lines\"><tr><th>Predictors</th>", page, StringComparison.Ordinal);
        Assert.Contains("what such a choice is worth is the line of its own", page, StringComparison.Ordinal);
        Assert.Contains("Not drawn either: chosen (choice).", page, StringComparison.Ordinal);
        Assert.Equal(["ct", "clinical"], ModelCrossing.Of(models).Sets);
    }

    [Fact]
    public void Two_models_of_one_name_both_stay()
    {
        var models = ExampleReports.Many(["ct", "clinical"], ["ridge", "ridge", "lasso", "mlp"]).Performance.Models;
        var crossing = ModelCrossing.Of(models);
        Assert.Equal(["ridge", "ridge 2", "lasso", "mlp"], crossing.Kinds);
        Assert.All(crossing.Sets, set => Assert.All(crossing.Kinds, kind => Assert.NotNull(crossing[set, kind])));
    }

    [Fact]
    public void Of_many_models_all_but_the_first_few_are_folded_and_none_is_left_out()
    {
        var page = ReportPage.Render(ExampleReports.Many(["ct", "clinical"], Kinds));
        Assert.Equal(18, Regex.Count(page, "<section class=\"model\">"));
        Assert.Equal(15, Regex.Count(page, "Show [a-z ]+ \\([a-z ]+\\): AUC 0\\."));
        Assert.DoesNotContain("): AUC 0.", ReportPage.Render(ExampleReports.Internal())[5000..].Split("<svg")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_methods_name_what_was_used_and_nothing_else()
    {
        var plain = Methods(ExampleReports.Internal());
        foreach (var word in new[] { "Leave-one-site-out", "Hold-out", "permutation", "Risk groups", "recalibrated", "encoded", "searched", "choice among" })
            Assert.DoesNotContain(word, plain, StringComparison.Ordinal);
        Assert.Contains("Out-of-bag", plain, StringComparison.Ordinal);

        var report = ExampleReports.Survival();
        var survival = Methods(report with { Provenance = report.Provenance with { Settings = Settings } });
        foreach (var sentence in new[]
        {
            "Survival was judged at 447, in the unit of the study's table: times that the study fixed.", "at the median of their risks", "dealt out anew to the patients 99 times",
            "Options left open were searched by a tree-structured Parzen estimator", "recalibrated by isotonic regression", "The choice among all models and predictor sets was made anew", "Columns of categories were encoded",
        })
            Assert.Contains(sentence, survival, StringComparison.Ordinal);
        Assert.DoesNotContain("Out-of-bag", survival, StringComparison.Ordinal);
    }

    [Fact]
    public void Thresholds_and_splits_are_said_as_they_were_set()
    {
        var report = ExampleReports.Internal();
        var models = report.Performance.Models.Select(m => m with
        {
            Estimates = [.. m.Estimates, new("sensitivity", "hold_out", EstimateRole.Unseen, 0.7, null), new("auc", "leave_one_site_out", EstimateRole.Unseen, 0.7, null)],
        }).ToList();
        string Of(string validate) => Methods(report with
        {
            Performance = report.Performance with { Models = models },
            Provenance = report.Provenance with { Settings = JsonDocument.Parse($$"""{"validate":{{validate}}}""").RootElement },
        });
        Assert.Contains("at a threshold fixed in each resample on its training cases: their share of events.", Of("{}"), StringComparison.Ordinal);
        Assert.Contains("the greatest sum of sensitivity and specificity", Of("""{"threshold":{"rule":"Youden","value":0.5}}"""), StringComparison.Ordinal);
        Assert.Contains("are at the threshold 0.2 that the study fixed", Of("""{"threshold":{"rule":"Fixed","value":0.2}}"""), StringComparison.Ordinal);
        Assert.Contains("Hold-out: 30 % of the patients, drawn once", Of("""{"holdOut":{"share":0.3}}"""), StringComparison.Ordinal);
        Assert.Contains("the part that column 'cohort' names was scored", Of("""{"holdOut":{"share":0.3,"column":"cohort","heldOut":"b"}}"""), StringComparison.Ordinal);
        Assert.Contains("each site in turn was scored by models of the other sites", Of("{}"), StringComparison.Ordinal);
    }

    [Fact]
    public void New_settings_read_as_in_a_study_file()
    {
        var page = Page(ExampleReports.Internal() with { Provenance = ExampleReports.Internal().Provenance with { Settings = Settings } });
        foreach (var line in new[]
        {
            "recalibrate: {method: isotonic, <span class=\"default\">folds: 5</span>}", "choose: {folds: 5, repeats: 1, measure: auto}", "vasariF1: nominal", "grade: {ordinal: [G2, G3]}",
            "permutation_test: {permutations: 99, scheme: cross_validation, fits: 5}", "risk_groups: {cut_off: maximally_selected}", "horizons: {times: [447]}", "leave_one_site_out: {}", "semantic: true",
        })
            Assert.Contains(line, page, StringComparison.Ordinal);
    }

    private static readonly JsonElement Settings = JsonDocument.Parse(
        """
        {"schema":1,"name":"demo","semantic":{},
         "models":[{"name":"svm","options":{"cost":{"from":0.1,"to":10},"kernel":"linear"}}],
         "validate":{"leaveOneSiteOut":true,"permutation":{"permutations":99,"scheme":"CrossValidation","fits":5},"riskGroups":"MaximallySelected","horizons":[447]},
         "tune":{"name":"tpe","options":{"budget":20}},
         "recalibrate":{"name":"recalibrate","options":{"method":"isotonic"}},
         "choose":{"folds":5,"repeats":1,"measure":"auto"},
         "columnTypes":{"grade":{"kind":"Ordinal","levels":["G2","G3"]},"vasariF1":{"kind":"Nominal"}}}
        """).RootElement;

    private static string Methods(ReportInput report)
    {
        var page = Page(report);
        return page[page.IndexOf("id=\"methods\"", StringComparison.Ordinal)..page.IndexOf("</ol>", StringComparison.Ordinal)];
    }

    /// <summary>The page with its texts as they were before they were encoded.</summary>
    private static string Page(ReportInput report) => WebUtility.HtmlDecode(ReportPage.Render(report));
}
