using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using RadiogenomicsCloud.Pipeline.Hosting;

namespace RadiogenomicsCloud.Functions.Hosting;

/// <summary>Traces, counts and logs of the worker: the Functions worker's own, and those of the pipeline.</summary>
internal static class Telemetry
{
    private const string ConnectionSetting = "APPLICATIONINSIGHTS_CONNECTION_STRING";
    private const string AuthenticationSetting = "APPLICATIONINSIGHTS_AUTHENTICATION_STRING";

    public static void AddTelemetry(this IServiceCollection services, IConfiguration settings)
    {
        var telemetry = services.AddOpenTelemetry()
            .UseFunctionsWorkerDefaults()
            .WithTracing(tracing => tracing.AddSource(PipelineTelemetry.Name))
            .WithMetrics(metrics => metrics.AddMeter(PipelineTelemetry.Name));
        if (settings[ConnectionSetting] is not { Length: > 0 } connection)
            return; // On a developer's machine the console is enough.
        telemetry.UseAzureMonitorExporter(exporter =>
        {
            exporter.ConnectionString = connection;
            // Local authentication of the component is off: the app's identity vouches for what it sends.
            if (settings[AuthenticationSetting] is { Length: > 0 })
                exporter.Credential = new DefaultAzureCredential();
        });
    }
}
