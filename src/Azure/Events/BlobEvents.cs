using System.Text.Json;

namespace RadiogenomicsCloud.AzureStorage.Events;

/// <summary>
/// Reads what Event Grid delivers to a queue: one event of the Event Grid schema, or an array of them; events of the CloudEvents schema,
/// which differ in the names, too.
/// </summary>
public static class BlobEvents
{
    private const string Created = "Microsoft.Storage.BlobCreated";
    private const string Containers = "/blobServices/default/containers/";
    private const string Blobs = "/blobs/";
    private const int MostEvents = 1000;

    /// <summary>The blobs that a message says were written, in its order; events of another kind are left out.</summary>
    /// <exception cref="BadInputException"><c>event.unreadable</c>: it is not JSON, or an event has no type or subject.</exception>
    public static IReadOnlyList<UploadedFile> Read(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        try
        {
            using var document = JsonDocument.Parse(message, new JsonDocumentOptions { MaxDepth = 32 });
            var root = document.RootElement;
            var events = root.ValueKind == JsonValueKind.Array ? root.EnumerateArray().Take(MostEvents + 1).ToList() : [root];
            if (events.Count > MostEvents)
                throw Unreadable($"it holds more than {MostEvents} events");
            return [.. events.Select(ReadEvent).OfType<UploadedFile>()];
        }
        catch (JsonException exception)
        {
            throw Unreadable("it is not JSON", exception);
        }
    }

    private static UploadedFile? ReadEvent(JsonElement one)
    {
        if (one.ValueKind != JsonValueKind.Object)
            throw Unreadable("an event is not an object");
        var type = Text(one, "eventType") ?? Text(one, "type") ?? throw Unreadable("an event has no type");
        var subject = Text(one, "subject") ?? throw Unreadable("an event has no subject");
        if (type != Created)
            return null;
        if (!subject.StartsWith(Containers, StringComparison.Ordinal))
            return null;
        var end = subject.IndexOf(Blobs, Containers.Length, StringComparison.Ordinal);
        return end > Containers.Length ? new(subject[Containers.Length..end], subject[(end + Blobs.Length)..]) : null;
    }

    private static string? Text(JsonElement one, string name) =>
        one.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static BadInputException Unreadable(string why, Exception? inner = null) =>
        new("event.unreadable", $"A message of the queue of events cannot be read: {why}.", inner: inner);
}
