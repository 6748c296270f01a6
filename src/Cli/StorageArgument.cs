using Microsoft.Extensions.Logging;
using RadiogenomicsCloud.AzureStorage;
using RadiogenomicsCloud.Cli.Commands;
using RadiogenomicsCloud.Service.Folders;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Cli;

/// <summary>What <c>--storage</c> names: a folder, or a storage account by its connection string or its https address.</summary>
internal static class StorageArgument
{
    private static readonly string[] ConnectionStringKeys =
        ["UseDevelopmentStorage=", "DefaultEndpointsProtocol=", "AccountName=", "BlobEndpoint=", "SharedAccessSignature="];

    /// <summary>Opens the storage and makes what a service needs in it.</summary>
    /// <exception cref="BadInputException">It is none of the three.</exception>
    /// <exception cref="StorageException">It cannot be reached or written.</exception>
    public static async Task<IServiceStorage> Open(string text, TimeProvider time, ILoggerFactory logging, CancellationToken cancel)
    {
        if (text.Trim().Length == 0 || text.Contains('\0', StringComparison.Ordinal))
            throw new BadInputException("storage.address", "--storage must name a folder, or a storage account by its connection string or https address.");
        IServiceStorage storage = IsAccount(text)
            ? AzureServiceStorage.Open(text, new AzureStorageOptions { Time = time, Logging = logging, AccountResourceId = Arguments.AccountId })
            : FolderServiceStorage.Open(text, time);
        try
        {
            await storage.Prepare(cancel);
            return storage;
        }
        catch
        {
            await storage.DisposeAsync();
            throw;
        }
    }

    public static bool IsAccount(string text) =>
        text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
        || text.Split(';').Any(part => ConnectionStringKeys.Any(key => part.TrimStart().StartsWith(key, StringComparison.OrdinalIgnoreCase)));
}
