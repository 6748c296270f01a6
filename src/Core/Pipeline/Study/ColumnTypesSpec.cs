using System.Text.Json.Nodes;

namespace RadiogenomicsCloud.Pipeline;

/// <summary>A map of columns, which the study names, to what their values are.</summary>
internal sealed record ColumnTypesSpec : ValueSpec
{
    private const string Nominal = "nominal";
    private const string Ordinal = "ordinal";

    private static readonly ListSpec Levels = new(new TextSpec(AsWritten: true), 2, 1000);
    private static readonly AnyOfSpec Type = new(
        new ChoiceSpec([Nominal, Ordinal]),
        new MapSpec([new(Nominal, Levels, "The levels; other cells are missing."), new(Ordinal, Levels, "The levels from the lowest to the highest; other cells are missing.")]));

    public override string Expected => "a map of columns to nominal or ordinal";

    public override bool Fits(YamlNode node) => node is YamlMapping;

    public override void Check(YamlNode node, string key, StudyErrors errors)
    {
        if (node is not YamlMapping map)
            throw errors.Type(node, key, Expected);
        foreach (var (name, value) in map.Entries)
        {
            Type.Check(value, name.Shown, errors);
            if (value is not YamlMapping given)
                continue;
            if (given.Entries.Count != 1)
                throw errors.At(value, "study.combination", $"'{name.Shown}' must be either {Nominal} or {Ordinal}");
            var levels = given.Texts(given.Entries[0].Key.Text)!;
            if (levels.Distinct(StringComparer.Ordinal).Count() < levels.Count)
                throw errors.At(value, "study.duplicate", $"'{name.Shown}' has a level twice");
        }
    }

    public override JsonObject Schema() => new() { ["type"] = "object", ["additionalProperties"] = Type.Schema() };

    /// <summary>The types of a checked map.</summary>
    public static SortedDictionary<string, ColumnType> Read(YamlMapping map)
    {
        var types = new SortedDictionary<string, ColumnType>(StringComparer.Ordinal);
        foreach (var (name, value) in map.Entries)
        {
            var (kind, levels) = value is YamlMapping given
                ? (given.Entries[0].Key.Text, given.Texts(given.Entries[0].Key.Text))
                : (((YamlScalar)value).Text, null);
            types[name.Text.Trim()] = new(kind == Ordinal ? ColumnKind.Ordinal : ColumnKind.Nominal, levels);
        }
        return types;
    }
}
