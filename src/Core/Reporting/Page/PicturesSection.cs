using System.Globalization;
using RadiogenomicsCloud.Reporting.Documents;

namespace RadiogenomicsCloud.Reporting.Page;

/// <summary>Small multiples of the tumours with their outlines: a wrong contour is seen at a glance.</summary>
internal static class PicturesSection
{
    public const string Anchor = "pictures";

    public static bool Applies(ReportInput input) => input.Previews.Count > 0;

    public static void Write(Html html, ReportInput input)
    {
        if (!Applies(input))
            return;
        html.Heading(Anchor, "The tumours and their contours").Raw("<p>The slice with the largest area of the region, cropped around it, as imported; red with a pale edge is the outline of the mask. PET is shown inverted, from SUV 0.</p>\n");
        var number = 0;
        foreach (var image in input.Previews.GroupBy(p => p.Image))
        {
            html.Element("h3", $"{image.Key}: {ReportPage.Count(image.Count(), "case", "cases")}").Raw("<div class=\"pictures\">\n");
            foreach (var record in image.OrderBy(p => p.CaseId, StringComparer.Ordinal))
            {
                var p = record.Preview;
                var outline = string.Create(CultureInfo.InvariantCulture, $"outline-{++number}");
                html.Raw("<figure>").Raw(string.Create(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {p.Width} {p.Height}\" role=\"img\" aria-label=\""))
                    .Text($"{record.CaseId}, {record.Image}: slice {p.Slice + 1} of {p.Slices} with the outline of the region")
                    .Raw(string.Create(CultureInfo.InvariantCulture, $"\"><image width=\"{p.Width}\" height=\"{p.Height}\" href=\"data:image/png;base64,{Convert.ToBase64String(p.Png)}\"/><defs><path id=\"{outline}\" d=\""))
                    .Text(p.Outline).Raw($"\"/></defs><use class=\"halo\" href=\"#{outline}\"/><use class=\"outline\" href=\"#{outline}\"/></svg><figcaption>").Element("b", record.CaseId)
                    .Raw("<br>").Text(string.Create(CultureInfo.InvariantCulture, $"slice {p.Slice + 1} of {p.Slices}")).Raw("<br>").Text(string.Create(CultureInfo.InvariantCulture, $"{p.RoiVoxels:N0} voxels"))
                    .Raw("</figcaption></figure>\n");
            }
            html.Raw("</div>\n");
        }
    }
}
