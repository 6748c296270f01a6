using System.Globalization;
using RadiogenomicsCloud.Reporting.Documents;

namespace RadiogenomicsCloud.Reporting.Page;

/// <summary>Small multiples of the tumours with their outlines: a wrong contour is seen at a glance.</summary>
internal static class PicturesSection
{
    public static void Write(Html html, ReportInput input)
    {
        if (input.Previews.Count == 0)
            return;
        html.Raw("<h2>The tumours and their contours</h2>\n<p>The slice with the largest area of the region, cropped around it, as imported; red is the outline of the mask. PET is shown inverted.</p>\n");
        foreach (var image in input.Previews.GroupBy(p => p.Image))
        {
            html.Element("h3", image.Key).Raw("<div class=\"pictures\">\n");
            foreach (var record in image.OrderBy(p => p.CaseId, StringComparer.Ordinal))
            {
                var p = record.Preview;
                html.Raw(string.Create(CultureInfo.InvariantCulture, $"<figure><svg viewBox=\"0 0 {p.Width} {p.Height}\" role=\"img\"><image width=\"{p.Width}\" height=\"{p.Height}\" href=\"data:image/png;base64,{Convert.ToBase64String(p.Png)}\"/><path d=\"{p.Outline}\"/></svg><figcaption>"))
                    .Element("b", record.CaseId)
                    .Text(string.Create(CultureInfo.InvariantCulture, $" slice {p.Slice + 1} of {p.Slices}, {p.RoiVoxels:N0} voxels"))
                    .Raw("</figcaption></figure>\n");
            }
            html.Raw("</div>\n");
        }
    }
}
