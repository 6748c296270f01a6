using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

/// <summary>The page that explains the study file: its tables are made of those of the parser, and its examples are read.</summary>
public partial class StudyGuideTests
{
    private static readonly string PagePath = Path.Combine(ReferenceData.RepositoryRoot(), "docs", "study-file.md");

    private static readonly StudyVocabulary Vocabulary = StudyVocabulary.Standard;

    public static TheoryData<string> Tables => ["keys", "select", "models", "tune", "validate"];

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_table_of_the_page_is_the_generated_one(string name) => GeneratedTable.Check(PagePath, name, Generate(name));

    [Fact]
    public void Every_example_of_the_page_is_read()
    {
        var examples = Example().Matches(File.ReadAllText(PagePath)).Select(m => m.Groups[1].Value).ToList();
        Assert.Contains(examples, e => e.StartsWith("schema:", StringComparison.Ordinal));
        var complete = examples.First(e => e.StartsWith("schema:", StringComparison.Ordinal));
        foreach (var example in examples)
        {
            // A part stands for the same key of the complete file.
            var keys = TopLevelKey().Matches(example).Select(m => m.Value).ToList();
            var rest = TopLevelPart().Replace(complete, part => keys.Contains(TopLevelKey().Match(part.Value).Value) ? "" : part.Value);
            StudyFile.Parse(example.StartsWith("schema:", StringComparison.Ordinal) ? example : rest + example, "study-file.md");
        }
    }

    [GeneratedRegex("```yaml\\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("^\\w+(?=:)", RegexOptions.Multiline)]
    private static partial Regex TopLevelKey();

    [GeneratedRegex("^\\w+:.*\\n(?:[ #-].*\\n)*", RegexOptions.Multiline)]
    private static partial Regex TopLevelPart();

    private static string Generate(string table) => table switch
    {
        "keys" => "| key | value | meaning |\n| --- | --- | --- |\n" + string.Concat(Rows("", StudySpec.Study(Vocabulary))),
        "select" => string.Concat(Vocabulary.Select.Select(Entry)),
        "models" => string.Concat(Vocabulary.Models.Select(Entry)),
        "tune" => string.Concat(Vocabulary.Tuners.Select(Entry)),
        _ => string.Concat(ValidationEntries.All.Select(Entry)),
    };

    private static IEnumerable<string> Rows(string prefix, MapSpec map)
    {
        foreach (var key in map.Keys)
        {
            var required = key.Required ? " (required)" : "";
            yield return $"| `{prefix}{key.Name}`{required} | {Cell(Value(key.Value))} | {Cell(key.Description)} |\n";
            foreach (var row in Inner(key.Value) is var (inner, path) ? Rows($"{prefix}{key.Name}{path}.", inner) : [])
                yield return row;
        }
    }

    private static (MapSpec Map, string Path)? Inner(ValueSpec value) => value switch
    {
        MapSpec map => (map, ""),
        ListSpec { Item: MapSpec map } => (map, "[]"),
        AnyOfSpec any when any.Kinds.OfType<MapSpec>().FirstOrDefault() is { } map => (map, ""),
        _ => null,
    };

    private static string Value(ValueSpec value) => value switch
    {
        ListSpec list => $"{list.Expected}, each {Value(list.Item)}",
        AnyOfSpec any => string.Join(" or ", any.Kinds.Select(Value)),
        _ => value.Expected,
    };

    private static string Entry(RegistryEntry entry)
    {
        var text = new StringBuilder($"**`{entry.Name}`** – {entry.Summary}{Endpoints(entry)}\n\n");
        if (entry.Options.Count == 0)
            return text.Append("No options.\n\n").ToString();
        text.Append("| option | value | default | meaning |\n| --- | --- | --- | --- |\n");
        var keys = NamedOptionsSpec.Keys(entry).Keys;
        foreach (var (option, key) in entry.Options.Zip(keys))
            text.Append(CultureInfo.InvariantCulture, $"| `{option.Name}` | {Cell(Value(key.Value))} | {Default(option)} | {Cell(option.Description)} |\n");
        return text.Append('\n').ToString();
    }

    private static string Endpoints(RegistryEntry entry) => entry.Endpoints.Count == Enum.GetValues<EndpointKind>().Length
        ? ""
        : $" For {string.Join(", ", entry.Endpoints.Select(e => e.ToString().ToLowerInvariant()))} endpoints.";

    private static string Default(OptionDescriptor option) => option.Default switch
    {
        null or "" => "",
        true => "true",
        false => "false",
        double[] list => string.Join(", ", list.Select(v => v.ToString(CultureInfo.InvariantCulture))),
        var value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
