using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Pipeline.Storage;
using RadiogenomicsCloud.Pipeline.Workflows;

namespace RadiogenomicsCloud.Bench.Bootstraps;

/// <summary>One run of a cohort from an empty store, put together as the command line does.</summary>
/// <param name="WallSeconds">Of the whole run.</param>
/// <param name="ProcessorSeconds">Of the whole run, all threads, garbage collection included.</param>
/// <param name="Chunks">Steps that the resamples were cut into.</param>
/// <param name="Result">The hash of the files that were written.</param>
internal sealed record BootstrapRun(double WallSeconds, double ProcessorSeconds, int Chunks, string Result)
{
    public static async Task<BootstrapRun> Measure(string cohortFolder, int workers)
    {
        var output = Directory.CreateTempSubdirectory("bootstraps-").FullName;
        try
        {
            var clock = Stopwatch.GetTimestamp();
            var processor = Environment.CpuUsage.TotalTime;
            var (files, ledger) = await Run(cohortFolder, output, workers);
            return new(
                Stopwatch.GetElapsedTime(clock).TotalSeconds,
                (Environment.CpuUsage.TotalTime - processor).TotalSeconds,
                ledger.Chunks,
                CanonicalJson.Hex(JsonSerializer.SerializeToUtf8Bytes(files)));
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }

    private static async Task<(object Files, ChunkLedger Ledger)> Run(string cohortFolder, string output, int workers)
    {
        using var store = LocalStore.Open(output);
        var cohort = new FolderCohort(cohortFolder, store.HashCacheFile(cohortFolder), output);
        var study = StudyFile.Parse(await File.ReadAllTextAsync(Path.Combine(cohortFolder, StudyFile.FileName)), StudyFile.FileName);
        var request = await RunRequest.CohortRun(study, await cohort.List(CancellationToken.None), "bench", store.Artifacts, CancellationToken.None);
        var ledger = new ChunkLedger();
        var runner = new StepRunner(
            CohortSteps.Catalogue(),
            new(cohort, store.Artifacts, store.Outcomes, ledger, store.TemporaryFolder, TimeProvider.System, _ => { }),
            NullLogger<StepRunner>.Instance);
        var files = await new LocalHost(runner, new(workers), TimeProvider.System).Run(CohortRunWorkflow.Definition, request.RunId, request.Input, CancellationToken.None);
        return (files, ledger);
    }
}
