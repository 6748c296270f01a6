using System.Text.Json;

namespace RadiogenomicsCloud.Fitting;

/// <summary>Reads the plain JSON of fitted things; whatever is absent, of another type or not finite is a <see cref="BadInputException"/>.</summary>
internal static class PlainJson
{
    public static JsonElement Property(JsonElement json, string name) =>
        json.ValueKind is JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : throw Invalid(name, "is absent");

    public static string Text(JsonElement json, string name) =>
        Property(json, name) is { ValueKind: JsonValueKind.String } value ? AsText(value, name) : throw Invalid(name, "is not a text");

    public static double Number(JsonElement json, string name) => Finite(Property(json, name), name);

    public static bool Flag(JsonElement json, string name) => Property(json, name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Invalid(name, "is neither true nor false"),
    };

    /// <summary>A list of distinct texts.</summary>
    public static string[] Names(JsonElement json, string name)
    {
        var names = Array(json, name).EnumerateArray()
            .Select(item => item.ValueKind is JsonValueKind.String ? AsText(item, name) : throw Invalid(name, "holds something that is not a text"))
            .ToArray();
        return names.Distinct(StringComparer.Ordinal).Count() == names.Length ? names : throw Invalid(name, "holds a name twice");
    }

    /// <summary>A list of <paramref name="count"/> finite numbers; a count that is a product is to be given as such a one of 64 bits.</summary>
    public static double[] Numbers(JsonElement json, string name, long count)
    {
        var length = Array(json, name).GetArrayLength();
        return length == count
            ? [.. Array(json, name).EnumerateArray().Select(item => Finite(item, name))]
            : throw Invalid(name, $"has {length} numbers, not {count}");
    }

    /// <summary>The finite numbers of a list inside a list.</summary>
    public static double[] Row(JsonElement list, string name) => list.ValueKind is JsonValueKind.Array
        ? [.. list.EnumerateArray().Select(item => Finite(item, name))]
        : throw Invalid(name, "holds something that is not a list");

    /// <summary>The same where null is a missing value (NaN).</summary>
    public static double[] RowWithGaps(JsonElement list, string name) => list.ValueKind is JsonValueKind.Array
        ? [.. list.EnumerateArray().Select(item => item.ValueKind is JsonValueKind.Null ? double.NaN : Finite(item, name))]
        : throw Invalid(name, "holds something that is not a list");

    public static JsonElement Array(JsonElement json, string name) =>
        Property(json, name) is { ValueKind: JsonValueKind.Array } value ? value : throw Invalid(name, "is not a list");

    public static BadInputException Invalid(string name, string what) =>
        new("model.invalid", $"The model file is damaged: '{name}' {what}; ask for it again.", name);

    private static double Finite(JsonElement value, string name) =>
        value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : throw Invalid(name, "holds something that is not a finite number");

    // Escaped lone surrogates are valid JSON but no text.
    private static string AsText(JsonElement value, string name)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException inner)
        {
            throw new BadInputException("model.invalid", $"The model file is damaged: '{name}' holds text that is not Unicode; ask for it again.", name, inner);
        }
    }
}
