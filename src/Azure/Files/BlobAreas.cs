using Azure.Storage.Blobs;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.AzureStorage.Files;

/// <summary>Areas as the containers of an account.</summary>
internal sealed class BlobAreas(BlobServiceClient service) : IFileAreas
{
    private const int ShortestName = 3;
    private const int LongestName = 63;

    /// <summary>Whether this is an emulator on this machine, which differs from the service in what it asks and enforces.</summary>
    public bool IsEmulator => service.Uri.IsLoopback;

    public IFileArea Area(string name) => new BlobArea(Container(name));

    public Task Create(string name, CancellationToken cancel)
    {
        var container = Container(name);
        return AzureErrors.Translate(
            async () =>
            {
                await container.CreateIfNotExistsAsync(cancellationToken: cancel).ConfigureAwait(false);
            },
            $"area '{name}'",
            cancel);
    }

    public Task<bool> Exists(string name, CancellationToken cancel)
    {
        var container = Container(name);
        return AzureErrors.Translate(
            async () => (await container.ExistsAsync(cancel).ConfigureAwait(false)).Value, $"area '{name}'", cancel);
    }

    public Task Delete(string name, CancellationToken cancel)
    {
        var container = Container(name);
        return AzureErrors.Translate(
            async () =>
            {
                await container.DeleteIfExistsAsync(cancellationToken: cancel).ConfigureAwait(false);
            },
            $"area '{name}'",
            cancel);
    }

    /// <exception cref="ArgumentException">Not a name of an area.</exception>
    public BlobContainerClient Container(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var good = name.Length is >= ShortestName and <= LongestName
            && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            && name[0] != '-' && name[^1] != '-' && !name.Contains("--", StringComparison.Ordinal);
        return good
            ? service.GetBlobContainerClient(name)
            : throw new ArgumentException("The name of an area has 3 to 63 of a-z, 0-9 and single hyphens.", nameof(name));
    }
}
