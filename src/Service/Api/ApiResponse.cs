using System.Text.Json;
using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Service.Api;

/// <summary>What a host sends back.</summary>
/// <param name="Length">Bytes of the body; null if only known once written.</param>
/// <param name="Write">Writes the body; called once at most (not for HEAD).</param>
public sealed record ApiResponse(int Status, string ContentType, long? Length, Func<Stream, CancellationToken, Task> Write)
{
    public const string Json = "application/json; charset=utf-8";

    /// <summary>Beyond those that a host sends with every response.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>A document as JSON.</summary>
    public static ApiResponse Of<T>(T document, int status = 200) => Bytes(JsonSerializer.SerializeToUtf8Bytes(document, CanonicalJson.Options), Json, status);

    public static ApiResponse Bytes(byte[] bytes, string contentType, int status = 200)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return new(status, contentType, bytes.Length, (stream, cancel) => stream.WriteAsync(bytes, cancel).AsTask());
    }

    /// <summary>An error, told as everywhere: a stable code, one sentence, the place.</summary>
    public static ApiResponse Error(int status, string code, string message, string? where = null) => Of(new ApiError(code, message, where), status);
}

/// <summary>The body of every response that is an error.</summary>
/// <param name="Message">One sentence for a person; may quote what the request or a partner's data said.</param>
public sealed record ApiError(string Code, string Message, string? Where);
