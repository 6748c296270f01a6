using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using RadiogenomicsCloud.Pipeline.Storage;

namespace RadiogenomicsCloud.Pipeline.Hosting;

/// <summary>What a <see cref="StepRunner"/> needs of its host.</summary>
/// <param name="TemporaryFolder">Below it each call gets a folder of its own.</param>
/// <param name="Reached">Told the key of every outcome that the run used, so that <c>clean</c> keeps it.</param>
public sealed record StepRunnerPorts(
    ICohort Cohort,
    IArtifactStore Artifacts,
    IOutcomeStore Outcomes,
    ILedger Ledger,
    string TemporaryFolder,
    TimeProvider Time,
    Action<string> Reached);

/// <summary>
/// Runs a step, or finds its outcome. An outcome of which an artifact is missing or damaged is not found. Kept are values and
/// deterministic failures; <see cref="TransientException"/>, <see cref="StorageException"/>, cancellation and bugs pass through and
/// leave nothing behind. Calls of one key that meet in the process share one computation. An effect is done at each call and leaves no outcome.
/// </summary>
public sealed partial class StepRunner(StepCatalogue catalogue, StepRunnerPorts ports, ILogger<StepRunner> logger) : IStepRunner
{
    private readonly ConcurrentDictionary<string, Task<JsonElement>> running = new(StringComparer.Ordinal);
    private long calls;

    public async Task<JsonElement> Run(StepCall call, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(call);
        var entry = catalogue.Get(call.Name, call.Version);
        Payload.Guard(call.Input, $"input of step '{call.Name}'");
        var key = entry.Key(call.Input);
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            var mine = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
            var shared = running.GetOrAdd(key, mine.Task);
            if (shared == mine.Task)
                return await Lead(mine, call, entry, key, cancel).ConfigureAwait(false);
            try
            {
                return await shared.WaitAsync(cancel).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                // The caller that led was cancelled; this one was not.
            }
        }
    }

    private async Task<JsonElement> Lead(
        TaskCompletionSource<JsonElement> mine, StepCall call, StepCatalogue.IEntry entry, string key, CancellationToken cancel)
    {
        try
        {
            var outcome = await FindOrCompute(call, entry, key, cancel).ConfigureAwait(false);
            if (entry.Kind == StepKind.Pure)
                ports.Reached(key);
            running.TryRemove(key, out _);
            mine.SetResult(outcome);
            return outcome;
        }
        catch (OperationCanceledException)
        {
            running.TryRemove(key, out _);
            mine.SetCanceled(CancellationToken.None);
            throw;
        }
        catch (Exception exception)
        {
            running.TryRemove(key, out _);
            mine.SetException(exception);
            _ = mine.Task.Exception; // Observed: nobody need have shared this call.
            throw;
        }
    }

    private async Task<JsonElement> FindOrCompute(StepCall call, StepCatalogue.IEntry entry, string key, CancellationToken cancel)
    {
        using var activity = PipelineTelemetry.Source.StartActivity(call.Name);
        var start = ports.Time.GetTimestamp();
        if (entry.Kind == StepKind.Pure && await Find(call, key, cancel).ConfigureAwait(false) is { } found)
        {
            await Log(call, key, "found", start, cancel).ConfigureAwait(false);
            return found;
        }
        var outcome = Payload.Guard(await Compute(call, entry, cancel).ConfigureAwait(false), $"output of step '{call.Name}'");
        if (outcome.TryGetProperty("failure", out var failure) && failure.TryGetProperty("code", out var code)
            && code.GetString() == CohortFile.ChangedCode)
            throw CanonicalJson.FromElement<Failure>(failure).ToException(); // True of this moment, not of the input.
        if (entry.Kind == StepKind.Pure)
            outcome = await ports.Outcomes.Keep(key, outcome, cancel).ConfigureAwait(false);
        await Log(call, key, failure.ValueKind == JsonValueKind.Object ? "failed" : "computed", start, cancel).ConfigureAwait(false);
        return outcome;
    }

    private async Task<JsonElement?> Find(StepCall call, string key, CancellationToken cancel)
    {
        if (await ports.Outcomes.Find(key, cancel).ConfigureAwait(false) is not { } outcome)
            return null;
        foreach (var artifact in Payload.Artifacts(outcome))
        {
            var stream = await ports.Artifacts.Open(artifact, cancel).ConfigureAwait(false);
            if (stream is null)
            {
                LogDamaged(call.Name, artifact.Sha256);
                await ports.Outcomes.Drop(key, cancel).ConfigureAwait(false);
                return null;
            }
            await stream.DisposeAsync().ConfigureAwait(false);
        }
        return outcome;
    }

    private async Task<JsonElement> Compute(StepCall call, StepCatalogue.IEntry entry, CancellationToken cancel)
    {
        var number = Interlocked.Increment(ref calls).ToString(CultureInfo.InvariantCulture);
        var temporary = Path.Combine(ports.TemporaryFolder, "step-" + number);
        StorageTrouble.Translate(() => Directory.CreateDirectory(temporary), temporary);
        try
        {
            return await entry.Run(call.Input, new StepContext(ports.Cohort, ports.Artifacts, temporary), cancel).ConfigureAwait(false);
        }
        catch (BadInputException exception) when (exception.Code != CohortFile.ChangedCode)
        {
            return entry.Failed(exception.ToFailure());
        }
        catch (StudyFailedException exception)
        {
            return entry.Failed(exception.ToFailure());
        }
        catch (Exception exception) when (StorageTrouble.IsDiskFull(exception) || exception is UnauthorizedAccessException)
        {
            throw StorageTrouble.Describe(exception, temporary);
        }
        finally
        {
            StorageTrouble.DeleteFolderIfPossible(temporary);
        }
    }

    private Task Log(StepCall call, string key, string result, long start, CancellationToken cancel)
    {
        var elapsed = ports.Time.GetElapsedTime(start);
        PipelineTelemetry.Steps.Add(1, new TagList { { "step", call.Name }, { "result", result } });
        LogStep(call.Name, result, elapsed.TotalMilliseconds);
        return ports.Ledger.Append(
            "step",
            new Dictionary<string, string>
            {
                ["step"] = call.Name,
                ["version"] = call.Version.ToString(CultureInfo.InvariantCulture),
                ["key"] = key,
                ["result"] = result,
                ["milliseconds"] = elapsed.TotalMilliseconds.ToString("F1", CultureInfo.InvariantCulture),
            },
            cancel);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Step {Step} {Result} in {Milliseconds} ms.")]
    private partial void LogStep(string step, string result, double milliseconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "An artifact of step {Step} is missing or damaged, the step is done again: {Sha256}.")]
    private partial void LogDamaged(string step, string sha256);
}
