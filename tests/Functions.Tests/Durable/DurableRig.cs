using System.Diagnostics;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using RadiogenomicsCloud.Functions.Durable;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Service.Folders;
using RadiogenomicsCloud.Service.Hosting;
using RadiogenomicsCloud.Service.Jobs;

namespace RadiogenomicsCloud.Functions.Tests.Durable;

/// <summary>Our two functions in Durable's own engine, in memory and with real replay, over a storage in a folder.</summary>
internal sealed class DurableRig : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string folder;
    private readonly FolderServiceStorage storage;
    private readonly DurableTaskTestHost host;

    private DurableRig(string folder, FolderServiceStorage storage, ServiceRuntime runtime, JobRegister register, DurableTaskTestHost host)
    {
        (this.folder, this.storage, this.host) = (folder, storage, host);
        Register = register;
        JobHost = new(host.Client, runtime, register);
    }

    public JobRegister Register { get; }

    public DurableJobHost JobHost { get; }

    /// <param name="turns">Told of every turn of the orchestrator, replays included.</param>
    public static async Task<DurableRig> Start(Toy.SquareStep step, WorkflowCatalogue workflows, Action? turns = null)
    {
        // The engine's own web server takes its settings from here.
        Environment.SetEnvironmentVariable("Logging__LogLevel__Default", "None");
        var folder = Directory.CreateTempSubdirectory("radiogenomics-test-").FullName;
        var storage = FolderServiceStorage.Open(folder, TimeProvider.System);
        await storage.Prepare(CancellationToken.None);
        var register = new JobRegister(storage.Records, storage.Artifacts, TimeProvider.System);
        var steps = new StepCatalogue().Add(step).Add(new LookAtJobStep(register)).Add(new EndJobStep(register));
        var runtime = new ServiceRuntime(storage, steps, workflows, TimeProvider.System, "test", NullLoggerFactory.Instance);
        var host = await DurableTaskTestHost.StartAsync(registry =>
        {
            registry.AddOrchestratorFunc<WorkflowCall, WorkflowReply>(DurableWorkflow.Orchestrator, (context, call) =>
            {
                turns?.Invoke();
                return new WorkflowFunction(workflows).Run(context, call);
            });
            registry.AddActivityFunc<StepInvocation, StepReply>(
                DurableWorkflow.Activity, (_, call) => new StepFunction(runtime, NullLogger<StepFunction>.Instance).Run(call, CancellationToken.None));
        });
        return new(folder, storage, runtime, register, host);
    }

    public async Task<JobRecord> Enter(string id, IReadOnlyList<int> values) =>
        (await Register.Enter(id, JobKind.CohortRun, "toy", Toy.Place, Toy.Sum, new Numbers(values), CancellationToken.None)).Job;

    /// <summary>Enters a job, starts it and waits for its end.</summary>
    public async Task<JobRecord> Run(string id, params int[] values)
    {
        await JobHost.Start(await Enter(id, values), CancellationToken.None);
        return await End(id);
    }

    public Task<OrchestrationMetadata?> Instance(string id) => host.Client.GetInstanceAsync(id, getInputsAndOutputs: true, CancellationToken.None);

    /// <summary>An orchestration that nobody but Durable knows of.</summary>
    public Task Schedule(WorkflowCall call) => host.Client.ScheduleNewOrchestrationInstanceAsync(
        DurableWorkflow.Orchestrator, call, new StartOrchestrationOptions(call.JobId), CancellationToken.None);

    public async Task<JobRecord> End(string id)
    {
        using var limit = new CancellationTokenSource(Patience);
        await host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, limit.Token);
        return (await Register.Find(id, CancellationToken.None))!;
    }

    /// <summary>Waits until something holds.</summary>
    public static async Task Until(Func<bool> condition)
    {
        for (var clock = Stopwatch.StartNew(); !condition(); await Task.Delay(20))
            Assert.True(clock.Elapsed < Patience, "It did not come to pass in time.");
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await storage.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
