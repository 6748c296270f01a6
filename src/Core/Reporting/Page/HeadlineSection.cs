using System.Globalization;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Reporting.Figures;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Page;

/// <summary>What the study asked and the unbiased answer, before anything else.</summary>
internal static class HeadlineSection
{
    private const int FewOfAClass = 10;
    private const int MostNamed = 4;

    public static void Write(Html html, ReportInput input)
    {
        var (provenance, performance) = (input.Provenance, input.Performance);
        var external = PerformanceFigures.IsExternal(performance);
        html.Element("h1", provenance.Study).Raw("<p class=\"lede\">")
            .Text(external ? "External validation of locked models: prediction of " : "Development and internal validation of models: prediction of ")
            .Element("b", performance.Endpoint).Raw("</p>\n");
        html.Raw("<p class=\"soft\">").Text($"Run {provenance.RunId} · RadiogenomicsCloud {provenance.Version}").Raw("</p>\n<div class=\"headline\">\n<p class=\"cohort\">")
            .Text(Cohort(input)).Raw("</p>\n");
        Results(html, performance.Models);
        html.Element("p", Meaning(performance.Models)).Raw("\n");
        html.Element("p class=\"soft\"", external
            ? "The models were locked before; nothing was fitted or adapted on these cases, and none of them was used to make a model."
            : $"Each {PerformanceFigures.LeadingMeasure(performance.Models).Title} is {(CommonMethod(performance.Models) is { } method ? $"the estimate by {EstimateNames.Method(method)}" : "an estimate")} from cases that "
            + "the model scoring them had not seen: all that is learned from data was learned anew inside each resample.")
            .Raw("</div>\n");
        if (Caution(performance) is { Length: > 0 } caution)
            html.Raw("<p class=\"warn\">").Text(caution).Raw("</p>\n");
    }

    private static string Cohort(ReportInput input)
    {
        var analysed = input.Cases.Count(c => c.Status == CaseStatus.Analysed);
        var cases = analysed == input.Cases.Count
            ? $"All {ReportPage.Count(analysed, "case", "cases")} analysed"
            : string.Create(CultureInfo.InvariantCulture, $"{analysed} of {input.Cases.Count} cases analysed");
        if (input.Performance.Models is not [var first, ..] || EndpointWords.Events(first) is not { } events)
            return cases;
        var share = $" with the event ({Html.Percent((double)first.Events / Math.Max(1, first.Cases))})";
        return $"{cases}: {events.Replace(" with the event", share, StringComparison.Ordinal)}";
    }

    private static void Results(Html html, IReadOnlyList<ModelPerformance> models)
    {
        if (!ModelCrossing.IsNeeded(models))
        {
            Lines(html, models, models);
            return;
        }
        var crossing = ModelCrossing.Of(models);
        if (crossing.Apart.Count > 0)
            Lines(html, crossing.Apart, models);
        HeadlineMatrix.Write(html, models, crossing);
    }

    /// <param name="shown">Those of all models that get a line.</param>
    private static void Lines(Html html, IReadOnlyList<ModelPerformance> shown, IReadOnlyList<ModelPerformance> models)
    {
        var measure = PerformanceFigures.LeadingMeasure(models).Title;
        html.Raw("<table class=\"lines\"><tr><th>Predictors</th>").Element("th", measure).Raw("<th>Interval</th><th>Reading</th></tr>\n");
        foreach (var model in shown)
        {
            if (PerformanceFigures.Leading(model) is not { } lead)
                continue;
            html.Raw("<tr><td>").Breakable(ModelNames.Of(model, models)).Raw("</td><td class=\"big\">").Element("span class=\"measure\"", measure + " ").Text(Html.Number(lead.Value)).Raw("</td>")
                .Element("td class=\"interval\"", lead.Interval is { } i ? $"{Html.Percent(i.Level)}: {Html.Number(i.Low)} to {Html.Number(i.High)}" : "none")
                .Raw("<td>").Text(Verdict(lead, model));
            if (CommonMethod(models) is null)
                html.Raw(" ").Element("span class=\"soft\"", $"({EstimateNames.Method(lead.Method)})");
            html.Raw("</td></tr>\n");
        }
        html.Raw("</table>\n");
    }

