using System.Data.Common;

namespace RadiogenomicsCloud.AzureStorage;

/// <summary>How to reach an account: a connection string, or the endpoints of blobs and tables for an identity.</summary>
public sealed class AzureStorageAddress
{
    private AzureStorageAddress(string? connectionString, Uri? blobs, Uri? tables) =>
        (ConnectionString, Blobs, Tables) = (connectionString, blobs, tables);

    internal string? ConnectionString { get; }

    internal Uri? Blobs { get; }

    internal Uri? Tables { get; }

    /// <summary>The endpoints of an account that is reached by an identity.</summary>
    /// <exception cref="BadInputException">An endpoint is not an https address.</exception>
    public static AzureStorageAddress Of(Uri blobs, Uri tables)
    {
        ArgumentNullException.ThrowIfNull(blobs);
        ArgumentNullException.ThrowIfNull(tables);
        foreach (var endpoint in new[] { blobs, tables })
        {
            if (!endpoint.IsAbsoluteUri || endpoint.Scheme != Uri.UriSchemeHttps || endpoint.Query.Length > 0)
                throw new BadInputException("storage.address", "An endpoint of a storage account is an https address without a query.");
        }
        return new(null, blobs, tables);
    }

    /// <summary>Reads a connection string, or <c>https://ACCOUNT.blob.core.windows.net</c>.</summary>
    /// <exception cref="BadInputException">It is neither; the sentence holds no part of it, since it may hold a key.</exception>
    public static AzureStorageAddress Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (IsConnectionString(text))
            return new(text, null, null);
        if (Uri.TryCreate(text, UriKind.Absolute, out var blobs) && blobs.AbsolutePath == "/" && blobs.Host.Contains(".blob.", StringComparison.Ordinal))
            return Of(blobs, new UriBuilder(blobs) { Host = blobs.Host.Replace(".blob.", ".table.", StringComparison.Ordinal) }.Uri);
        throw new BadInputException(
            "storage.address", "The storage is given as a connection string, or as https://ACCOUNT.blob.core.windows.net for an identity.");
    }

    private static bool IsConnectionString(string text)
    {
        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = text };
            return parts.ContainsKey("AccountName") || parts.ContainsKey("BlobEndpoint") || parts.ContainsKey("UseDevelopmentStorage");
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
