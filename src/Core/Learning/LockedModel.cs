using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// A model as it leaves the study (<c>model.json</c>): plain numbers, everything needed to score a new case, no rows unless it says so (<see cref="HoldsRows"/>). Read back, it predicts
/// the same bits. The training subjects are held as HMAC-SHA-256 of cohort and patient under a key that is in the file too (the SHA-256 of the
/// model itself). That lets any holder find out whether cases of their own overlap with the training, and shows no id to a reader; it does
/// not protect ids that can be guessed: who suspects a certain patient can test it, as every overlap check must allow.
/// </summary>
public sealed class LockedModel : IScoringModel
{
    /// <summary>The newest schema that is read, and the one that is written.</summary>
    public const int CurrentSchema = 2;

    /// <summary>Files past this size are refused unread.</summary>
    public const int GreatestLength = 64 * 1024 * 1024;

    private readonly byte[] key;
    private readonly HashSet<string> subjects;

    private LockedModel(FittedPipeline pipeline, string endpoint, IReadOnlyList<string> labels, JsonElement? study, byte[] key, HashSet<string> subjects)
    {
        (Pipeline, EndpointName, Labels, Study) = (pipeline, endpoint, labels, study);
        (this.key, this.subjects) = (key, subjects);
    }

    public string EndpointName { get; }

    /// <summary>Binary: the event and the reference; multiclass: the classes in the order of their probabilities; else empty.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>What the layers above need to make the columns again, passed through as it is: image settings, versions, thresholds.</summary>
    public JsonElement? Study { get; }

    public IReadOnlyList<string> Columns => Pipeline.Columns;

    public IReadOnlyList<string> Selected => Pipeline.Selected;

    /// <summary>How many subjects the model was trained on.</summary>
    public int SubjectCount => subjects.Count;

    /// <summary>Weights on the scale of the table; null where the model is not linear.</summary>
    public IReadOnlyList<Coefficient>? Coefficients => Pipeline.Coefficients;

    /// <summary>The log-odds (of a number the expected value) at zero of every column; null where the model is not linear.</summary>
    public double? Intercept => Pipeline.Intercept;

    /// <summary>The hazard of a case whose risk score is 0; null but for a Cox regression.</summary>
    public BaselineHazard? Baseline => Pipeline.Model switch
    {
        FittedLinearModel linear => linear.Baseline,
        _ => null,
    };

    internal FittedPipeline Pipeline { get; }

