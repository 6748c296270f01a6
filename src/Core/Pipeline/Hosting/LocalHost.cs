namespace RadiogenomicsCloud.Pipeline.Hosting;

/// <summary>What a <see cref="LocalHost"/> may do at once, and how it tries again.</summary>
/// <param name="Workers">Steps that run at the same time; at least 1.</param>
public sealed record LocalHostOptions(int Workers, RetryPolicy? Retry = null)
{
    internal RetryPolicy RetryPolicy => Retry ?? RetryPolicy.Default;
}

/// <summary>
/// Runs workflows in this process: the bodies on one logical thread, their steps in parallel on the thread pool. Holds no state of a
/// run: started again, a workflow finds the outcomes of its finished steps.
/// </summary>
/// <param name="time">Clock of the delays between attempts.</param>
/// <param name="progress">Told where the run is, on the workflow's logical thread.</param>
public sealed class LocalHost(IStepRunner runner, LocalHostOptions options, TimeProvider time, IProgress<Progress>? progress = null)
{
    /// <summary>Runs a workflow to its end.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was cancelled; running steps have ended.</exception>
    /// <exception cref="RadiogenomicsException">What ended the run; the first such, if there were several.</exception>
    public async Task<TOut> Run<TIn, TOut>(Workflow<TIn, TOut> workflow, string runId, TIn input, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Workers, 1);
        using var run = new LocalRun(runner, options, time, progress, cancel);
        return CanonicalJson.FromElement<TOut>(await run.Start(workflow, runId, CanonicalJson.ToElement(input)).ConfigureAwait(false));
    }
}
