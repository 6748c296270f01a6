using System.Text.Json.Nodes;

namespace RadiogenomicsCloud.Pipeline;

/// <summary>What may stand at one place of a settings file. Checks it, and describes it as JSON Schema.</summary>
internal abstract record ValueSpec
{
    /// <summary>For messages: "must be …".</summary>
    public abstract string Expected { get; }

    /// <param name="key">The key that holds the value, for messages.</param>
    /// <exception cref="BadInputException">The value may not stand here.</exception>
    public abstract void Check(YamlNode node, string key, StudyErrors errors);

    public abstract JsonObject Schema();

    /// <summary>Whether a value is meant to be of this kind, right or wrong in detail.</summary>
    public abstract bool Fits(YamlNode node);
}

/// <summary>One key of a map.</summary>
internal sealed record KeySpec(string Name, ValueSpec Value, string Description, bool Required = false);

/// <summary>A map of known keys.</summary>
internal sealed record MapSpec(IReadOnlyList<KeySpec> Keys) : ValueSpec
{
    public override string Expected => "a map";

    public override bool Fits(YamlNode node) => node is YamlMapping;

    public override void Check(YamlNode node, string key, StudyErrors errors)
    {
        if (node is not YamlMapping map)
            throw errors.Type(node, key, Keys.Count == 0 ? "an empty map {}" : $"a map of {string.Join(", ", Keys.Select(k => k.Name))}");
        foreach (var (name, value) in map.Entries)
        {
            var known = Keys.FirstOrDefault(k => k.Name == name.Text)
                ?? throw errors.Unknown(name, "key", name.Text, [.. Keys.Select(k => k.Name)]);
            known.Value.Check(value, known.Name, errors);
        }
        if (Keys.FirstOrDefault(k => k.Required && map.Find(k.Name) is null) is { } missing)
            throw errors.At(node, "study.missing_key", $"the key '{missing.Name}' is missing ({missing.Description.TrimEnd('.')})");
    }

    public override JsonObject Schema()
    {
        var properties = new JsonObject();
        foreach (var key in Keys)
        {
            var schema = key.Value.Schema();
            schema["description"] = key.Description;
            properties[key.Name] = schema;
        }
        var result = new JsonObject { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        if (Keys.Any(k => k.Required))
            result["required"] = new JsonArray([.. Keys.Where(k => k.Required).Select(k => (JsonNode)k.Name)]);
        return result;
    }
}

/// <summary>A list.</summary>
/// <param name="PlannedMore">What to say of more items, where a later version will take them.</param>
internal sealed record ListSpec(ValueSpec Item, int Minimum, int Maximum = int.MaxValue, string? PlannedMore = null) : ValueSpec
{
    public override string Expected => (Minimum, Maximum) switch
    {
        (0, int.MaxValue) => "a list",
        (var low, int.MaxValue) => FormattableString.Invariant($"a list of at least {low}"),
        var (low, high) => low == high ? FormattableString.Invariant($"a list of {low}") : FormattableString.Invariant($"a list of {low} to {high}"),
    };

    public override bool Fits(YamlNode node) => node is YamlSequence;

    public override void Check(YamlNode node, string key, StudyErrors errors)
    {
        if (node is not YamlSequence list)
            throw errors.Type(node, key, Expected);
        if (PlannedMore is not null && list.Items.Count > Maximum)
            throw errors.At(list.Items[Maximum], "study.not_supported", PlannedMore);
        if (list.Items.Count < Minimum || list.Items.Count > Maximum)
            throw errors.At(node, "study.count", FormattableString.Invariant($"'{key}' must be {Expected}, got {list.Items.Count}"));
        foreach (var item in list.Items)
            Item.Check(item, key, errors);
    }

    public override JsonObject Schema()
    {
        var result = new JsonObject { ["type"] = "array", ["items"] = Item.Schema() };
        if (Minimum > 0)
            result["minItems"] = Minimum;
        if (Maximum < int.MaxValue)
            result["maxItems"] = Maximum;
        return result;
    }
}

/// <summary>A map of names that the study chooses to texts; numbers are taken as they are written (<c>007</c> stays <c>007</c>).</summary>
internal sealed record TextMapSpec : ValueSpec
{
    public override string Expected => "a map of text to text";

    public override bool Fits(YamlNode node) => node is YamlMapping;

    public override void Check(YamlNode node, string key, StudyErrors errors)
    {
        if (node is not YamlMapping map)
            throw errors.Type(node, key, Expected);
        foreach (var (name, value) in map.Entries)
        {
            if (value is not YamlScalar { IsNull: false } text || text.Text.Trim().Length == 0)
                throw errors.Type(value, name.Shown, "an id");
        }
    }

    public override JsonObject Schema() => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") },
    };
}

/// <summary>One of several kinds of value, told apart by their shape.</summary>
internal sealed record AnyOfSpec(params IReadOnlyList<ValueSpec> Kinds) : ValueSpec
{
    public override string Expected => string.Join(" or ", Kinds.Select(k => k.Expected));

    public override bool Fits(YamlNode node) => Kinds.Any(k => k.Fits(node));

    public override void Check(YamlNode node, string key, StudyErrors errors)
    {
        var kind = Kinds.FirstOrDefault(k => k.Fits(node)) ?? throw errors.Type(node, key, Expected);
        kind.Check(node, key, errors);
    }

    public override JsonObject Schema() => new() { ["anyOf"] = new JsonArray([.. Kinds.Select(k => k.Schema())]) };
}
