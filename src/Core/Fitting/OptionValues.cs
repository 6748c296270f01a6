using System.Globalization;
using System.Text.Json;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Fitting;

/// <summary>
/// The options of one registry entry, checked against their descriptors: unknown keys, wrong types and values out of range are a
/// <see cref="BadInputException"/> that names entry, option and what would be valid. Absent options have their default.
/// </summary>
public sealed class OptionValues
{
    private readonly RegistryEntry entry;
    private readonly IReadOnlyDictionary<string, JsonElement> given;

    public OptionValues(RegistryEntry entry, IReadOnlyDictionary<string, JsonElement> given)
    {
        ArgumentNullException.ThrowIfNull(entry);
        ArgumentNullException.ThrowIfNull(given);
        this.entry = entry;
        this.given = given;
        foreach (var (name, value) in given)
        {
            var descriptor = entry.Options.FirstOrDefault(o => o.Name == name) ?? throw Unknown(name);
            Check(descriptor, value);
        }
    }

    /// <summary>Reads the options from a JSON object; null or undefined means none.</summary>
    public static OptionValues Read(RegistryEntry entry, JsonElement options)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var given = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (options.ValueKind is JsonValueKind.Object)
        {
            foreach (var property in options.EnumerateObject())
            {
                if (!given.TryAdd(property.Name, property.Value))
                    throw new BadInputException("options.duplicate", $"Option '{property.Name}' of '{entry.Name}' is given twice; keep one.", entry.Name);
            }
        }
        else if (options.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
        {
            throw new BadInputException(
                "options.not_an_object", $"The options of '{entry.Name}' must be a map of names to values, such as {{}}.", entry.Name);
        }
        return new OptionValues(entry, given);
    }

    public double Number(string name) =>
        given.TryGetValue(name, out var value) ? value.GetDouble() : Convert.ToDouble(Descriptor(name).Default, CultureInfo.InvariantCulture);

    public int Integer(string name) =>
        given.TryGetValue(name, out var value) ? (int)value.GetDouble() : Convert.ToInt32(Descriptor(name).Default, CultureInfo.InvariantCulture);

    public string String(string name) => given.TryGetValue(name, out var value) ? value.GetString()! : (string)Descriptor(name).Default!;

    public bool Boolean(string name) => given.TryGetValue(name, out var value) ? value.GetBoolean() : (bool)Descriptor(name).Default!;

    public double[] NumberList(string name)
    {
        if (!given.TryGetValue(name, out var value))
            return (double[])((double[])Descriptor(name).Default!).Clone();
        return value.ValueKind is JsonValueKind.Number ? [value.GetDouble()] : [.. value.EnumerateArray().Select(v => v.GetDouble())];
    }

    private OptionDescriptor Descriptor(string name) => entry.Options.First(o => o.Name == name);

    private BadInputException Unknown(string name)
    {
        var hint = entry.Options.Count == 0 ? "it has no options" : NearestName.Hint(name, [.. entry.Options.Select(o => o.Name)]);
        return new BadInputException("options.unknown", $"'{entry.Name}' has no option '{Shorten(name)}'; {hint}.", $"{entry.Name}.{Shorten(name)}");
    }

    private void Check(OptionDescriptor option, JsonElement value)
    {
        switch (option.Type)
        {
            case OptionType.Number:
                CheckNumber(option, value, integer: false);
                break;
            case OptionType.Integer:
                CheckNumber(option, value, integer: true);
                break;
            case OptionType.NumberList when value.ValueKind is JsonValueKind.Array && value.GetArrayLength() > 0:
                foreach (var item in value.EnumerateArray())
                    CheckNumber(option, item, integer: false);
                break;
            case OptionType.NumberList:
                CheckNumber(option, value, integer: false);
                break;
            case OptionType.Boolean:
                if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
                    throw Wrong(option, value, "true or false");
                break;
            default:
                if (value.ValueKind is not JsonValueKind.String)
                    throw Wrong(option, value, "a text");
                if (option.Choices is { } choices && !choices.Contains(value.GetString()!, StringComparer.Ordinal))
                    throw Wrong(option, value, $"one of {string.Join(", ", choices)}");
                break;
        }
    }

    private void CheckNumber(OptionDescriptor option, JsonElement value, bool integer)
    {
        var ok = value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)
            && (!integer || (number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue))
            && !(number < option.Minimum) && !(number > option.Maximum);
        if (!ok)
            throw Wrong(option, value, (integer ? "a whole number" : "a number") + Range(option));
    }

    private static string Range(OptionDescriptor option) => (option.Minimum, option.Maximum) switch
    {
        ({ } low, { } high) => string.Create(CultureInfo.InvariantCulture, $" from {low} to {high}"),
        ({ } low, null) => string.Create(CultureInfo.InvariantCulture, $" of at least {low}"),
        (null, { } high) => string.Create(CultureInfo.InvariantCulture, $" of at most {high}"),
        _ => "",
    };

    private BadInputException Wrong(OptionDescriptor option, JsonElement value, string valid) => new(
        "options.invalid",
        $"Option '{option.Name}' of '{entry.Name}' is {Shorten(value.GetRawText())} but must be {valid}.",
        $"{entry.Name}.{option.Name}");

    private static string Shorten(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
