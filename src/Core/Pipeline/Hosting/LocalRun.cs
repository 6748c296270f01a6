using System.Text.Json;

namespace RadiogenomicsCloud.Pipeline.Hosting;

/// <summary>One run of a <see cref="LocalHost"/>: what its workflow and the children of that share.</summary>
internal sealed class LocalRun : IDisposable
{
    private readonly IStepRunner runner;
    private readonly LocalHostOptions options;
    private readonly TimeProvider time;
    private readonly IProgress<Progress>? progress;
    private readonly CancellationTokenSource stop;
    private readonly CancellationToken token;
    private readonly SemaphoreSlim workers;
    private readonly WorkflowPump pump = new();

    // All below belong to the pump's logical thread.
    private readonly HashSet<string> instances = new(StringComparer.Ordinal);
    private readonly HashSet<Task> steps = [];
    private Exception? firstTrouble;

    public LocalRun(
        IStepRunner runner, LocalHostOptions options, TimeProvider time, IProgress<Progress>? progress, CancellationToken cancel)
    {
        this.runner = runner;
        this.options = options;
        this.time = time;
        this.progress = progress;
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        token = stop.Token;
        workers = new SemaphoreSlim(options.Workers);
    }

    /// <summary>Runs the root workflow on the pump, then waits until no step is running.</summary>
    public async Task<JsonElement> Start<TIn, TOut>(Workflow<TIn, TOut> workflow, string runId, JsonElement input)
    {
        var ended = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        pump.Post(_ => RunRoot(), null);
        return await ended.Task.ConfigureAwait(false);

        // An async void on the pump: every way out of it ends in the completion source.
        async void RunRoot()
        {
            try
            {
                var output = await RunInstance(workflow, runId, input, new ProgressTree(where => progress?.Report(where)));
                await EndSteps();
                ended.SetResult(output);
            }
            catch (Exception exception)
            {
                await EndSteps();
                ended.SetException(firstTrouble ?? exception);
            }
        }
    }

    public void Dispose()
    {
        workers.Dispose();
        stop.Dispose();
    }

    /// <summary>Runs a workflow body; on the pump.</summary>
    public async Task<JsonElement> RunInstance<TIn, TOut>(Workflow<TIn, TOut> workflow, string runId, JsonElement input, ProgressTree where)
    {
        if (!instances.Add(runId))
            throw new InvalidOperationException($"Two workflows of the id '{runId}': keys of children must differ.");
        Payload.Guard(input, $"input of workflow '{workflow.Name}'");
        token.ThrowIfCancellationRequested();
        var output = await workflow.Body(new LocalWorkflow(this, runId, where), CanonicalJson.FromElement<TIn>(input));
        return Payload.Guard(CanonicalJson.ToElement(output), $"output of workflow '{workflow.Name}'");
    }

    /// <summary>Queues a step; its result arrives on the pump.</summary>
    public async Task<JsonElement> RunStep(StepCall call)
    {
        token.ThrowIfCancellationRequested();
        Payload.Guard(call.Input, $"input of step '{call.Name}'");
        var step = Task.Run(() => RunOnWorker(call));
        steps.Add(step);
        try
        {
            return await step;
        }
        catch (Exception exception)
        {
            // The first trouble is the reason; that other steps were cancelled is its consequence.
            if (exception is not OperationCanceledException)
                firstTrouble ??= exception;
            else if (!token.IsCancellationRequested)
                firstTrouble ??= new InvalidOperationException($"Step '{call.Name}' cancelled itself.", exception);
            await stop.CancelAsync();
            throw;
        }
        finally
        {
            steps.Remove(step);
        }
    }

    private async Task EndSteps()
    {
        await stop.CancelAsync();
        await Task.WhenAny(Task.WhenAll(steps.ToArray())); // None starts any more; what they threw is known already.
    }

    private async Task<JsonElement> RunOnWorker(StepCall call)
    {
        await workers.WaitAsync(token).ConfigureAwait(false);
        try
        {
            return await RunWithRetries(call).ConfigureAwait(false);
        }
        finally
        {
            workers.Release();
        }
    }

    private async Task<JsonElement> RunWithRetries(StepCall call)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await runner.Run(call, token).ConfigureAwait(false);
            }
            catch (TransientException) when (attempt < options.RetryPolicy.Attempts)
            {
                await Task.Delay(options.RetryPolicy.DelayAfter(attempt), time, token).ConfigureAwait(false);
            }
        }
    }

    private sealed class LocalWorkflow(LocalRun run, string runId, ProgressTree where) : IWorkflow
    {
        public string RunId => runId;

        public async Task<Outcome<TOut>> Run<TIn, TOut>(Step<TIn, TOut> step, TIn input) =>
            CanonicalJson.FromElement<Outcome<TOut>>(
                await run.RunStep(new StepCall(step.Name, step.Version, CanonicalJson.ToElement(input))));

        public async Task<TOut> Run<TIn, TOut>(Workflow<TIn, TOut> child, string key, TIn input)
        {
            var below = where.StartChild();
            var output = await run.RunInstance(child, $"{runId}-{key}", CanonicalJson.ToElement(input), below);
            where.EndChild(below);
            return CanonicalJson.FromElement<TOut>(output);
        }

        public Task Checkpoint(Progress progress)
        {
            run.token.ThrowIfCancellationRequested();
            where.Report(progress);
            return Task.CompletedTask;
        }
    }
}
