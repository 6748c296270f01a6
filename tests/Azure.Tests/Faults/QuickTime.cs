namespace RadiogenomicsCloud.Azure.Tests.Faults;

/// <summary>The clock of the system with timers that fire a hundred times sooner.</summary>
internal sealed class QuickTime : TimeProvider
{
    private const int Factor = 100;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(
        callback, state, dueTime > TimeSpan.Zero ? dueTime / Factor : dueTime, period > TimeSpan.Zero ? period / Factor : period);
}
