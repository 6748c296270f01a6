using Microsoft.Extensions.Configuration;
using RadiogenomicsCloud.AzureStorage;

namespace RadiogenomicsCloud.Functions.Hosting;

/// <summary>Where the data lie, as the app's settings say.</summary>
internal static class StorageSettings
{
    /// <summary>Name of the connection: a connection string for development, or the beginning of the settings of an identity.</summary>
    public const string Connection = "DataStorage";

    /// <exception cref="BadInputException">A setting is missing or no address.</exception>
    public static AzureServiceStorage Open(IConfiguration settings, AzureStorageOptions options)
    {
        if (settings[Connection] is { Length: > 0 } connection)
            return AzureServiceStorage.Open(connection, options);
        var section = settings.GetSection(Connection);
        return AzureServiceStorage.Open(
            AzureStorageAddress.Of(Endpoint(section, "blobServiceUri"), Endpoint(section, "tableServiceUri")),
            options with { ManagedIdentityClientId = section["clientId"], AccountResourceId = section["accountResourceId"] });
    }

    private static Uri Endpoint(IConfigurationSection section, string name) => Uri.TryCreate(section[name], UriKind.Absolute, out var uri)
        ? uri
        : throw new BadInputException(
            "settings.storage", $"The setting {Connection}__{name} must be the address of the data account's service, or {Connection} a connection string.", name);
}
