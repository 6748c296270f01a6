using System.Text.Json;

namespace RadiogenomicsCloud.Reporting.Page;

/// <summary>How each image was prepared, as a paper's table of methods gives it.</summary>
internal static class ImagingTable
{
    public static void Write(Html html, JsonElement settings)
    {
        if (Property(settings, "imaging") is not { ValueKind: JsonValueKind.Array } images || images.GetArrayLength() == 0)
            return;
        html.Raw("<h3>Images</h3>\n<div class=\"wide\"><table><tr><th>Image</th><th>Modality</th><th>Region</th><th>Resampled to, mm</th><th>Intensities kept</th><th>Grey levels</th><th>Features</th></tr>\n");
        foreach (var image in images.EnumerateArray())
        {
            var selection = Property(image, "selection");
            var processing = Property(image, "preprocessing");
            html.Row(
                "td", Text(Property(image, "name")), Or(Text(Property(selection, "modality")), "the only one"), Or(Text(Property(selection, "roi")), "the only one"),
                Resampling(Property(processing, "resample")), Range(Property(processing, "resegment")), GreyLevels(Property(processing, "discretise")),
                Text(Property(Property(image, "features"), "families")));
        }
        html.Raw("</table></div>\n");
    }

    private static string Resampling(JsonElement? resample)
    {
        if (resample is null)
            return "as imported";
        var spacing = Property(resample, "spacingMm") is { ValueKind: JsonValueKind.Array } list
            ? string.Join(" × ", list.EnumerateArray().Select(s => Text(s)))
            : "";
        return $"{spacing} (image {Lower(Property(resample, "image"))}, mask {Lower(Property(resample, "mask"))})";
    }

    private static string Range(JsonElement? resegment)
    {
        var (low, high, sigma) = (Text(Property(resegment, "low")), Text(Property(resegment, "high")), Text(Property(resegment, "sigma")));
        var range = (low.Length > 0, high.Length > 0) switch
        {
            (true, true) => $"{low} to {high}",
            (true, false) => $"from {low}",
            (false, true) => $"to {high}",
            _ => "",
        };
        var around = sigma.Length > 0 ? $"mean ± {sigma} σ" : "";
        return Or(string.Join(", ", new[] { range, around }.Where(t => t.Length > 0)), "all");
    }

    private static string GreyLevels(JsonElement? discretise) => Text(Property(discretise, "method")) switch
    {
        "FBS" => $"bins of width {Text(Property(discretise, "binWidth"))} (FBS)",
        "FBN" => $"{Text(Property(discretise, "bins"))} bins (FBN)",
        _ => "not discretised",
    };

    private static string Or(string text, string otherwise) => text.Length > 0 ? text : otherwise;

    private static string Lower(JsonElement? value) => Text(value).ToLowerInvariant();

    private static JsonElement? Property(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string Text(JsonElement? value) => value switch
    {
        null => "",
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { ValueKind: JsonValueKind.Array } list => string.Join(", ", list.EnumerateArray().Select(i => Text(i))),
        { } other => other.GetRawText().Replace('-', '−'),
    };
}
