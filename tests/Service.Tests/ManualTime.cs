namespace RadiogenomicsCloud.Service.Tests;

/// <summary>A clock that a test moves; any thread may read it.</summary>
internal sealed class ManualTime(DateTimeOffset now) : TimeProvider
{
    private long ticks = now.UtcTicks;

    public ManualTime()
        : this(System.GetUtcNow())
    {
    }

    public DateTimeOffset Now
    {
        get => new(Interlocked.Read(ref ticks), TimeSpan.Zero);
        set => Interlocked.Exchange(ref ticks, value.UtcTicks);
    }

    public override DateTimeOffset GetUtcNow() => Now;

    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
}
