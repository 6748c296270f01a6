using System.Text.Json;

namespace RadiogenomicsCloud.Pipeline;

/// <summary>What crosses between a workflow and its steps: JSON of at most 16 KB. Longer lists are artifacts.</summary>
public static class Payload
{
    /// <summary>Bytes of canonical JSON.</summary>
    public const int MaximumBytes = 16 * 1024;

    /// <summary>Refuses a payload that is too large, which is always a mistake of ours and never of the data.</summary>
    /// <param name="what">Names the step or workflow and the direction, for the message.</param>
    /// <exception cref="InvalidOperationException">The payload is larger than <see cref="MaximumBytes"/>.</exception>
    public static JsonElement Guard(JsonElement payload, string what)
    {
        var length = CanonicalJson.Serialize(payload).Length;
        return length <= MaximumBytes
            ? payload
            : throw new InvalidOperationException($"The {what} is {length} bytes of JSON; at most {MaximumBytes} may pass: make the list an artifact.");
    }

    /// <summary>Every artifact that a payload refers to: objects of exactly <c>sha256</c> and <c>length</c>, in order of appearance.</summary>
    public static IReadOnlyList<ArtifactRef> Artifacts(JsonElement payload)
    {
        var found = new List<ArtifactRef>();
        Collect(payload, found);
        return found;
    }

    private static void Collect(JsonElement element, List<ArtifactRef> found)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
                Collect(item, found);
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            if (element.GetPropertyCount() == 2
                && element.TryGetProperty("sha256", out var hash) && hash.ValueKind == JsonValueKind.String
                && element.TryGetProperty("length", out var length) && length.TryGetInt64(out var bytes))
            {
                found.Add(new ArtifactRef(hash.GetString()!, bytes));
                return;
            }
            foreach (var property in element.EnumerateObject())
                Collect(property.Value, found);
        }
    }
}
