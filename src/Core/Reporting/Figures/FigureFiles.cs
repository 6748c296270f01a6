using System.Globalization;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <summary>The report's figures as files of their own, for a manuscript.</summary>
public static class FigureFiles
{
    private const string Css =
        "text{font:13px system-ui,Arial,sans-serif;fill:#1a1f24}.grid{stroke:#e7eaed}.reference{stroke:#8a949d;stroke-dasharray:4 4}"
        + ".zero{stroke:#8a949d}rect{fill:#f5f7f9;stroke:#aab3bb}.arrow{stroke:#5b6670;fill:none}";

    /// <summary>File names with SVG documents.</summary>
    public static IReadOnlyList<(string Name, string Svg)> Make(ReportInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.IsMapAlone)
            return [("flow.svg", Standalone(FlowChart.ToSvg(input))), .. AssociationFigures.Files(input.Association).Select(f => (f.Name, Standalone(f.Svg)))];
        var performance = input.Performance;
        var (models, external) = (performance.Models, PerformanceFigures.IsExternal(performance));
        var leading = PerformanceFigures.LeadingMeasure(models);
        var figures = new List<(string Name, string Svg)>
        {
            ("flow.svg", Standalone(FlowChart.ToSvg(input))),
            ($"{leading.Name}.svg", Standalone(PerformanceFigures.Forest(models))),
        };
        var panels = CurvePanels.Of(models).Panels;
        if (leading.Kind is EndpointKind.Binary)
        {
            Add("roc", panels, p => PerformanceFigures.Roc(p, external));
            Add("calibration", panels, PerformanceFigures.Calibration);
        }
        Add("precision_recall", [.. panels.Where(p => p.Curves.Any(c => c.Model.PrecisionRecall is { Count: > 0 }))], PerformanceFigures.PrecisionRecall);
        Add("decision", [.. panels.Where(p => p.Curves.Any(c => DecisionFigure.Has(c.Model)))], DecisionFigure.Of);
        IReadOnlyList<ModelPerformance> classes = [.. models.Where(m => m.Classes is { Count: > 0 })];
        Add("class_roc", classes, m => ClassFigure.Roc(m, ModelNames.Of(m, models)));
        Add("class_precision_recall", classes, m => ClassFigure.PrecisionRecall(m, ModelNames.Of(m, models)));
        Add("class_calibration", classes, m => ClassFigure.Calibration(m, ModelNames.Of(m, models)));
        Add("kaplan_meier", [.. models.Where(m => m.RiskGroups is not null)], m => SurvivalFigure.Of(m.RiskGroups!, ModelNames.Of(m, models)));
        Add("cumulative_incidence", [.. models.Where(m => m.RiskGroups?.Incidence is not null)], m => SurvivalFigure.IncidenceOf(m.RiskGroups!, m.RiskGroups!.Incidence!, ModelNames.Of(m, models)));
        Add(
            "calibration_at", [.. models.SelectMany((m, series) => (m.CalibrationAt ?? []).Where(HorizonFigure.IsDrawn).Select(c => (Model: m, Calibration: c, Series: series)))],
            d => HorizonFigure.Of(d.Calibration, ModelNames.Of(d.Model, models), d.Series));
        figures.AddRange(ExplanationFigures.Files(input).Select(f => (f.Name, Standalone(f.Svg))));
        figures.AddRange(AssociationFigures.Files(input.Association).Select(f => (f.Name, Standalone(f.Svg))));
        return figures;

        // Several of a kind are numbered in the order of the page.
        void Add<T>(string name, IReadOnlyList<T> drawn, Func<T, string> draw)
        {
            for (var i = 0; i < drawn.Count; i++)
                figures.Add((drawn.Count == 1 ? $"{name}.svg" : string.Create(CultureInfo.InvariantCulture, $"{name}_{i + 1}.svg"), Standalone(draw(drawn[i]))));
        }
    }

    /// <summary>Markup that stands in a page has no namespace and takes its style from there.</summary>
    private static string Standalone(string svg)
    {
        var end = svg.IndexOf('>', StringComparison.Ordinal);
        return $"{svg[..end].Replace("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ", StringComparison.Ordinal)}><style>{Css}</style>{svg[(end + 1)..]}\n";
    }
}
