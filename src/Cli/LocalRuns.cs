using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using RadiogenomicsCloud.Cli.Terminal;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Pipeline.Storage;

namespace RadiogenomicsCloud.Cli;

/// <param name="Cohort">Folder of the cohort.</param>
/// <param name="Out">Where store and runs go; null is <c>.radiogenomics</c> in the cohort.</param>
/// <param name="Workers">Steps at the same time.</param>
internal sealed record LocalRunOptions(string Cohort, string? Out, int Workers)
{
    public const string DefaultOut = ".radiogenomics";

    public string OutFolder => Path.GetFullPath(Out ?? Path.Combine(Cohort, DefaultOut));
}

/// <summary>A run that ended well.</summary>
internal sealed record FinishedRun(string RunId, string Folder, TimeSpan Elapsed);

/// <summary>Runs workflows on this machine with a folder as storage: puts the local host and its ports together.</summary>
internal static class LocalRuns
{
    /// <summary>Version of the product, part of every run's identity.</summary>
    public static string Version { get; } =
        typeof(LocalHost).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    /// <summary>Makes the request of a listed cohort.</summary>
    public delegate Task<RunRequest<TInput>> Prepare<TInput>(IReadOnlyList<CohortFile> files, IArtifactStore artifacts);

    /// <summary>Runs to the end, or goes on with what an earlier start left, and publishes the run's folder.</summary>
    public static async Task<FinishedRun> Run<TInput>(
        LocalRunOptions options, Workflow<TInput, RunFileList> workflow, Prepare<TInput> prepare, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        var time = TimeProvider.System;
        using var store = LocalStore.Open(options.OutFolder);
        var cohort = new FolderCohort(options.Cohort, store.HashCacheFile(options.Cohort), options.OutFolder);
        var request = await prepare(await cohort.List(cancel), store.Artifacts);
        await using var lease = await store.Leases.TryTake(request.RunId, cancel) ?? throw new StorageException(
            "run.going-on", $"Another process is doing this run ({request.RunId}) already; wait for it or end it.", store.Folder);
        var folder = store.RunFolder(request.RunId);
        await using var ledger = store.OpenLedger(request.RunId, time);
        using var manifest = store.OpenManifest(request.RunId);
        await ledger.Append("start", new Dictionary<string, string> { ["workflow"] = workflow.Name, ["version"] = Version }, cancel);
        var runner = new StepRunner(
            CohortSteps.Catalogue(options.Workers),
            new(cohort, store.Artifacts, store.Outcomes, ledger, store.TemporaryFolder, time, manifest.Add),
            NullLogger<StepRunner>.Instance);
        Messages.Note($"Run {request.RunId}");
        var files = await RunDisplay.Show(progress =>
            new LocalHost(runner, new(options.Workers), time, progress).Run(workflow, request.RunId, request.Input, cancel));
        await RunPublisher.Publish(files, store.Artifacts, folder, cancel);
        await ledger.Append("end", new Dictionary<string, string>(), cancel);
        return new(request.RunId, folder, clock.Elapsed);
    }
}
