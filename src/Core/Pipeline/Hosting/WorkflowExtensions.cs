namespace RadiogenomicsCloud.Pipeline.Hosting;

/// <summary>What workflow bodies use beside <see cref="IWorkflow"/>.</summary>
public static class WorkflowExtensions
{
    /// <summary>
    /// Starts one task an item, at most <paramref name="window"/> at a time, and returns the results in the order of the items.
    /// Deterministic: it awaits nothing but the tasks themselves. When one fails, no further ones are started.
    /// </summary>
    /// <param name="start">Gets the item and its index.</param>
    public static async Task<TResult[]> FanOut<T, TResult>(this IReadOnlyList<T> items, int window, Func<T, int, Task<TResult>> start)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        var results = new TResult[items.Count];
        var next = 0;
        var failed = false;
        var lanes = new Task[Math.Min(window, items.Count)];
        for (var lane = 0; lane < lanes.Length; lane++)
            lanes[lane] = RunLane();
        await Task.WhenAll(lanes); // On the workflow's own context: no ConfigureAwait.
        return results;

        async Task RunLane()
        {
            while (!failed && next < items.Count)
            {
                var index = next++;
                try
                {
                    results[index] = await start(items[index], index);
                }
                catch
                {
                    failed = true;
                    throw;
                }
            }
        }
    }
}
