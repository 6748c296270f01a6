namespace RadiogenomicsCloud.Service.Tests.Exchanges;

/// <summary>A clock that stands still until it is moved. Begins with the machine's, since files of a folder carry that.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long ticks = TimeProvider.System.GetUtcNow().Ticks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
}
