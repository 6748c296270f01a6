using System.Text.Json.Nodes;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Learning;

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
    public static MapSpec Keys(RegistryEntry entry) => new([.. entry.Options.Select(o => new KeySpec(o.Name, ValueOf(entry, o), o.Description))]);

    private static AnyOfSpec OptionsOf(RegistryEntry entry) => new(Keys(entry), new NullSpec());

    private static ValueSpec ValueOf(RegistryEntry entry, OptionDescriptor option)
    {
        var single = ValueOf(option);
        if (!OptionSearch.IsTunable(entry, option))
            return single;
        // A word and a text are told apart by the word being one of the choices.
        var word = single is ChoiceSpec choices ? new ChoiceSpec([.. choices.Choices, OptionSearch.Word]) : new ChoiceSpec([OptionSearch.Word]);
        List<ValueSpec> kinds = single is ChoiceSpec ? [] : [single];
        if (option.Type is not OptionType.NumberList)
            kinds.Add(new ListSpec(single, 1, OptionSearch.LongestList));
        if (option.Search is not null)
            kinds.Add(Range(option));
        return new AnyOfSpec([.. kinds, word]);
    }

    private static MapSpec Range(OptionDescriptor option)
    {
        var end = option.Type is OptionType.NumberList ? new NumberSpec(option.Minimum, option.Maximum) : ValueOf(option);
        return new(
        [
            new("from", end, "Least value that is tried.", Required: true),
            new("to", end, "Greatest value that is tried.", Required: true),
            new("scale", new ChoiceSpec(["log", "linear"]), option.Search!.Logarithmic ? "Scale of the search; log if not given." : "Scale of the search; linear if not given."),
        ]);
    }

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
