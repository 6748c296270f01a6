using System.Text.Encodings.Web;
using System.Text.Json;

namespace RadiogenomicsCloud.Pipeline.Steps.Results;

/// <summary>JSON files of a run's folder: as payloads, but for people's eyes.</summary>
internal static class RunJson
{
    private static readonly JsonSerializerOptions Indented = new(CanonicalJson.Options)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write<T>(Stream stream, T document) => JsonSerializer.Serialize(stream, document, Indented);
}
