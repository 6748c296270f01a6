using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Radiomics;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Page;

/// <summary>A value of the settings as a study file would write it: one of a scalar, a map and a list.</summary>
internal sealed partial record SettingsNode(string? Scalar, IReadOnlyList<SettingsNode.Entry>? Map, IReadOnlyList<SettingsNode>? List)
{
    /// <param name="IsDefault">The study file does not say it; the product's default holds.</param>
    internal sealed record Entry(string Key, SettingsNode Value, bool IsDefault);

    /// <summary>Of the canonical study in <c>provenance.json</c>, with the defaults that apply.</summary>
    public static SettingsNode Of(JsonElement study) => Convert(study, "");

    private static SettingsNode Convert(JsonElement value, string key) => value.ValueKind switch
    {
        JsonValueKind.Object => key is "select" or "models" or "tune" && NamedOptions(value) is { } named ? named : Object(value, key),
        JsonValueKind.Array => new(null, null, [.. value.EnumerateArray().Select(item => Convert(item, key))]),
        JsonValueKind.String => Text(EnumKeys.Contains(key, StringComparer.Ordinal) ? value.GetString()!.ToLowerInvariant() : value.GetString()!),
        _ => Text(value.GetRawText()),
    };

    private static readonly string[] EnumKeys = ["kind", "image", "mask"];

    /// <summary>Maps whose keys are the study's own words and stand as they are.</summary>
    private static readonly string[] OwnKeys = ["columnTypes", "idMap"];

    private static SettingsNode Object(JsonElement value, string key)
    {
        // A predictor set is its name: the parts joined by +.
        if (key == "compare" && value.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String)
            return Text(name.GetString()!);
        if (key == "validate")
            return Validation(value);
        var own = OwnKeys.Contains(key, StringComparer.Ordinal);
        var entries = value.EnumerateObject().Where(p => !IsAbsent(p))
            .Select(p => new Entry(
                own ? p.Name : key.Length == 0 && p.Name == "name" ? "study" : SnakeCase(p.Name),
                key == "columnTypes" ? ColumnType(p.Value) : key.Length > 0 ? Convert(p.Value, own ? "" : p.Name)
                    : p.Name == "recalibrate" ? Options(p.Value) : p.Name == "semantic" ? Semantic(p.Value) : Convert(p.Value, own ? "" : p.Name),
                false)).ToList();
        AddDefaults(entries, value, key);
        return new(null, entries, null);
    }

    /// <summary>A list of entries in the study file; as a map here, each by the name that it has there.</summary>
    private static SettingsNode Validation(JsonElement validate)
    {
        var entries = validate.EnumerateObject().Where(p => !IsAbsent(p)).Select(p => p.Name switch
        {
            "permutation" => new Entry("permutation_test", Words(p.Value), false),
            "threshold" => new Entry("threshold", Words(p.Value), false),
            "riskGroups" => new Entry("risk_groups", new(null, [new("cut_off", Words(p.Value), false)], null), false),
            "horizons" => new Entry("horizons", new(null, [new("times", Convert(p.Value, p.Name), false)], null), false),
            "leaveOneSiteOut" => new Entry("leave_one_site_out", new(null, [], null), false),
            _ => new Entry(SnakeCase(p.Name), Convert(p.Value, p.Name), false),
        }).ToList();
        if (!validate.TryGetProperty("interval", out _))
        {
            var options = new ResamplingOptions();
            entries.Add(new("interval", new(null,
            [
                new("outer", Text(Invariant(options.OuterResamples)), true), new("inner", Text(Invariant(options.InnerResamples)), true),
                new("inner_repeats", Text(Invariant(options.InnerRepeats)), true), new("level", Text(Invariant(options.Level)), true),
            ], null), true));
        }
        return new(null, entries, null);
    }

