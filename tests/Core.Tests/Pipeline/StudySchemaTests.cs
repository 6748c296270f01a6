using System.Text.Json;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

public class StudySchemaTests
{
    private static readonly string CommittedPath = Path.Combine(ReferenceData.RepositoryRoot(), "docs", "study.schema.json");

    [Fact]
    public void The_published_schema_is_the_generated_one()
    {
        var generated = StudySchema.Generate();
        if (GoldenFile.Updating)
            File.WriteAllText(CommittedPath, generated);
        Assert.True(
            File.Exists(CommittedPath) && File.ReadAllText(CommittedPath) == generated,
            $"docs/study.schema.json is not what the registries say: run the tests once with {GoldenFile.UpdateVariable}=1 and commit it.");
    }

    [Fact]
    public void It_names_the_draft_the_keys_and_the_registered_names()
    {
        using var schema = JsonDocument.Parse(StudySchema.Generate());
        var root = schema.RootElement;
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", root.GetProperty("$schema").GetString());
        Assert.False(root.GetProperty("additionalProperties").GetBoolean());
        Assert.Equal(["schema", "study", "ids"], Required(root));
        // Models, or a map, or both.
        Assert.Equal([["endpoints", "models", "validate"], ["association"]], root.GetProperty("anyOf").EnumerateArray().Select(Required));
        var bins = root.GetProperty("properties").GetProperty("imaging").GetProperty("items").GetProperty("properties")
            .GetProperty("discretise").GetProperty("properties").GetProperty("bins");
        Assert.Equal((2, 65_535), (bins.GetProperty("minimum").GetInt32(), bins.GetProperty("maximum").GetInt32()));
        Assert.All(StudyVocabulary.Standard.Select, e => Assert.Contains($"\"{e.Name}\"", root.GetRawText(), StringComparison.Ordinal));

        static string[] Required(JsonElement of) => [.. of.GetProperty("required").EnumerateArray().Select(r => r.GetString()!)];
    }
}
