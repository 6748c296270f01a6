using System.Net.Sockets;
using System.Text.Json;
using System.Xml;
using Azure;
using Azure.Identity;

namespace RadiogenomicsCloud.AzureStorage;

/// <summary>
/// Turns what the storage SDK throws into our exceptions: what may pass by itself into <see cref="TransientException"/>, the rest into
/// <see cref="StorageException"/>. The sentences name the service's error code and never an address with a signature.
/// </summary>
internal static class AzureErrors
{
    private const int NoAnswer = 0;

    /// <summary>Whether an answer says that a condition of ours did not hold: a value of the ports, not an error.</summary>
    public static bool IsCondition(RequestFailedException exception) =>
        exception is { Status: 412 } or { Status: 409, ErrorCode: "BlobAlreadyExists" or "EntityAlreadyExists" or "UpdateConditionNotSatisfied" };

    /// <summary>Whether the file is not there, in an area that is.</summary>
    public static bool IsNoFile(RequestFailedException exception) =>
        exception.Status == 404 && exception.ErrorCode is null or "" or "BlobNotFound" or "ResourceNotFound" or "EntityNotFound";

    public static async Task<T> Translate<T>(Func<Task<T>> request, string what, CancellationToken cancel)
    {
        try
        {
            return await request().ConfigureAwait(false);
        }
        catch (Exception exception) when (IsOfStorage(exception, cancel))
        {
            throw Describe(exception, what);
        }
    }

    public static async Task Translate(Func<Task> request, string what, CancellationToken cancel)
    {
        try
        {
            await request().ConfigureAwait(false);
        }
        catch (Exception exception) when (IsOfStorage(exception, cancel))
        {
            throw Describe(exception, what);
        }
    }

    /// <summary>The elements of a listing, with its exceptions translated.</summary>
    public static async IAsyncEnumerable<T> Translate<T>(
        IAsyncEnumerable<T> listing, string what, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        var items = listing.GetAsyncEnumerator(cancel);
        await using (items.ConfigureAwait(false))
        {
            while (await Translate(async () => await items.MoveNextAsync().ConfigureAwait(false), what, cancel).ConfigureAwait(false))
                yield return items.Current;
        }
    }

    /// <summary>Whether an exception comes from storage or the way to it; the caller's own cancellation does not.</summary>
    public static bool IsOfStorage(Exception exception, CancellationToken cancel) => exception switch
    {
        OperationCanceledException => !cancel.IsCancellationRequested, // A time-out of the network.
        RequestFailedException or AuthenticationFailedException or HttpRequestException or SocketException or IOException => true,
        // The SDK stumbles over an answer that is none of the service's: something on the way spoke in its place.
        KeyNotFoundException or InvalidOperationException when exception.Source?.StartsWith("System.Text.Json", StringComparison.Ordinal) == true => true,
        JsonException or XmlException => true,
        AggregateException many => many.InnerExceptions.Count > 0 && IsOfStorage(many.InnerExceptions[^1], cancel), // All tries of one request.
        _ => false,
    };

    public static RadiogenomicsException Describe(Exception exception, string what) => exception switch
    {
        AggregateException many => Describe(many.InnerExceptions[^1], what),
        RequestFailedException failed => Describe(failed, what),
        AuthenticationFailedException => new StorageException(
            "storage.credential", $"No identity could be used for {what}: sign in with 'az login', or give the process a managed identity.", what, exception),
        _ => Unreachable(exception, what),
    };

    private static RadiogenomicsException Describe(RequestFailedException failed, string what)
    {
        var code = string.IsNullOrEmpty(failed.ErrorCode) ? $"HTTP {failed.Status}" : failed.ErrorCode;
        return failed.Status switch
        {
            NoAnswer => Unreachable(failed, what),
            408 or 429 or 500 or 502 or 503 or 504 => new TransientException(
                "storage.busy", $"Storage is busy or slow with {what} ({code}): try again in some minutes.", what, failed),
            409 when failed.ErrorCode is "ContainerBeingDeleted" or "TableBeingDeleted" or "ContainerBeingDisabled" => new TransientException(
                "storage.busy", $"{what} is being removed ({code}): try again in a minute.", what, failed),
            401 or 403 => new StorageException(
                "storage.denied", $"Storage does not allow access to {what} ({code}): check the role, the key or the link.", what, failed),
            404 => new StorageException("storage.missing", $"There is no such area or table for {what} ({code}): check its name.", what, failed),
            413 or 507 => new StorageException("storage.full", $"Storage has no room for {what} ({code}).", what, failed),
            _ => new StorageException("storage.refused", $"Storage refused a request for {what} ({code}).", what, failed),
        };
    }

    private static TransientException Unreachable(Exception exception, string what) => new(
        "storage.unreachable", $"Storage did not answer for {what}: check the network and try again.", what, exception);
}
