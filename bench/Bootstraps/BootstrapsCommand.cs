using System.Globalization;
using RadiogenomicsCloud.Bench.ElasticNet;
using RadiogenomicsCloud.Cli.Tests.Running;

namespace RadiogenomicsCloud.Bench.Bootstraps;

/// <summary>
/// <c>bootstraps [--resamples N] [--runs N] [--workers N]...</c>: runs a cohort of 100 cases × 2,000 features through the whole pipeline, each time from an
/// empty store, with one worker and with several in turn, and prints the medians and how far they scale. Every run must give the same bytes.
/// </summary>
internal static class BootstrapsCommand
{
    public const string Name = "bootstraps";

    private const int Cases = 100;
    private const int Features = 2000;
    private const string Usage = "Usage: bootstraps [--resamples N] [--runs N] [--workers N]...   (1000 resamples, 3 runs, 1 and 2 workers by default)";

    public static async Task<int> Run(string[] arguments)
    {
        var (resamples, runs, workers) = (1000, 3, new List<int>());
        for (var a = 1; a < arguments.Length; a += 2)
        {
            if (a + 1 == arguments.Length || !int.TryParse(arguments[a + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
                return Refuse();
            switch (arguments[a])
            {
                case "--resamples":
                    resamples = number;
                    break;
                case "--runs":
                    runs = number;
                    break;
                case "--workers":
                    workers.Add(number);
                    break;
                default:
                    return Refuse();
            }
        }
        if (workers.Count == 0)
            workers.AddRange([1, 2]);
        var folder = Directory.CreateTempSubdirectory("bootstraps-cohort-").FullName;
        try
        {
            WideCohort.Write(folder, Cases, Features, resamples);
            return await Compare(folder, resamples, runs, workers);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> Compare(string folder, int resamples, int runs, List<int> workers)
    {
        // The runtime compiles hot code anew while it runs: not within what is compared.
        var warm = Directory.CreateTempSubdirectory("bootstraps-warm-").FullName;
        WideCohort.Write(warm, Cases, Features, resamples: 10);
        await BootstrapRun.Measure(warm, workers.Max());
        Directory.Delete(warm, recursive: true);

        // In turn, so that a machine that becomes slower or faster does so for all.
        var measured = workers.ToDictionary(w => w, _ => new List<BootstrapRun>());
        for (var run = 0; run < runs; run++)
        {
            foreach (var count in workers)
            {
                var one = await BootstrapRun.Measure(folder, count);
                measured[count].Add(one);
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} workers: {one.WallSeconds:0.0} s, processor {one.ProcessorSeconds:0.0} s"));
            }
        }
        Print(resamples, measured);
        if (measured.Values.SelectMany(m => m).Select(m => m.Result).Distinct(StringComparer.Ordinal).Count() == 1)
            return 0;
        Console.Error.WriteLine("The runs differ in what they wrote.");
        return 1;
    }

    private static void Print(int resamples, Dictionary<int, List<BootstrapRun>> measured)
    {
        Console.Out.WriteLine("| cases × features | resamples | chunks | workers | wall, s | processor, s | processors in use | CPU ms a resample | speed-up |");
        Console.Out.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        var first = Median(measured.Values.First(), r => r.WallSeconds);
        foreach (var (workers, runs) in measured)
        {
            var (wall, processor) = (Median(runs, r => r.WallSeconds), Median(runs, r => r.ProcessorSeconds));
            Console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {Cases} × {Features} | {resamples} | {runs[0].Chunks} | {workers} | {wall:0.0} | {processor:0.0} | {processor / wall:0.00} | {1000 * processor / resamples:0} | {first / wall:0.00} |"));
        }
    }

    private static double Median(List<BootstrapRun> runs, Func<BootstrapRun, double> of) => ElasticNetCommand.Median([.. runs.Select(of)]);

    private static int Refuse()
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }
}
