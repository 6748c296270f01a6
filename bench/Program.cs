using BenchmarkDotNet.Running;
using RadiogenomicsCloud.Bench.Micro;
using RadiogenomicsCloud.Bench.Peers;

namespace RadiogenomicsCloud.Bench;

/// <summary>
/// <c>peers</c> measures as the peers in docs/performance.md were measured and prints its tables; everything else goes to BenchmarkDotNet,
/// for example <c>--filter '*Glszm*'</c> or <c>--list flat</c>.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments is [PeersCommand.Name or PeakMemory.ChildCommand, ..])
            return PeersCommand.Run(arguments);
        BenchmarkSwitcher.FromTypes(MicroBenchmarks.Types).Run(arguments, new InProcessConfig());
        return 0;
    }
}