    /// <summary>The method of all leading estimates; null where they differ.</summary>
    private static string? CommonMethod(IReadOnlyList<ModelPerformance> models) =>
        models.Select(m => PerformanceFigures.Leading(m)?.Method).OfType<string>().Distinct(StringComparer.Ordinal).ToList() is [var method] ? method : null;

    /// <summary>What the interval says; where the other unbiased estimate says otherwise, that too.</summary>
    private static string Verdict(Estimate lead, ModelPerformance model)
    {
        if (lead.Interval is not { } interval)
            return model.LockedPredictors == 0 ? "the model uses no predictor" : "uncertainty not known";
        var (nothing, words) = (MeasureRegistry.Leading(model.Kind).NoInformation, EndpointWords.Nothing(model.Kind));
        if (interval.High < nothing)
            return $"worse than {words}";
        if (interval.Low <= nothing)
            return $"not shown to be better than {words}";
        var other = PerformanceFigures.Leads(model).FirstOrDefault(e => e.Interval?.Low <= nothing);
        return other is null ? $"better than {words}" : $"better than {words}, though not by {EstimateNames.Method(other.Method)}";
    }

    private static string Meaning(IReadOnlyList<ModelPerformance> models)
    {
        if (models.Count == 0)
            return "";
        var kind = models[0].Kind;
        var nothing = MeasureRegistry.Leading(kind).NoInformation;
        var leads = models.Select(m => (Name: ModelNames.Of(m, models), Lead: PerformanceFigures.Leading(m)))
            .Where(m => m.Lead?.Interval is { } i && i.Low <= nothing && i.High >= nothing).Select(m => m.Name).ToList();
        if (leads.Count == 0)
            return EndpointWords.MeaningOfLead(kind);
        var which = leads.Count == models.Count
            ? (models.Count == 1 ? "The interval includes" : "All the intervals include")
            : leads.Count > MostNamed
                ? string.Create(CultureInfo.InvariantCulture, $"For {leads.Count} of the {models.Count} models the interval includes")
                : $"For {Listed(leads)} the interval includes";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{EndpointWords.MeaningOfLead(kind)} {which} {nothing}: these data do not show that the model does better than {EndpointWords.Nothing(kind)}, nor that it does not.");
    }

    private static string Listed(List<string> names) =>
        names.Count == 1 ? names[0] : $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}";

    /// <summary>The cautions on the study's size in a sentence or two; those on single models stand with these.</summary>
    private static string Caution(PerformanceDocument performance)
    {
        var models = performance.Models;
        if (models.Count == 0)
            return "";
        var sentences = new List<string>();
        var exceeding = models.Where(m => m.CandidatesExceedCases).ToList();
        if (exceeding.Count > 0)
        {
            var (low, high) = (exceeding.Min(m => m.CandidatePredictors), exceeding.Max(m => m.CandidatePredictors));
            var candidates = low == high ? low.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{low} to {high}");
            var methods = exceeding.Select(m => PerformanceFigures.Leading(m)?.Method).OfType<string>().Distinct(StringComparer.Ordinal).Select(EstimateNames.Method).ToList();
            sentences.Add($"More candidate predictors ({candidates}) than cases ({exceeding[0].Cases}): apparent and optimism-corrected performance "
                + $"flatter then, even on pure noise, so this report leads with estimates on unseen cases{(methods.Count > 0 ? $" ({Listed(methods)})" : "")}.");
        }
        if (models.Min(EndpointWords.Fewest) is { } fewest && fewest < FewOfAClass)
        {
            sentences.Add(models[0].Kind is EndpointKind.Survival
                ? $"Only {ReportPage.Count(fewest, "case has", "cases have")} the event: every estimate is very uncertain."
                : $"Only {ReportPage.Count(fewest, "case is", "cases are")} in the rarer class: every estimate is very uncertain.");
        }
        if (models.Count > 1)
            sentences.Add("Intervals are not adjusted for the number of models.");
        if (models.Any(m => m.Warnings.Count > 0))
            sentences.Add("Cautions on single models stand with their results.");
        return string.Join(' ', sentences);
    }
}
