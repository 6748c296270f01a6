using System.Numerics;
using System.Runtime.InteropServices;
using RadiogenomicsCloud.Bench.Regions;

namespace RadiogenomicsCloud.Bench.Peers;

/// <summary><c>peers [--data DIR] [--case TEXT]…</c>: measures as the peers were measured and prints the tables as Markdown.</summary>
internal static class PeersCommand
{
    public const string Name = "peers";

    private const string Usage = "Usage: peers [--data DIR] [--case TEXT]...   (cases whose name has one of the texts; all by default)";

    public static int Run(string[] arguments)
    {
        var data = ReferenceRegion.DefaultFolder();
        var texts = new List<string>();
        var rest = arguments.AsSpan(arguments[0] == PeakMemory.ChildCommand ? 2 : 1);
        for (; rest is [var option, var value, ..]; rest = rest[2..])
        {
            if (option == "--data")
                data = value;
            else if (option == "--case")
                texts.Add(value);
            else
                break;
        }
        if (rest.Length > 0)
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }
        if (arguments[0] == PeakMemory.ChildCommand)
            PeakMemory.RunChild(BenchCase.Find(arguments[1]), data);
        else
            Print(data, [.. BenchCase.All.Where(c => texts.Count == 0 || texts.Any(t => c.Name.Contains(t, StringComparison.OrdinalIgnoreCase)))]);
        return 0;
    }

    private static void Print(string data, IReadOnlyList<BenchCase> cases)
    {
        WarmUp();
        var results = new List<CaseResult>();
        foreach (var bench in cases)
        {
            if (CaseResult.Measure(bench, data) is { } result)
                results.Add(result);
            Console.Error.WriteLine(results.Count > 0 && results[^1].Case == bench ? bench.Name : $"{bench.Name}: its data are not in '{data}'; left out.");
        }
        var synthetic = results.Where(r => r.Case.Edge is not null).ToList();
        var twins = cases.Where(c => c.Edge <= NaiveTwin.LargestEdge).SelectMany(c => TwinResult.MeasureAll(c, data));
        Console.Out.WriteLine(
            $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSArchitecture}, vectors of {Vector<byte>.Count * 8} bits, one thread\n");
        Console.Out.WriteLine(Tables.BesidePeers(results));
        Console.Out.WriteLine(Tables.Families(results));
        Console.Out.WriteLine(Tables.Twins(twins));
        if (synthetic.Count > 1)
        {
            Console.Out.WriteLine(Tables.GrowthBySize(synthetic));
            Console.Out.WriteLine(Tables.GrowthExponents(synthetic));
        }
    }

    /// <summary>Compiles everything once, so that the first case is as warm as the last.</summary>
    private static void WarmUp()
    {
        var region = SyntheticRegion.Create(20);
        for (var run = 0; run < 100; run++)
            region.Extract(Wanted.Everything);
    }
}
