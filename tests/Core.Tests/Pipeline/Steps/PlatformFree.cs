using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Core.Tests.Pipeline.Steps;

/// <summary>
/// An outcome as it is on every platform: artifacts replaced by what they hold, numbers rounded to six significant digits (across
/// platforms they agree to 1e-9), pictures and pages left out but for their names.
/// </summary>
internal sealed class PlatformFree(IArtifactStore artifacts, CancellationToken cancel)
{
    private const string Picture = "png";

    public async Task<JsonNode?> Of(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object when Payload.Artifacts(element) is [var only] && element.GetPropertyCount() == 2 && element.TryGetProperty("sha256", out _):
                return await Content(only);
            case JsonValueKind.Object:
                var result = new JsonObject();
                foreach (var property in element.EnumerateObject())
                    result[property.Name] = property.Name == Picture ? Picture : await Of(property.Value);
                return result;
            case JsonValueKind.Array:
                var items = new JsonArray();
                foreach (var item in element.EnumerateArray())
                    items.Add(await Of(item));
                return items;
            case JsonValueKind.Number:
                return Rounded(element.GetDouble());
            case JsonValueKind.String:
                return RoundedText(element.GetString()!);
            default:
                return JsonNode.Parse(element.GetRawText());
        }
    }

    private async Task<JsonNode?> Content(ArtifactRef reference)
    {
        await using var stream = await artifacts.Open(reference, cancel) ?? throw new InvalidOperationException("An artifact of an outcome is missing.");
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, cancel);
        var bytes = copy.ToArray();
        if (bytes.AsSpan().StartsWith("PAR1"u8))
            return "parquet";
        if (TryTable(bytes) is { } table)
            return RoundedText(table);
        var text = Encoding.UTF8.GetString(bytes);
        if (text.StartsWith('<'))
            return "page or figure";
        if (!text.StartsWith('{'))
            return RoundedText(text);
        using var json = JsonDocument.Parse(text);
        return await Of(json.RootElement);
    }

    private static string? TryTable(byte[] bytes)
    {
        try
        {
            using var csv = new MemoryStream();
            CaseTableWriter.WriteCsv(csv, CaseTableSerializer.Read(new MemoryStream(bytes)));
            return Encoding.UTF8.GetString(csv.ToArray());
        }
        catch (BadInputException)
        {
            return null;
        }
    }

    /// <summary>Numbers between commas and line ends rounded; all else as it is.</summary>
    private static string RoundedText(string text)
    {
        var result = new StringBuilder(text.Length);
        var start = 0;
        for (var at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && text[at] is not (',' or '\n'))
                continue;
            var cell = text[start..at];
            result.Append(cell.Contains('.', StringComparison.Ordinal) && double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                ? Rounded(number).ToString(CultureInfo.InvariantCulture)
                : cell);
            if (at < text.Length)
                result.Append(text[at]);
            start = at + 1;
        }
        return result.ToString();
    }

    private static double Rounded(double value) => Math.Abs(value) < 1e-9
        ? 0
        : double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
