using System.Text.Json;

namespace RadiogenomicsCloud.Core.Tests;

/// <summary>A file of <c>Data/r</c>: what R said, by name, each answer with the call that gave it; the script beside it wrote it.</summary>
internal sealed class RAnswers(string file)
{
    private readonly Lazy<JsonDocument> document = new(() => JsonDocument.Parse(File.ReadAllText(PathOf(file))));

    public JsonElement this[string name] => document.Value.RootElement.GetProperty(name).GetProperty("value");

    public double[] Numbers(string name) => Numbers(this[name]);

    public double[] Numbers(string name, string member) => Numbers(this[name].GetProperty(member));

    /// <summary>Null is R's NA: NaN. A matrix comes by rows.</summary>
    public static double[] Numbers(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => [.. value.EnumerateArray().SelectMany(Numbers)],
        JsonValueKind.Null => [double.NaN],
        _ => [value.GetDouble()],
    };

    public static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "Data", "r", file);
}
