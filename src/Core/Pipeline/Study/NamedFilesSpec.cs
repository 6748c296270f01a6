using System.Text.Json.Nodes;

namespace RadiogenomicsCloud.Pipeline;

/// <summary>A map of names that the study chooses to files of the cohort.</summary>
internal sealed record NamedFilesSpec(TextSpec Name, TextSpec File) : ValueSpec
{
    public override string Expected => "a map of names to files";

    public override bool Fits(YamlNode node) => node is YamlMapping { Entries.Count: > 0 };

    public override void Check(YamlNode node, string key, StudyErrors errors)
    {
        if (!Fits(node))
            throw errors.Type(node, key, Expected);
        foreach (var (name, value) in ((YamlMapping)node).Entries)
        {
            Name.Check(name, key, errors);
            File.Check(value, name.Shown, errors);
        }
    }

    public override JsonObject Schema() => new()
    {
        ["type"] = "object",
        ["minProperties"] = 1,
        ["propertyNames"] = Name.Schema(),
        ["additionalProperties"] = File.Schema(),
    };

    /// <summary>The files of a checked map.</summary>
    public static SortedDictionary<string, string> Read(YamlMapping map)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in map.Entries)
            files[name.Text.Trim()] = ((YamlScalar)value).Text.Trim();
        return files;
    }
}
