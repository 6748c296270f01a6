using System.Text.Json.Nodes;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Pipeline;

/// <summary>One <c>{name: options}</c> of an ordered list; names and options are those of a registry.</summary>
/// <param name="What">What the names are, for messages.</param>
internal sealed record NamedOptionsSpec(string What, IReadOnlyList<RegistryEntry> Entries) : ValueSpec
{
    public override string Expected => $"a {What} written as {{name: {{options}}}}";

    public override bool Fits(YamlNode node) => node is YamlMapping;

    public override void Check(YamlNode node, string key, StudyErrors errors)
    {
        if (node is not YamlMapping { Entries: [var (name, options)] })
            throw errors.Type(node, key, Expected);
        var entry = Entries.FirstOrDefault(e => e.Name == name.Text)
            ?? throw errors.Unknown(name, What, name.Text, [.. Entries.Select(e => e.Name)]);
        OptionsOf(entry).Check(options, entry.Name, errors);
    }

    public override JsonObject Schema() => new()
    {
        ["oneOf"] = new JsonArray([.. Entries.Select(e => (JsonNode)new JsonObject
        {
            ["type"] = "object",
            ["description"] = e.Summary,
            ["properties"] = new JsonObject { [e.Name] = OptionsOf(e).Schema() },
            ["required"] = new JsonArray(e.Name),
            ["additionalProperties"] = false,
        })]),
    };

    /// <summary>The options of an entry as keys of a map.</summary>
    public static MapSpec Keys(RegistryEntry entry) => new([.. entry.Options.Select(o => new KeySpec(o.Name, ValueOf(o), o.Description))]);

    private static AnyOfSpec OptionsOf(RegistryEntry entry) => new(Keys(entry), new NullSpec());

    private static ValueSpec ValueOf(OptionDescriptor option) => option.Type switch
    {
        OptionType.Number => new NumberSpec(option.Minimum, option.Maximum),
        OptionType.Integer => new IntegerSpec((ulong)Math.Max(0, option.Minimum ?? 0), (ulong)(option.Maximum ?? int.MaxValue)),
        OptionType.Boolean => new BooleanSpec(),
        OptionType.NumberList => new AnyOfSpec(
            new NumberSpec(option.Minimum, option.Maximum), new ListSpec(new NumberSpec(option.Minimum, option.Maximum), 1, 1000)),
        _ => option.Choices is { } choices ? new ChoiceSpec(choices) : new TextSpec(),
    };
}
