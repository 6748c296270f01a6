using RadiogenomicsCloud.Service.Hosting;
using RadiogenomicsCloud.Service.Jobs;

namespace RadiogenomicsCloud.Service.Api;

/// <summary>What the API stands on; the same in every host.</summary>
/// <param name="Host">Runs the jobs that requests enter.</param>
/// <param name="Health">How the host is now.</param>
public sealed record ApiServices(ServiceParts Parts, IJobHost Host, Func<HostHealth> Health)
{
    internal ServiceRuntime Runtime => Parts.Runtime;

    internal JobRegister Jobs => Parts.Jobs;
}

/// <summary>How the host is, as far as only it knows.</summary>
/// <param name="Running">Ids of the jobs that it runs now.</param>
/// <param name="Recurring">How what recurs went.</param>
/// <param name="Trouble">Of the host's last look at the jobs; null if there was none.</param>
public sealed record HostHealth(IReadOnlyCollection<string> Running, IReadOnlyList<RecurringStatus> Recurring, Pipeline.Failure? Trouble);
