using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace RadiogenomicsCloud.AzureStorage;

/// <summary>What an <see cref="AzureServiceStorage"/> is opened with.</summary>
public sealed record AzureStorageOptions
{
    /// <summary>Who asks, where no connection string says so; <c>DefaultAzureCredential</c> if null.</summary>
    public TokenCredential? Credential { get; init; }

    /// <summary>Client id of the user-assigned identity that the default credential is to use; null leaves it to the environment.</summary>
    public string? ManagedIdentityClientId { get; init; }

    /// <summary>Resource id of the storage account; with it links can be revoked where they are signed by user delegation.</summary>
    public string? AccountResourceId { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILoggerFactory Logging { get; init; } = NullLoggerFactory.Instance;

    /// <summary>Where temporary files go; a folder of this user below the system's temporary folder if null.</summary>
    public string? TemporaryFolder { get; init; }

    /// <summary>A request is tried again this often after a failure that may pass. 0 to 10.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>Before the first new try; doubled, with chance, before each further one, up to 30 seconds.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>A single answer takes no longer than this.</summary>
    public TimeSpan NetworkTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Stands between the SDK and the network in tests.</summary>
    internal HttpPipelineTransport? Transport { get; init; }

    internal TokenCredential CredentialOrDefault() =>
        Credential ?? new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = ManagedIdentityClientId });

    internal TOptions Apply<TOptions>(TOptions options)
        where TOptions : ClientOptions
    {
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.MaxRetries = Math.Clamp(Retries, 0, 10);
        options.Retry.Delay = RetryDelay;
        options.Retry.MaxDelay = TimeSpan.FromSeconds(30);
        options.Retry.NetworkTimeout = NetworkTimeout;
        options.Diagnostics.ApplicationId = "radiogenomics";
        options.Diagnostics.IsLoggingContentEnabled = false;
        if (Transport is not null)
            options.Transport = Transport;
        return options;
    }
}
