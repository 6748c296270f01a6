using System.Text.Json.Nodes;

namespace RadiogenomicsCloud.Pipeline;

/// <summary>Reads values of nodes that a <see cref="ValueSpec"/> has checked. Absent and null read as null.</summary>
internal static class YamlValues
{
    public static YamlNode? Value(this YamlMapping map, string key) => map.Find(key) is { } node && node is not YamlScalar { IsNull: true } ? node : null;

    public static YamlMapping? Map(this YamlMapping map, string key) => map.Value(key) as YamlMapping;

    public static IReadOnlyList<YamlNode> Items(this YamlMapping map, string key) => (map.Value(key) as YamlSequence)?.Items ?? [];

    public static string? Text(this YamlMapping map, string key) => (map.Value(key) as YamlScalar)?.Text.Trim();

    public static IReadOnlyList<string>? Texts(this YamlMapping map, string key) =>
        map.Value(key) is YamlSequence list ? [.. list.Items.Select(i => ((YamlScalar)i).Text.Trim())] : null;

    public static double? Number(this YamlMapping map, string key) => (map.Value(key) as YamlScalar)?.Number;

    public static int? Integer(this YamlMapping map, string key) => (int?)(map.Value(key) as YamlScalar)?.Unsigned;

    public static bool? Boolean(this YamlMapping map, string key) => (map.Value(key) as YamlScalar)?.Boolean;

    public static T? Choice<T>(this YamlMapping map, string key)
        where T : struct, Enum => map.Text(key) is { } text ? Enum.Parse<T>(text, ignoreCase: true) : null;

    /// <summary>A checked value as JSON.</summary>
    public static JsonNode? ToJson(this YamlNode node)
    {
        switch (node)
        {
            case YamlMapping map:
                var result = new JsonObject();
                foreach (var (key, value) in map.Entries)
                    result[key.Text] = value.ToJson();
                return result;
            case YamlSequence list:
                return new JsonArray([.. list.Items.Select(i => i.ToJson())]);
            case YamlScalar { IsNull: true }:
                return null;
            case YamlScalar { Boolean: { } truth }:
                return truth;
            case YamlScalar { Unsigned: { } whole }:
                return whole;
            case YamlScalar { Number: { } number }:
                return number;
            default:
                return ((YamlScalar)node).Text;
        }
    }
}