    /// <summary>Texts in it are names of choices: CrossValidation is cross_validation.</summary>
    private static SettingsNode Words(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Text(SnakeCase(value.GetString()!).ToLowerInvariant()),
        JsonValueKind.Object => new(null, [.. value.EnumerateObject().Where(p => !IsAbsent(p)).Select(p => new Entry(SnakeCase(p.Name), Words(p.Value), false))], null),
        _ => Convert(value, ""),
    };

    /// <summary>A kind, or a kind with its levels: <c>{ordinal: [G2, G3]}</c>.</summary>
    private static SettingsNode ColumnType(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.Object || !value.TryGetProperty("kind", out var kind) || kind.ValueKind is not JsonValueKind.String)
            return Convert(value, "");
        var name = kind.GetString()!.ToLowerInvariant();
        return value.TryGetProperty("levels", out var levels) && levels.ValueKind is JsonValueKind.Array
            ? new(null, [new(name, Convert(levels, ""), false)], null)
            : Text(name);
    }

    /// <summary>All columns of the readers' table, or those listed.</summary>
    private static SettingsNode Semantic(JsonElement value) => value.ValueKind is not JsonValueKind.Object ? Convert(value, "")
        : value.TryGetProperty("columns", out var columns) && columns.ValueKind is JsonValueKind.Array ? Convert(columns, "") : Text("true");

    /// <summary>What the study file writes without the name: <c>recalibrate: {method: platt}</c>.</summary>
    private static SettingsNode Options(JsonElement value) =>
        value.ValueKind is JsonValueKind.Object && NamedOptions(value) is { Map: [{ Value: var options }] } ? options : Convert(value, "");

    private static void AddDefaults(List<Entry> entries, JsonElement value, string key)
    {
        switch (key)
        {
            case "features" when value.TryGetProperty("families", out _) && !value.TryGetProperty("aggregations", out _):
                entries.Add(new("aggregations", new(null, null, [.. TextureAggregation.Default.Select(Text)]), true));
                break;
            case "preprocessing" when !value.TryGetProperty("roundIntensities", out _):
                entries.Add(new("round_intensities", Text("for CT only"), true));
                break;
            default:
                break;
        }
    }

    /// <summary>A step or model: <c>name: {options}</c>, completed from the registry.</summary>
    private static SettingsNode? NamedOptions(JsonElement value)
    {
        if (!value.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String || !value.TryGetProperty("options", out var options))
            return null;
        var entries = options.ValueKind == JsonValueKind.Object
            ? options.EnumerateObject().Select(o => new Entry(o.Name, Convert(o.Value, o.Name), false)).ToList()
            : [];
        foreach (var option in LearningRegistry.Entries.FirstOrDefault(e => e.Name == name.GetString())?.Options ?? [])
        {
            if (option.Default is { } absent && !entries.Exists(e => e.Key == option.Name))
                entries.Add(new(option.Name, Default(absent), true));
        }
        return new(null, [new(name.GetString()!, new(null, entries, null), false)], null);
    }

    private static SettingsNode Default(object value) => value switch
    {
        string text => Text(text),
        double[] numbers => new(null, null, [.. numbers.Select(n => Text(Invariant(n)))]),
        bool flag => Text(flag ? "true" : "false"),
        IFormattable number => Text(Invariant(number)),
        _ => Text(value.ToString() ?? ""),
    };

    private static SettingsNode Text(string text) => new(text, null, null);

    private static string Invariant(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture).Replace('E', 'e');

    /// <summary>What the study file would leave out. Other empty maps say something: <c>expression: {}</c> takes all genes.</summary>
    private static bool IsAbsent(JsonProperty property) => property.Value.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.Array => property.Value.GetArrayLength() == 0,
        JsonValueKind.Object => property.Name == "idMap" && !property.Value.EnumerateObject().Any(),
        _ => false,
    };

    private static string SnakeCase(string key) => Capitals().Replace(key, m => "_" + m.Value.ToLowerInvariant());

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]", RegexOptions.CultureInvariant)]
    private static partial Regex Capitals();
}
