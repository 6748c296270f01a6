using BenchmarkDotNet.Running;
using RadiogenomicsCloud.Bench.Association;
using RadiogenomicsCloud.Bench.Bootstraps;
using RadiogenomicsCloud.Bench.ElasticNet;
using RadiogenomicsCloud.Bench.Micro;
using RadiogenomicsCloud.Bench.Peers;

namespace RadiogenomicsCloud.Bench;

/// <summary>
/// <c>peers</c> measures as the peers in docs/performance.md were measured and prints its tables; <c>elastic-net</c> runs beside R's
/// cv.glmnet; <c>bootstraps</c> shows how the resamples of a run scale with workers; <c>association</c> times the map between image and
/// molecule; everything else goes to BenchmarkDotNet, for example <c>--filter '*Glszm*'</c> or <c>--list flat</c>.
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        if (arguments is [PeersCommand.Name or PeakMemory.ChildCommand, ..])
            return PeersCommand.Run(arguments);
        if (arguments is [ElasticNetCommand.Name, ..])
            return ElasticNetCommand.Run(arguments);
        if (arguments is [BootstrapsCommand.Name, ..])
            return await BootstrapsCommand.Run(arguments);
        if (arguments is [AssociationCommand.Name, ..])
            return AssociationCommand.Run(arguments);
        BenchmarkSwitcher.FromTypes(MicroBenchmarks.Types).Run(arguments, new InProcessConfig());
        return 0;
    }
}
