using System.Globalization;
using System.Text.Json;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Service.Intake;

/// <summary>
/// Reads the JSON of a manifest token by token: nothing is built from it before it has been looked at. Whatever the bytes are, the only
/// exception is a <see cref="BadInputException"/>.
/// </summary>
internal ref struct ManifestReader
{
    private const int MaximumDepth = 8;
    private static readonly string[] Keys = ["schema", "site", "deidentification", "files"];
    private static readonly string[] FileKeys = ["path", "size", "sha256"];
    private static readonly string[] StatementKeys = ["method", "not_required"];

    private readonly IntakeLimits limits;
    private Utf8JsonReader json;

    private ManifestReader(ReadOnlySpan<byte> bytes, IntakeLimits limits)
    {
        this.limits = limits;
        json = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = MaximumDepth });
    }

    public static CohortManifest? Read(ReadOnlyMemory<byte> bytes, IntakeLimits limits)
    {
        var content = bytes.Span;
        if (content.StartsWith("\uFEFF"u8))
            content = content[3..];
        if (content.Trim(" \t\r\n"u8).IsEmpty)
            return null;
        try
        {
            return new ManifestReader(content, limits).Document();
        }
        catch (JsonException broken)
        {
            throw Bad("manifest.json", FormattableString.Invariant($"is not valid JSON at line {(broken.LineNumber ?? 0) + 1}"), broken);
        }
        catch (InvalidOperationException broken)
        {
            // What the JSON reader throws where a text is not Unicode.
            throw Bad("manifest.json", "has a text that is not valid Unicode", broken);
        }
    }

    private CohortManifest Document()
    {
        json.Read();
        Require(JsonTokenType.StartObject, "the manifest", "an object");
        string? site = null;
        DeidentificationStatement? statement = null;
        List<ManifestFile>? files = null;
        RequireSchema();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (NextKey("the manifest", Keys, seen) is { } key)
        {
            switch (key)
            {
                case "schema":
                    break;
                case "site":
                    site = Text(key, CohortManifest.MaximumSiteLength);
                    break;
                case "deidentification":
                    statement = Statement();
                    break;
                default:
                    files = Files();
                    break;
            }
        }
        if (json.Read())
            throw Bad("manifest.json", "goes on after its end");
        return new(site, statement, files ?? throw Bad("manifest.key", "has no 'files'"));
    }

    // Before anything else: the keys of a newer schema would only be reported as unknown. The copy of the reader leaves this one where it is.
    private readonly void RequireSchema()
    {
        var ahead = this;
        while (ahead.json.Read() && ahead.json.TokenType == JsonTokenType.PropertyName)
        {
            var found = ahead.json.ValueTextEquals("schema");
            ahead.json.Read();
            if (!found)
            {
                ahead.json.Skip();
                continue;
            }
            var schema = ahead.Number("schema");
            if (schema != CohortManifest.CurrentSchema)
                throw Bad("manifest.schema", FormattableString.Invariant($"has schema {schema}, and this version reads {CohortManifest.CurrentSchema}; use versions that fit"));
            return;
        }
        throw Bad("manifest.schema", $"has no 'schema'; the schema that is written now is {CohortManifest.CurrentSchema}");
    }

    private DeidentificationStatement Statement()
    {
        Require(JsonTokenType.StartObject, "'deidentification'", "an object with one of the keys method, not_required");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? method = null, notRequired = null;
        while (NextKey("'deidentification'", StatementKeys, seen) is { } key)
        {
            var text = Text(key, DeidentificationStatement.MaximumLength);
            (method, notRequired) = key == "method" ? (text, notRequired) : (method, text);
        }
        return seen.Count == 1 ? new(method, notRequired) : throw Bad("manifest.value", "needs exactly one of the keys method and not_required in 'deidentification'");
    }

    private List<ManifestFile> Files()
    {
        Require(JsonTokenType.StartArray, "'files'", "a list");
        var files = new List<ManifestFile>();
        var paths = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var total = 0L;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (files.Count >= limits.Files)
                throw IntakeErrors.TooManyFiles(limits);
            seen.Clear();
            var file = File(seen);
            CohortPath.Require(file.Path);
            if (!paths.TryAdd(file.Path, file.Path))
                throw Twins(paths[file.Path], file.Path);
            total += Math.Min(file.Size, long.MaxValue - total);
            if (total > limits.Bytes)
                throw IntakeErrors.TooManyBytes(limits);
            files.Add(file);
        }
        return files;
    }

    private ManifestFile File(HashSet<string> seen)
    {
        Require(JsonTokenType.StartObject, "an entry of 'files'", "an object");
        string? path = null, hash = null;
        long? size = null;
        while (NextKey("an entry of 'files'", FileKeys, seen) is { } key)
        {
            switch (key)
            {
                case "path":
                    path = Text(key, 4 * CohortPath.MaximumLength, plain: false); // The path's own rule says it better.
                    break;
                case "size":
                    size = Number(key);
                    break;
                default:
                    hash = Hash(key);
                    break;
            }
        }
        if (path is null || hash is null || size is not { } bytes)
            throw Bad("manifest.key", $"has an entry of 'files' without all of {string.Join(", ", FileKeys)}{At()}");
        return new(path, bytes, hash);
    }

    private string? NextKey(string where, string[] valid, HashSet<string> seen)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.EndObject)
            return null;
        var key = json.GetString()!;
        if (!valid.Contains(key))
            throw Bad("manifest.key", $"has the unknown key '{CohortPath.Shown(key)}' in {where}{At()}; {NearestName.Hint(CohortPath.Shown(key), valid)}");
        if (!seen.Add(key))
            throw Bad("manifest.key", $"gives '{key}' twice in {where}{At()}");
        json.Read();
        return key;
    }

    private readonly string Text(string key, int longest, bool plain = true)
    {
        Require(JsonTokenType.String, $"'{key}'", "a text");
        // Bounded before it is made a string; an escaped character takes six bytes, one that is not, four at most.
        var text = json.ValueSpan.Length <= longest * 6 ? json.GetString()! : null;
        if (text is null || text.Length > longest)
            throw Bad("manifest.value", FormattableString.Invariant($"has a '{key}' of more than {longest} characters{At()}"));
        return plain && (!CohortPath.IsPlain(text) || text.Trim().Length == 0)
            ? throw Bad("manifest.value", $"has a '{key}' that is empty or has control characters{At()}")
            : text;
    }

    private readonly long Number(string key)
    {
        Require(JsonTokenType.Number, $"'{key}'", "a whole number");
        return json.TryGetInt64(out var value) && value >= 0 ? value : throw Bad("manifest.value", $"has a '{key}' that is no whole number from 0{At()}");
    }

    private readonly string Hash(string key)
    {
        Require(JsonTokenType.String, $"'{key}'", "a text");
        return json.ValueSpan.Length == 64 && json.GetString() is { Length: 64 } text && text.All(char.IsAsciiHexDigit)
            ? text.ToLowerInvariant()
            : throw Bad("manifest.value", $"has a '{key}' that is not 64 hexadecimal digits{At()}");
    }

    private readonly void Require(JsonTokenType type, string what, string expected)
    {
        if (json.TokenType != type)
            throw Bad("manifest.value", $"must have {expected} as {what}{At()}");
    }

    private readonly string At() => string.Create(CultureInfo.InvariantCulture, $" (byte {json.TokenStartIndex})");

    private static BadInputException Twins(string first, string second) => Bad(
        "manifest.duplicate",
        first == second
            ? $"lists '{CohortPath.Shown(first)}' twice"
            : $"lists '{CohortPath.Shown(first)}' and '{CohortPath.Shown(second)}', which are one file where letter case does not count");

    private static BadInputException Bad(string code, string what, Exception? inner = null) =>
        new(code, $"{CohortManifest.FileName} {what}.", CohortManifest.FileName, inner);
}
