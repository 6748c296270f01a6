using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace RadiogenomicsCloud.Pipeline;

/// <summary>
/// The JSON of payloads, and its one canonical form: UTF-8 without spaces, object keys sorted ordinally, numbers in their shortest
/// form that reads back to the same value, properties that are null left out (so that a new optional setting changes no key).
/// A missing number, NaN, is <c>null</c> and reads back as NaN; an infinity is our bug.
/// </summary>
public static class CanonicalJson
{
    private static readonly JsonSerializerOptions KeyOptions = Create(withoutKeylessProperties: true);

    /// <summary>Options of every payload and of every JSON file that the pipeline writes: camelCase, enums by name.</summary>
    public static JsonSerializerOptions Options { get; } = Create(withoutKeylessProperties: false);

    public static JsonElement ToElement<T>(T value) => JsonSerializer.SerializeToElement(value, Options);

    /// <exception cref="JsonException">The element does not have the shape of <typeparamref name="T"/>.</exception>
    public static T FromElement<T>(JsonElement element) =>
        element.Deserialize<T>(Options) ?? throw new JsonException($"null where a {typeof(T).Name} was expected.");

    /// <summary>The canonical UTF-8 bytes of an element.</summary>
    public static byte[] Serialize(JsonElement element)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(writer, element);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The canonical UTF-8 bytes of a value, all properties included.</summary>
    public static byte[] Serialize<T>(T value) => Serialize(ToElement(value));

    /// <summary>SHA-256 of the canonical bytes without what is <see cref="NotInKeyAttribute"/>, in lower-case hexadecimal.</summary>
    public static string Hash<T>(T value) => Hex(Serialize(JsonSerializer.SerializeToElement(value, KeyOptions)));

    /// <summary>The key of a step's outcome: SHA-256 over name, version and canonical input, in lower-case hexadecimal.</summary>
    public static string StepKey<TIn>(string name, int version, TIn input) => Hash(new StepKeyContent<TIn>(name, version, input));

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static JsonSerializerOptions Create(bool withoutKeylessProperties)
    {
        var resolver = new DefaultJsonTypeInfoResolver();
        if (withoutKeylessProperties)
            resolver.Modifiers.Add(RemoveKeylessProperties);
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            MaxDepth = 64,
            TypeInfoResolver = resolver,
            Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false), new MissingAsNull(), new OptionalMissingAsNull() },
        };
        options.MakeReadOnly();
        return options;
    }

    private static void RemoveKeylessProperties(JsonTypeInfo type)
    {
        for (var p = type.Properties.Count - 1; p >= 0; p--)
        {
            if (type.Properties[p].AttributeProvider?.IsDefined(typeof(NotInKeyAttribute), inherit: true) == true)
                type.Properties.RemoveAt(p);
        }
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in element.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                WriteNumber(writer, element);
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, JsonElement element)
    {
        // Seeds are 64-bit integers and must not pass through a double.
        if (element.TryGetInt64(out var signed))
            writer.WriteNumberValue(signed);
        else if (element.TryGetUInt64(out var unsigned))
            writer.WriteNumberValue(unsigned);
        else
            writer.WriteNumberValue(element.GetDouble());
    }

    private sealed record StepKeyContent<TIn>(string Name, int Version, TIn Input);

    private sealed class MissingAsNull : JsonConverter<double>
    {
        public override bool HandleNull => true;

        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => WriteFinite(writer, value);

        public static void WriteFinite(Utf8JsonWriter writer, double value)
        {
            if (double.IsInfinity(value))
                throw new InvalidOperationException("An infinite number has no place in a payload.");
            if (double.IsNaN(value))
                writer.WriteNullValue();
            else
                writer.WriteNumberValue(value);
        }
    }

    // The converter of double would turn an absent optional number into NaN.
    private sealed class OptionalMissingAsNull : JsonConverter<double?>
    {
        public override double? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? null : reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double? value, JsonSerializerOptions options) =>
            MissingAsNull.WriteFinite(writer, value ?? double.NaN);
    }
}
