using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RadiogenomicsCloud.Pipeline;

/// <summary>The JSON Schema (draft 2020-12) of study files, made of the same tables as the parser; editors use it for YAML too.</summary>
public static class StudySchema
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema as indented JSON with a final line break.</summary>
    public static string Generate() => Generate(StudyVocabulary.Standard);

    /// <inheritdoc cref="Generate()"/>
    public static string Generate(StudyVocabulary vocabulary)
    {
        var schema = StudySpec.Study(vocabulary).Schema();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "RadiogenomicsCloud study file");
        schema["anyOf"] = new JsonArray(Required([.. StudyBinder.KeysOfModels]), Required("association"));
        return schema.ToJsonString(Indented) + "\n";

        static JsonObject Required(params string[] keys) => new() { ["required"] = new JsonArray([.. keys.Select(k => (JsonNode)k)]) };
    }
}
