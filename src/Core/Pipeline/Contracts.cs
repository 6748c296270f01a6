using System.Text.Json;

namespace RadiogenomicsCloud.Pipeline;

/// <summary>Bytes by content: the SHA-256 in lower-case hexadecimal and the length. Never a place.</summary>
public sealed record ArtifactRef(string Sha256, long Length);

/// <summary>One file of a cohort as it was when the run began.</summary>
/// <param name="Path">Relative path with forward slashes.</param>
/// <param name="Version">ETag or modification time: opening a file whose version changed is an error.</param>
/// <remarks>Only content and length enter the key of a step: moving or touching a file redoes nothing.</remarks>
public sealed record CohortFile(
    [property: NotInKey] string Path, string Sha256, long Length, [property: NotInKey] string Version)
{
    /// <summary>Code of the exception of a file that changed while a run was going on. Never kept as an outcome.</summary>
    public const string ChangedCode = "cohort.changed";

    /// <summary>What opening a file throws whose version is no longer the pinned one.</summary>
    public static BadInputException Changed(string path, Exception? inner = null) => new(
        ChangedCode, $"'{path}' was changed or removed after the run began: start the run again.", path, inner);
}

/// <summary>Why something could not be done: data, not an exception. <see cref="Message"/> is one sentence of at most 400 characters.</summary>
/// <param name="Kind">Which exception it was, hence the exit code of a run that ends with it.</param>
public sealed record Failure(string Code, string Message, string? Where, FailureKind Kind = FailureKind.Input);

/// <summary>What a step gave: a value, or a failure that the same input gives again.</summary>
public sealed record Outcome<T>(T? Value, Failure? Failure, IReadOnlyList<string> Warnings);

/// <summary>Name and version of a step. The version is raised when the same input gives another output.</summary>
/// <param name="Kind">Whether the outcome is kept and found again, or the step is done each time that it is called.</param>
public sealed record Step<TIn, TOut>(string Name, int Version, StepKind Kind = StepKind.Pure);

/// <summary>What a step is for.</summary>
public enum StepKind
{
    /// <summary>For its output, which depends on its input alone: done once, then found.</summary>
    Pure,

    /// <summary>For what it does outside: done at every call, and so made that twice does no more than once.</summary>
    Effect,
}

/// <summary>A deterministic function over steps and child workflows.</summary>
public sealed record Workflow<TIn, TOut>(string Name, int Version, Func<IWorkflow, TIn, Task<TOut>> Body);

/// <summary>Where a run is; shown to people.</summary>
public sealed record Progress(string Stage, int Done, int Total)
{
    /// <summary>Sentences that somebody should read before what comes next; the same ones may be told again. Null where there are none.</summary>
    public IReadOnlyList<string>? Notes { get; init; }
}

/// <summary>All that a workflow body may await.</summary>
public interface IWorkflow
{
    string RunId { get; }

    /// <summary>Runs a step, retried by the host, or finds its outcome.</summary>
    Task<Outcome<TOut>> Run<TIn, TOut>(Step<TIn, TOut> step, TIn input);

    /// <summary>Runs a child workflow as instance <c>RunId-key</c>.</summary>
    Task<TOut> Run<TIn, TOut>(Workflow<TIn, TOut> child, string key, TIn input);

    /// <summary>
    /// Shows progress; ends the run if it was cancelled. What a child does in the stage that its parent is in counts in the parent's; what it
    /// does in another stage is shown as it is. Only the first checkpoint of a stage may cost a durable host an event, the others are free.
    /// </summary>
    Task Checkpoint(Progress progress);
}

/// <summary>The code of a step. Bad data is an <see cref="Outcome{T}"/>; <see cref="TransientException"/> is retried; anything else is our bug and never kept.</summary>
public interface IStepHandler<TIn, TOut>
{
    Step<TIn, TOut> Step { get; }

    Task<Outcome<TOut>> Run(TIn input, StepContext context, CancellationToken cancel);
}

/// <summary>What a step may touch.</summary>
/// <param name="TemporaryFolder">An empty folder of this call alone; it is removed when the step ends.</param>
public sealed record StepContext(ICohort Cohort, IArtifactStore Artifacts, string TemporaryFolder);

/// <summary>A step to run, as it crosses a process boundary.</summary>
public sealed record StepCall(string Name, int Version, JsonElement Input);

/// <summary>Computes the key, looks up, runs, keeps. The same in both hosts.</summary>
public interface IStepRunner
{
    /// <summary>Returns the serialised <see cref="Outcome{T}"/>.</summary>
    Task<JsonElement> Run(StepCall call, CancellationToken cancel);
}

/// <summary>The cohort's files, as a run pinned them.</summary>
public interface ICohort
{
    /// <summary>Opens a file; a <see cref="BadInputException"/> if its version is no longer that of <paramref name="file"/>. The stream is seekable.</summary>
    Task<Stream> Open(CohortFile file, CancellationToken cancel);
}

/// <summary>A cohort that can be listed with the hash of every file, because reading all of them costs little.</summary>
public interface IListedCohort : ICohort
{
    /// <summary>All files below the cohort, ordinally sorted by path, without what runs wrote there.</summary>
    Task<IReadOnlyList<CohortFile>> List(CancellationToken cancel);
}

/// <summary>Content-addressed bytes.</summary>
public interface IArtifactStore
{
    /// <summary>Opens an artifact; null if it is missing or damaged.</summary>
    Task<Stream?> Open(ArtifactRef reference, CancellationToken cancel);

    /// <summary>Keeps the bytes that <paramref name="write"/> writes, atomically; returns their reference.</summary>
    Task<ArtifactRef> Put(Func<Stream, Task> write, CancellationToken cancel);
}

/// <summary>Outcomes by the key of their step.</summary>
public interface IOutcomeStore
{
    Task<JsonElement?> Find(string key, CancellationToken cancel);

    /// <summary>Keeps an outcome; if there is one already, that one stands and is returned.</summary>
    Task<JsonElement> Keep(string key, JsonElement outcome, CancellationToken cancel);

    /// <summary>Forgets an outcome whose artifacts are missing or damaged, so that a new one can be kept.</summary>
    Task Drop(string key, CancellationToken cancel);
}

/// <summary>Append-only history for people. No decision is read from it.</summary>
public interface ILedger
{
    Task Append(string eventName, IReadOnlyDictionary<string, string> facts, CancellationToken cancel);
}

/// <summary>Keeps two hosts from doing the same work; never needed for correctness.</summary>
public interface IRunLease
{
    /// <summary>Takes the lease, or returns null where another host holds it.</summary>
    Task<IAsyncDisposable?> TryTake(string runId, CancellationToken cancel);
}
