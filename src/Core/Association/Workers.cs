namespace RadiogenomicsCloud.Association;

/// <summary>Runs independent pieces of work on several threads, each with buffers of its own; which thread does which piece changes no result.</summary>
internal static class Workers
{
    public static void ForEach<TState>(int count, int workers, Func<TState> state, Action<TState, int> body, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(workers);
        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancel }, state, (i, _, own) =>
            {
                cancel.ThrowIfCancellationRequested();
                body(own, i);
                return own;
            }, static _ => { });
        }
        catch (AggregateException e) when (e.InnerExceptions.All(x => x is OperationCanceledException))
        {
            throw new OperationCanceledException(cancel);
        }
    }
}
