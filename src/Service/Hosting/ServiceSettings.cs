using RadiogenomicsCloud.Service.Exchanges;
using RadiogenomicsCloud.Service.Intake;
using RadiogenomicsCloud.Service.Models;

namespace RadiogenomicsCloud.Service.Hosting;

/// <summary>What the operator of a service sets, in every host.</summary>
/// <param name="Version">Of the product; part of every run's identity.</param>
public sealed record ServiceSettings(string Version, IntakePolicy Intake, RegistrySettings Registry, ExchangeSettings Exchanges);
