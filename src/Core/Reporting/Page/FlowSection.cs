using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Reporting.Figures;

namespace RadiogenomicsCloud.Reporting.Page;

internal static class FlowSection
{
    public static void Write(Html html, ReportInput input) =>
        html.Raw("<h2>Patient flow</h2>\n<figure>").Raw(FlowChart.ToSvg(input.Cases))
            .Raw("<figcaption>Every case of the cohort is in this figure and, with its reason, in the list of cases below.</figcaption></figure>\n");
}
