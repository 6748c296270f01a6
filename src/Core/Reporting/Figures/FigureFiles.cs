using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Reporting.Documents;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <summary>The report's figures as files of their own, for a manuscript.</summary>
public static class FigureFiles
{
    private const string Css =
        "text{font:13px system-ui,Arial,sans-serif;fill:#1a1f24}.grid{stroke:#e7eaed}.reference{stroke:#8a949d;stroke-dasharray:4 4}"
        + "rect{fill:#f5f7f9;stroke:#aab3bb}.arrow{stroke:#5b6670;fill:none}";

    /// <summary>File names with SVG documents.</summary>
    public static IReadOnlyList<(string Name, string Svg)> Make(ReportInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var performance = input.Performance;
        var leading = PerformanceFigures.LeadingMeasure(performance.Models);
        var figures = new List<(string Name, string Svg)>
        {
            ("flow.svg", Standalone(FlowChart.ToSvg(input))),
            ($"{leading.Name}.svg", Standalone(PerformanceFigures.Forest(performance.Models))),
        };
        if (leading.Kind is EndpointKind.Binary)
        {
            figures.Add(("roc.svg", Standalone(PerformanceFigures.Roc(performance))));
            figures.Add(("calibration.svg", Standalone(PerformanceFigures.Calibration(performance.Models))));
        }
        figures.AddRange(ExplanationFigures.Files(input).Select(f => (f.Name, Standalone(f.Svg))));
        return figures;
    }

    /// <summary>Markup that stands in a page has no namespace and takes its style from there.</summary>
    private static string Standalone(string svg)
    {
        var end = svg.IndexOf('>', StringComparison.Ordinal);
        return $"{svg[..end].Replace("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ", StringComparison.Ordinal)}><style>{Css}</style>{svg[(end + 1)..]}\n";
    }
}
