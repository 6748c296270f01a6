using System.Reflection;
using System.Security.Cryptography;
using Azure.Core.Serialization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RadiogenomicsCloud.AzureStorage;
using RadiogenomicsCloud.Functions.Triggers;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Exchanges;
using RadiogenomicsCloud.Service.Hosting;
using RadiogenomicsCloud.Service.Intake;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Functions.Hosting;

/// <summary>Puts the service together for the worker: the clock, the secrets and the settings come in here.</summary>
internal static class ServiceComposition
{
    /// <summary>Who may lock and retire models: names with a semicolon between them; nobody if it is not set.</summary>
    private const string LockSetting = "MayLockModels";

    public static IServiceCollection AddService(this IServiceCollection services) => services
        .AddSingleton(TimeProvider.System)
        .AddSingleton<IServiceStorage>(provider => StorageSettings.Open(
            provider.GetRequiredService<IConfiguration>(),
            new AzureStorageOptions
            {
                Time = provider.GetRequiredService<TimeProvider>(),
                Logging = provider.GetRequiredService<ILoggerFactory>(),
            }))
        .AddSingleton(provider => new ServiceParts(
            provider.GetRequiredService<IServiceStorage>(), Settings(provider.GetRequiredService<IConfiguration>()), provider.GetRequiredService<TimeProvider>(),
            RandomNumberGenerator.Fill, provider.GetRequiredService<ILoggerFactory>()))
        .AddSingleton(provider => provider.GetRequiredService<ServiceParts>().Runtime)
        .AddSingleton(provider => provider.GetRequiredService<ServiceRuntime>().Workflows)
        .AddDurableMessages()
        .AddSingleton<HttpAccess>()
        .AddSingleton<IFunctionMetadataTransformer>(provider => provider.GetRequiredService<HttpAccess>());

    private static ServiceSettings Settings(IConfiguration settings) => new(
        ProductVersion, IntakePolicy.Default, new((settings[LockSetting] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
        ExchangeSettings.Default);

    /// <summary>Version of the product; part of every run's identity, so that the same run has the same id in every host.</summary>
    private static string ProductVersion =>
        typeof(CanonicalJson).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>Messages of Durable are the pipeline's JSON: small, without escapes, and the same bytes whatever the host's defaults are.</summary>
    public static IServiceCollection AddDurableMessages(this IServiceCollection services) => services.Configure<WorkerOptions>(
        options => options.Serializer = new JsonObjectSerializer(new(CanonicalJson.Options) { PropertyNameCaseInsensitive = true }));
}
