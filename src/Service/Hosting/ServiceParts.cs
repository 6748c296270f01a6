using Microsoft.Extensions.Logging;
using RadiogenomicsCloud.Service.Exchanges;
using RadiogenomicsCloud.Service.Intake;
using RadiogenomicsCloud.Service.Jobs;
using RadiogenomicsCloud.Service.Links;
using RadiogenomicsCloud.Service.Models;
using RadiogenomicsCloud.Service.Ports;
using RadiogenomicsCloud.Service.Revalidation;

namespace RadiogenomicsCloud.Service.Hosting;

/// <summary>The parts of a service, put together over its storage: the same in every host.</summary>
public sealed class ServiceParts
{
    /// <param name="secrets">Where ids come from that nobody can guess.</param>
    public ServiceParts(IServiceStorage storage, ServiceSettings settings, TimeProvider time, SecretSource secrets, ILoggerFactory logging)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(settings);
        Storage = storage;
        Settings = settings;
        Time = time;
        Jobs = new(storage.Records, storage.Artifacts, time);
        Intake = new(storage, Jobs, settings.Intake, settings.Version);
        Models = new(storage.Records, settings.Registry, time);
        Logging = logging;
        OwnerLinks = new(storage, time);
        Looks = new(storage.Records, time);
        Revalidation = new(storage, Models, Jobs, Looks, settings.Version);
        ExchangeJobs = new(Jobs, settings.Intake.Limits);
        Exchanges = new(storage, Models, ExchangeJobs, settings.Exchanges, time, secrets);
        ExchangeStarter = new(storage, ExchangeJobs, time);
        ExchangeSweep = new(storage, Exchanges, ExchangeStarter, ExchangeJobs, time, logging.CreateLogger<ExchangeSweep>());
        Runtime = new(storage, ServiceCatalogue.Steps(this), ServiceCatalogue.Workflows(), time, settings.Version, logging);
    }

    public IServiceStorage Storage { get; }

    public ServiceSettings Settings { get; }

    public TimeProvider Time { get; }

    public ServiceRuntime Runtime { get; }

    public JobRegister Jobs { get; }

    public IntakeStarter Intake { get; }

    public ModelRegistry Models { get; }

    public ILoggerFactory Logging { get; }

    public OwnerLinks OwnerLinks { get; }

    public LookBook Looks { get; }

    public RevalidationStarter Revalidation { get; }

    public ExchangeJobs ExchangeJobs { get; }

    public ExchangeService Exchanges { get; }

    public ExchangeStarter ExchangeStarter { get; }

    public ExchangeSweep ExchangeSweep { get; }
}
