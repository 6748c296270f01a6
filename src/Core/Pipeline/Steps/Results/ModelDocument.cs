using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RadiogenomicsCloud.Learning;

namespace RadiogenomicsCloud.Pipeline.Steps.Results;

/// <summary>A locked model of <c>model.json</c> with the predictor set that it reads.</summary>
/// <param name="ModelName">As in the study's list of models.</param>
public sealed record LockedSet(string Set, string ModelName, LockedModel Model)
{
    /// <summary>
    /// Where its score becomes a decision or a high risk, fixed on its own training cases; null for endpoints without, and in files that do not say.
    /// </summary>
    public double? CutOff { get; init; }
}

/// <summary>
/// <c>model.json</c>: the locked models of a study, one a predictor set, and the study that made them, so that the same predictors can be
/// made of another cohort. All sets are in it: choosing the best looking one would be selection that nothing has validated.
/// </summary>
public sealed record ModelDocument(Study Study, IReadOnlyList<LockedSet> Models)
{
    private const int CurrentSchema = 1;
    private const int GreatestLength = 256 * 1024 * 1024;

    /// <summary>A model file may come from anybody: what a study cannot be without must be there.</summary>
    private static readonly JsonSerializerOptions Strict = new(CanonicalJson.Options)
    {
        RespectNullableAnnotations = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RequireWhatMayNotBeNull } },
    };

    /// <summary>Writes UTF-8 JSON; the same document gives the same bytes.</summary>
    public void Write(Stream stream)
    {
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        writer.WriteStartObject();
        writer.WriteNumber("schema", CurrentSchema);
        writer.WritePropertyName("study");
        CanonicalJson.ToElement(Study).WriteTo(writer);
        writer.WriteStartArray("models");
        foreach (var locked in Models)
        {
            using var bytes = new MemoryStream();
            locked.Model.Write(bytes);
            writer.WriteStartObject();
            writer.WriteString("set", locked.Set);
            writer.WriteString("model", locked.ModelName);
            if (locked.CutOff is { } cutOff)
                writer.WriteNumber("cut_off", cutOff);
            writer.WritePropertyName("locked");
            writer.WriteRawValue(bytes.ToArray());
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>Reads a model file that is an artifact.</summary>
    /// <exception cref="TransientException">The artifact is gone.</exception>
    public static async Task<ModelDocument> Read(IArtifactStore artifacts, ArtifactRef reference, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(artifacts);
        await using var stream = await artifacts.OpenRequired(reference, cancel);
        return Read(stream);
    }

    /// <exception cref="BadInputException">Not a model file, a newer one, or a damaged one.</exception>
    public static ModelDocument Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (stream.Length > GreatestLength)
            throw new BadInputException("model.too_large", $"The model file is larger than {GreatestLength >> 20} MiB; give the model.json that a run wrote.");
        try
        {
            using var document = JsonDocument.Parse(stream);
            var json = document.RootElement;
            if (json.GetProperty("schema").GetInt32() is var schema && schema != CurrentSchema)
                throw new BadInputException("model.newer_schema", $"The model file has the schema {schema}; this version reads {CurrentSchema}.");
            var models = new List<LockedSet>();
            foreach (var entry in json.GetProperty("models").EnumerateArray())
            {
                var bytes = new ArrayBufferWriter<byte>();
                using (var writer = new Utf8JsonWriter(bytes))
                    entry.GetProperty("locked").WriteTo(writer);
                using var locked = new MemoryStream(bytes.WrittenSpan.ToArray());
                models.Add(new(Text(entry, "set"), Text(entry, "model"), LockedModel.Read(locked))
                {
                    CutOff = entry.TryGetProperty("cut_off", out var cutOff) ? cutOff.GetDouble() : null,
                });
            }
            if (models.Count == 0)
                throw new JsonException("No model.");
            return new(ReadStudy(json.GetProperty("study")), models);
        }
        catch (Exception inner) when (inner is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new BadInputException("model.damaged", "The file is not a model.json as a run writes it.", inner: inner);
        }
    }

    private static string Text(JsonElement entry, string name) =>
        entry.GetProperty(name).GetString() ?? throw new JsonException($"'{name}' is null.");

    private static Study ReadStudy(JsonElement json)
    {
        // Nothing that is null is ever written, so that an item of a list cannot be either.
        if (HasNull(json))
            throw new JsonException("A null in the study.");
        var study = json.Deserialize<Study>(Strict) ?? throw new JsonException("No study.");
        return study.Endpoints.Count > 0 && study.Compare.Count > 0 ? study : throw new JsonException("A study without endpoint or predictors.");
    }

    private static bool HasNull(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.Array => json.EnumerateArray().Any(HasNull),
        // Options of a registry are its own to check.
        JsonValueKind.Object => json.EnumerateObject().Any(p => !p.NameEquals("options") && HasNull(p.Value)),
        _ => false,
    };

    private static void RequireWhatMayNotBeNull(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (property.AssociatedParameter is { IsNullable: false, HasDefaultValue: false })
                property.IsRequired = true;
        }
    }
}
