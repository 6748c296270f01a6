namespace RadiogenomicsCloud.Pipeline.Steps;

/// <summary>
/// Keeps what was read last: every step of a run asks for the same. Steps that ask at once share one reading, so that a large document is in
/// memory once whatever the number of workers. A reading that failed is not kept. Safe to call from several threads.
/// </summary>
/// <param name="read">Reads an artifact.</param>
internal sealed class LastRead<T>(Func<StepContext, ArtifactRef, Task<T>> read)
{
    private readonly Lock gate = new();
    private (ArtifactRef Reference, Task<T> Reading)? last;

    /// <param name="cancel">Ends the waiting, not the reading, which others may wait for.</param>
    public Task<T> Get(StepContext context, ArtifactRef reference, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(context);
        lock (gate)
        {
            if (last is not { } known || known.Reference != reference || known.Reading.IsFaulted || known.Reading.IsCanceled)
                last = known = (reference, Task.Run(() => read(context, reference), CancellationToken.None));
            return known.Reading.WaitAsync(cancel);
        }
    }
}
