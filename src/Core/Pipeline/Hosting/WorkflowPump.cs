namespace RadiogenomicsCloud.Pipeline.Hosting;

/// <summary>
/// Runs what is posted to it one at a time, in order, so that workflow bodies have one logical thread and need no locks. It holds no
/// thread while there is nothing to do.
/// </summary>
internal sealed class WorkflowPump : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> queue = new();
    private bool draining;

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (queue)
        {
            queue.Enqueue((d, state));
            if (draining)
                return;
            draining = true;
        }
        ThreadPool.UnsafeQueueUserWorkItem(static pump => pump.Drain(), this, preferLocal: false);
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("A workflow never waits by blocking.");

    public override SynchronizationContext CreateCopy() => this;

    private void Drain()
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            while (true)
            {
                (SendOrPostCallback Callback, object? State) work;
                lock (queue)
                {
                    if (!queue.TryDequeue(out work))
                    {
                        draining = false;
                        return;
                    }
                }
                work.Callback(work.State);
            }
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }
}
