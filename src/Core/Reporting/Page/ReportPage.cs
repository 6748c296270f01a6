using System.Globalization;
using RadiogenomicsCloud.Reporting.Documents;

namespace RadiogenomicsCloud.Reporting.Page;

/// <summary>The report: one self-contained HTML page, without script, network or font of its own, good on a screen and on paper.</summary>
public static class ReportPage
{
    /// <summary>Renders the page. The same input gives the same bytes.</summary>
    public static string Render(ReportInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var html = new Html();
        html.Raw("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Element("title", $"{input.Provenance.Study}: report {input.Provenance.RunId}")
            .Raw($"\n<style>{Style.Css}</style></head><body><main>\n");
        if (input is { IsMapAlone: true, Association: { } map })
            AssociationHeadline.Write(html, input, map);
        else
            HeadlineSection.Write(html, input);
        Contents(html, input);
        FlowSection.Write(html, input);
        if (!input.IsMapAlone)
            PerformanceSection.Write(html, input);
        SelectionSection.Write(html, input);
        ExplanationSection.Write(html, input);
        AssociationSection.Write(html, input);
        PicturesSection.Write(html, input);
        CasesSection.Write(html, input);
        MethodsSection.Write(html, input);
        ProvenanceSection.Write(html, input);
        return html.Raw("</main></body></html>\n").ToString();
    }

    private static void Contents(Html html, ReportInput input)
    {
        html.Raw("<nav aria-label=\"Contents\">");
        Link(FlowSection.Anchor, "Patient flow");
        if (!input.IsMapAlone)
            Link(PerformanceSection.Anchor, "Performance");
        if (SelectionSection.Applies(input))
            Link(SelectionSection.Anchor, "Selected predictors");
        if (ExplanationSection.Applies(input))
            Link(ExplanationSection.Anchor, "What the models rest on");
        if (AssociationSection.Applies(input))
            Link(AssociationSection.Anchor, "Image and molecule");
        if (PicturesSection.Applies(input))
            Link(PicturesSection.Anchor, "Tumours and contours");
        Link(CasesSection.Anchor, "Cases");
        Link(MethodsSection.Anchor, "What was done");
        Link(ProvenanceSection.Anchor, "Provenance");
        html.Raw("</nav>\n");

        void Link(string anchor, string title) => html.Raw($"<a href=\"#{anchor}\">{title}</a> ");
    }

    internal static string Count(int number, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {(number == 1 ? one : many)}");
}
