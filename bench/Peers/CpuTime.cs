namespace RadiogenomicsCloud.Bench.Peers;

/// <summary>
/// CPU milliseconds of a piece of work on one thread, warm, median of five. CPU time and not time on the clock, so that other work on
/// the machine disturbs it little; what the runtime spends on garbage is in it.
/// </summary>
internal static class CpuTime
{
    private const int Samples = 5;
    private const double WarmMilliseconds = 300;

    // A sample of less is repeated, so that the resolution of the clock does not show.
    private const double SampleMilliseconds = 40;

    public static double Median(Action work)
    {
        // What runs first compiles and touches memory for the first time, and does not count.
        var warm = 0.0;
        double last;
        do
        {
            last = Once(work, 1);
            warm += last;
        }
        while (warm < WarmMilliseconds);
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
