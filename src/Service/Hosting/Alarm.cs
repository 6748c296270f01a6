namespace RadiogenomicsCloud.Service.Hosting;

/// <summary>Lets a loop sleep until its time has come or somebody rings; a ring while it is awake is not lost.</summary>
internal sealed class Alarm
{
    private readonly Lock turn = new();
    private TaskCompletionSource rung = New();

    public void Ring()
    {
        lock (turn)
            rung.TrySetResult();
    }

    /// <summary>Returns after <paramref name="longest"/>, when rung, or when cancelled; never throws for the last.</summary>
    public async Task Sleep(TimeSpan longest, TimeProvider time, CancellationToken cancel)
    {
        Task ring;
        lock (turn)
            ring = rung.Task;
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await Task.WhenAny(ring, Task.Delay(longest, time, awake.Token)).ConfigureAwait(false);
        await awake.CancelAsync().ConfigureAwait(false);
        lock (turn)
        {
            if (rung.Task.IsCompleted)
                rung = New();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
