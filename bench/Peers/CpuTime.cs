using System.Runtime;

namespace RadiogenomicsCloud.Bench.Peers;

/// <summary>
/// CPU milliseconds of a piece of work on one thread, warm, median of five. CPU time and not time on the clock, so that other work on
/// the machine disturbs it little; what the runtime spends on garbage is in it.
/// </summary>
internal static class CpuTime
{
    private const int Samples = 5;

    // The runtime compiles a method for the last time only after some thirty calls and a while in the background: until then short work
    // would be timed while it is slow, and its compilation with it. Work is warm once a while has passed without anything being compiled.
    private const int WarmRuns = 5;
    private const double WarmMilliseconds = 1_500;
    private const double QuietMilliseconds = 500;
    private const double LongestWarmMilliseconds = 10_000;

    // A sample of less is repeated, so that the resolution of the clock does not show.
    private const double SampleMilliseconds = 40;

    public static double Median(Action work)
    {
        var last = WarmUp(work);
        var repeats = Math.Clamp((int)Math.Ceiling(SampleMilliseconds / Math.Max(last, 1e-3)), 1, 10_000);
        var samples = new double[Samples];
        for (var s = 0; s < Samples; s++)
            samples[s] = Once(work, repeats);
        Array.Sort(samples);
        return samples[Samples / 2];
    }

    /// <summary>Returns the milliseconds of the last run.</summary>
    private static double WarmUp(Action work)
    {
        double last, warm = 0, quiet = 0;
        var (runs, compiled) = (0, 0L);
        do
        {
            last = Once(work, 1);
            warm += last;
            runs++;
            var now = JitInfo.GetCompiledMethodCount();
            quiet = now == compiled ? quiet + last : 0;
            compiled = now;
        }
        while ((runs < WarmRuns || warm < WarmMilliseconds || quiet < QuietMilliseconds) && warm < LongestWarmMilliseconds);
        return last;
    }

    private static double Once(Action work, int repeats)
    {
        var before = Environment.CpuUsage.TotalTime;
        for (var r = 0; r < repeats; r++)
            work();
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / repeats;
    }
}
