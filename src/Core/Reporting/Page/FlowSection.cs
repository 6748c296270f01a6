using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Reporting.Figures;

namespace RadiogenomicsCloud.Reporting.Page;

internal static class FlowSection
{
    public const string Anchor = "flow";

    public static void Write(Html html, ReportInput input) =>
        html.Heading(Anchor, "Patient flow").Raw("<figure class=\"wide\">").Raw(FlowChart.ToSvg(input))
            .Raw("<figcaption>Every case of the cohort is in this figure and, if it was lost, with its reason in the <a href=\"#" + CasesSection.Anchor + "\">list of cases</a>.</figcaption></figure>\n");
}
