namespace RadiogenomicsCloud.Bench.Peers;

/// <summary>
/// CPU milliseconds of a piece of work on one thread, warm, median of five. CPU time and not time on the clock, so that other work on
/// the machine disturbs it little; what the runtime spends on garbage is in it.
/// </summary>
internal static class CpuTime
{
    private const int Samples = 5;

    // The runtime compiles a method well only after some thirty calls and a while in the background: until then short work would be timed
    // while it is being compiled, and its compilation with it. Where one run takes seconds, a few have warmed it.
    private const int WarmRuns = 5;
    private const double WarmMilliseconds = 1_500;
    private const double LongestWarmMilliseconds = 10_000;

    // A sample of less is repeated, so that the resolution of the clock does not show.
    private const double SampleMilliseconds = 40;

    public static double Median(Action work)
    {
        // What runs first compiles and touches memory for the first time, and does not count.
        var (warm, last) = (0.0, 0.0);
        for (var runs = 0; (runs < WarmRuns || warm < WarmMilliseconds) && warm < LongestWarmMilliseconds; runs++)
        {
            last = Once(work, 1);
            warm += last;
        }
        var repeats = Math.Clamp((int)Math.Ceiling(SampleMilliseconds / Math.Max(last, 1e-3)), 1, 10_000);
        var samples = new double[Samples];
        for (var s = 0; s < Samples; s++)
            samples[s] = Once(work, repeats);
        Array.Sort(samples);
        return samples[Samples / 2];
    }

    private static double Once(Action work, int repeats)
    {
        var before = Environment.CpuUsage.TotalTime;
        for (var r = 0; r < repeats; r++)
            work();
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / repeats;
    }
}
