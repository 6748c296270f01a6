using System.Text.Json;
using System.Text.Json.Serialization;
using RadiogenomicsCloud.Pipeline;

namespace RadiogenomicsCloud.Service.Api;

/// <summary>Reads the JSON body of a request: small, of the expected shape, and nothing else in it.</summary>
internal static class ApiBody
{
    /// <summary>Longest body of a request, in bytes.</summary>
    public const int MaximumBytes = 64 * 1024;

    private static readonly JsonSerializerOptions Options = new(CanonicalJson.Options)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        MaxDepth = 8,
    };

    /// <exception cref="BadInputException"><c>request.too-large</c>, <c>request.body</c> or <c>request.json</c>.</exception>
    public static async Task<T> Read<T>(ApiRequest request, CancellationToken cancel)
    {
        var buffer = new byte[MaximumBytes + 1];
        var length = await Fill(buffer, request.Body, cancel).ConfigureAwait(false);
        if (length > MaximumBytes)
            throw new BadInputException(ApiErrors.TooLarge, $"The body of the request has more than {MaximumBytes} bytes, the limit.");
        try
        {
            return JsonSerializer.Deserialize<T>(buffer.AsSpan(0, length), Options)
                ?? throw new BadInputException("request.json", "The body of the request must be a JSON object.");
        }
        catch (JsonException exception)
        {
            throw new BadInputException(
                "request.json", "The body of the request is not the JSON that this address takes: a name is missing, unknown, or of another type.", exception.Path, exception);
        }
    }

    private static async Task<int> Fill(byte[] buffer, Stream body, CancellationToken cancel)
    {
        try
        {
            return await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            // What a web server says of a body that is no body.
            throw new BadInputException("request.body", "The body of the request cannot be read: it broke off, came too slowly, is too long or not framed as HTTP has it.", inner: exception);
        }
    }
}