    /// <summary>Locks a fitted pipeline. <paramref name="study"/> is kept as it is.</summary>
    public static LockedModel Create(FittedPipeline pipeline, Endpoint endpoint, JsonElement? study)
    {
        ArgumentNullException.ThrowIfNull(pipeline);
        ArgumentNullException.ThrowIfNull(endpoint);
        var key = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { endpoint = endpoint.Name, model = pipeline.ToJson() }));
        var subjects = pipeline.Seen.Select(s => Hash(key, s)).ToHashSet(StringComparer.Ordinal);
        return new(pipeline, endpoint.Name, LabelsOf(endpoint), study?.Clone(), key, subjects);
    }

    /// <summary>Whether an endpoint is of the model's kind and labels: its name may differ.</summary>
    public bool Fits(Endpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return endpoint.Kind == EndpointKind && LabelsOf(endpoint).SequenceEqual(Labels);
    }

    /// <summary>The labels of an endpoint as a model keeps them.</summary>
    public static IReadOnlyList<string> LabelsOf(Endpoint endpoint) => endpoint switch
    {
        BinaryEndpoint binary => [binary.EventLabel, binary.ReferenceLabel],
        MulticlassEndpoint classes => classes.Labels,
        _ => [],
    };

    public bool HasSeen(RowId row) => subjects.Contains(Hash(key, row.Subject));

    public EndpointKind EndpointKind => Pipeline.EndpointKind;

    /// <summary>Whether the file holds values of training rows; see <see cref="IFitted.HoldsRows"/>.</summary>
    public bool HoldsRows => Pipeline.HoldsRows;

    /// <summary>What the file can tell of single training cases; see <see cref="Disclosures"/>.</summary>
    public IReadOnlyList<string> Discloses => Pipeline.Discloses;

    public Predictions Predict(Predictors predictors, IReadOnlyList<double> times) => Pipeline.Predict(predictors, times);

    /// <summary>Writes UTF-8 JSON; the same model gives the same bytes.</summary>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        writer.WriteStartObject();
        writer.WriteNumber("schema", CurrentSchema);
        writer.WriteStartObject("endpoint");
        writer.WriteString("name", EndpointName);
        writer.WriteString("kind", EndpointKind.ToString());
        writer.WriteStartArray("labels");
        foreach (var label in Labels)
            writer.WriteStringValue(label);
        writer.WriteEndArray();
        writer.WriteEndObject();
        // For whoever passes the file on; what reads it goes by the model itself.
        if (HoldsRows)
            writer.WriteBoolean("holds_rows", true);
        if (Discloses.Count > 0)
        {
            writer.WriteStartArray("discloses");
            foreach (var what in Discloses)
                writer.WriteStringValue(what);
            writer.WriteEndArray();
        }
        writer.WritePropertyName("model");
        Pipeline.ToJson().WriteTo(writer);
        writer.WriteStartObject("subjects");
        writer.WriteString("method", "HMAC-SHA-256");
        writer.WriteString("key", Convert.ToHexStringLower(key));
        writer.WriteStartArray("hashes");
        foreach (var subject in subjects.Order(StringComparer.Ordinal))
            writer.WriteStringValue(subject);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WritePropertyName("study");
        if (Study is { } study)
            study.WriteTo(writer);
        else
            writer.WriteNullValue();
        writer.WriteEndObject();
    }

    /// <summary>Reads a model file. A newer schema, unknown kinds, numbers that are not finite and any damage are a <see cref="BadInputException"/>.</summary>
    public static LockedModel Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var document = Parse(ReadBounded(stream));
        var json = document.RootElement;
        var schema = PlainJson.Number(json, "schema");
        if (schema > CurrentSchema)
        {
            throw new BadInputException(
                "model.newer_schema", $"The model file has a newer schema than {CurrentSchema}, the newest that this version reads; update it.", "schema");
        }
        if (schema is not (1 or CurrentSchema))
            throw PlainJson.Invalid("schema", "is not a schema that ever was");
        var endpoint = PlainJson.Property(json, "endpoint");
        var subjects = PlainJson.Property(json, "subjects");
        var hashes = PlainJson.Names(subjects, "hashes");
        if (Array.Exists(hashes, h => h.Length != 64 || !h.All(char.IsAsciiHexDigitLower)))
            throw PlainJson.Invalid("hashes", "holds something that is not a SHA-256");
        var study = PlainJson.Property(json, "study");
        var pipeline = LearningRegistry.ReadPipeline(PlainJson.Property(json, "model"));
        // The first schema knew binary endpoints only.
        var labels = schema == 1 ? [PlainJson.Text(endpoint, "event"), PlainJson.Text(endpoint, "reference")] : ReadLabels(endpoint, pipeline.EndpointKind);
        if (pipeline.EndpointKind is EndpointKind.Multiclass && labels.Length != FittedRecalibration.Width(pipeline))
            throw PlainJson.Invalid("labels", "are not as many as the model has classes");
        return new(
            pipeline,
            PlainJson.Text(endpoint, "name"),
            labels,
            study.ValueKind is JsonValueKind.Null ? null : study.Clone(),
            Key(PlainJson.Text(subjects, "key")),
            hashes.ToHashSet(StringComparer.Ordinal));
    }

    private static string[] ReadLabels(JsonElement endpoint, EndpointKind kind)
    {
        if (PlainJson.Text(endpoint, "kind") != kind.ToString())
            throw PlainJson.Invalid("kind", "is not that of the model");
        var labels = PlainJson.Names(endpoint, "labels");
        var sound = kind switch
        {
            EndpointKind.Binary => labels.Length == 2,
            EndpointKind.Multiclass => labels.Length > 2,
            _ => labels.Length == 0,
        };
        return sound ? labels : throw PlainJson.Invalid("labels", "are not those of such an endpoint");
    }

    private static byte[] Key(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigit)
        ? Convert.FromHexString(text)
        : throw PlainJson.Invalid("key", "is not 32 bytes in hexadecimal");

    // The length of the cohort's name keeps ("ab", "c") apart from ("a", "bc").
    private static string Hash(byte[] key, (string Cohort, string Patient) subject) => Convert.ToHexStringLower(
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{subject.Cohort.Length}:{subject.Cohort}{subject.Patient}")));

    private static JsonDocument Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            RequireText(bytes.Span);
            return JsonDocument.Parse(bytes);
        }
        catch (Exception inner) when (inner is JsonException or InvalidOperationException)
        {
            throw new BadInputException("model.not_json", "The model file is not JSON; give the model.json that a run wrote.", inner: inner);
        }
    }

    // JSON takes bytes that are no UTF-8 and escapes of half a character for text; whoever asks for it later gets another exception.
    private static void RequireText(ReadOnlySpan<byte> bytes)
    {
        if (!Utf8.IsValid(bytes))
            throw new JsonException("The file is not UTF-8.");
        var reader = new Utf8JsonReader(bytes);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                _ = reader.GetString();
        }
    }

    private static ReadOnlyMemory<byte> ReadBounded(Stream stream)
    {
        var content = new ArrayBufferWriter<byte>();
        while (true)
        {
            var read = stream.Read(content.GetSpan(64 * 1024));
            if (read == 0)
                return content.WrittenMemory;
            content.Advance(read);
            if (content.WrittenCount > GreatestLength)
                throw new BadInputException("model.too_large", $"The model file is larger than {GreatestLength / (1024 * 1024)} MiB; give the model.json that a run wrote.");
        }
    }
}
