using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Service.Folders;
using RadiogenomicsCloud.Service.Hosting;
using RadiogenomicsCloud.Service.Jobs;
using RadiogenomicsCloud.Service.Ports;
using RadiogenomicsCloud.Service.Tests.Folders;

namespace RadiogenomicsCloud.Service.Tests.Hosting;

/// <summary>A folder storage, and hosts on it whose one workflow runs two steps that a test gives.</summary>
internal sealed class JobRig : IAsyncDisposable
{
    public static readonly Workflow<string, int> Sample = new("sample", 1, Body);

    private static readonly Step<string, int> First = new("first", 1, StepKind.Effect);
    private static readonly Step<string, int> Second = new("second", 1, StepKind.Effect);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly TestFolder folder = new();
    private readonly CancellationTokenSource stop = new();
    private readonly List<Task> hosts = [];

    public JobRig()
    {
        Storage = FolderServiceStorage.Open(folder.Path, TimeProvider.System, freeBytes: 0);
        Jobs = new(Storage.Records, Storage.Artifacts, TimeProvider.System);
    }

    public FolderServiceStorage Storage { get; }

    public JobRegister Jobs { get; }

    /// <summary>Quick, so that tests are.</summary>
    public static LocalJobHostOptions Options { get; } = new(2)
    {
        ScanEvery = TimeSpan.FromMilliseconds(100),
        RecordEvery = TimeSpan.FromMilliseconds(20),
        Patience = JobPatience.Default with { Attempts = 3, FirstDelay = TimeSpan.FromMilliseconds(20) },
        StepRetry = new(1, TimeSpan.Zero),
    };

    public async Task<JobRecord> Enter(string id) =>
        (await Jobs.Enter(id, JobKind.CohortRun, id, CohortPlace.Of(id), Sample, id, CancellationToken.None)).Job;

    /// <summary>Starts a host; it ends with the rig, or before by the token.</summary>
    public LocalJobHost Start(
        Func<string, CancellationToken, Task> first, Func<string, CancellationToken, Task>? second = null, LocalJobHostOptions? options = null,
        CancellationTokenSource? until = null)
    {
        var steps = new StepCatalogue().Add(new Act(First, first)).Add(new Act(Second, second ?? ((_, _) => Task.CompletedTask)));
        var runtime = new ServiceRuntime(Storage, steps, new WorkflowCatalogue().Add(Sample), TimeProvider.System, "0", NullLoggerFactory.Instance);
        var host = new LocalJobHost(runtime, Jobs, options ?? Options, NullLogger<LocalJobHost>.Instance);
        hosts.Add(host.Run(CancellationTokenSource.CreateLinkedTokenSource(stop.Token, until?.Token ?? default).Token));
        return host;
    }

    public Task AllHostsEnded() => Task.WhenAll(hosts);

    /// <summary>The job as soon as it is as wanted.</summary>
    public async Task<JobRecord> Until(string id, Func<JobRecord, bool> wanted)
    {
        JobRecord? last = null;
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < Limit;)
        {
            last = await Jobs.Find(id, TestContext.Current.CancellationToken);
            if (last is not null && wanted(last))
                return last;
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
        throw new TimeoutException($"The job did not get there: {last}");
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await AllHostsEnded();
        stop.Dispose();
        await Storage.DisposeAsync();
        folder.Dispose();
    }

    private static async Task<int> Body(IWorkflow run, string input)
    {
        (await run.Run(First, input)).Require();
        await run.Checkpoint(new("between", 1, 2));
        return (await run.Run(Second, input)).Require();
    }

    private sealed class Act(Step<string, int> step, Func<string, CancellationToken, Task> act) : IStepHandler<string, int>
    {
        public Step<string, int> Step => step;

        public async Task<Outcome<int>> Run(string input, StepContext context, CancellationToken cancel)
        {
            await act(input, cancel);
            return Outcome.Of(1);
        }
    }
}
