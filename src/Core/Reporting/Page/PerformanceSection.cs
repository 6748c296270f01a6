using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Reporting.Figures;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Page;

internal static class PerformanceSection
{
    public const string Anchor = "performance";

    /// <summary>Of many models, so many are shown at once; the others on demand.</summary>
    public const int Unfolded = 3;

    public static void Write(Html html, ReportInput input)
    {
        var models = input.Performance.Models;
        var notes = new IntervalNotes();
        html.Heading(Anchor, "Performance");
        if (models.Any(m => PerformanceFigures.Leads(m).Any(e => e.Interval is not null)))
        {
            var method = ModelCrossing.IsNeeded(models) && PerformanceFigures.Leading(models[0]) is { } lead ? $", by {EstimateNames.Method(lead.Method)}" : "";
            html.Raw("<figure class=\"wide\">").Raw(PerformanceFigures.Forest(models)).Element(
                "figcaption",
                $"{PerformanceFigures.LeadingMeasure(models).Title} on cases that the scoring model had not seen, with intervals{method}. The dashed line is a model that knows nothing.")
                .Raw("</figure>\n");
        }
        CurvesSection.Write(html, input.Performance);
        ComparisonTable.Write(html, input.Performance.Comparisons, input.Performance.FurtherComparisons ?? [], input.Performance.AddedPredictors ?? [], notes);
        var many = ModelCrossing.IsNeeded(models);
        for (var i = 0; i < models.Count; i++)
        {
            var (model, series) = (models[i], i);
            if (many && i >= Unfolded)
                html.Fold($"Show {Label(model)}", () => ModelSection.Write(html, model, input.Performance, series, notes));
            else
                ModelSection.Write(html, model, input.Performance, series, notes);
        }
        notes.Write(html);
    }

    private static string Label(ModelPerformance model)
    {
        var name = $"{model.PredictorSet} ({EstimateNames.Model(model.Model)})";
        return PerformanceFigures.Leading(model) is { } lead ? $"{name}: {EstimateNames.Measure(lead)} {Html.Number(lead.Value)}" : name;
    }
}
