namespace RadiogenomicsCloud.Pipeline.Extraction;

/// <summary>Work side by side whose results come in the order of the items.</summary>
public static class InOrder
{
    /// <summary>
    /// Runs <paramref name="work"/> on up to <paramref name="parallel"/> items at the same time and yields results in input order. No
    /// more than four times as many results wait for a slow one before them. When the reader stops or an item throws, the work that is
    /// under way is cancelled and awaited.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async IAsyncEnumerable<TResult> Select<TItem, TResult>(
        IEnumerable<TItem> items, int parallel, Func<TItem, CancellationToken, TResult> work, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentOutOfRangeException.ThrowIfLessThan(parallel, 1);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var gate = new SemaphoreSlim(parallel);
        var started = new Queue<Task<TResult>>();
        try
        {
            foreach (var item in items)
            {
                if (started.Count >= 4 * parallel)
                    yield return await started.Dequeue();
                await gate.WaitAsync(stop.Token);
                started.Enqueue(Task.Run(
                    () =>
                    {
                        try
                        {
                            stop.Token.ThrowIfCancellationRequested();
                            return work(item, stop.Token);
                        }
                        finally
                        {
                            gate.Release();
                        }
                    },
                    CancellationToken.None));
            }
            while (started.Count > 0)
                yield return await started.Dequeue();
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(started).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }
}
