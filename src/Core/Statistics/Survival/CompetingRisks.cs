namespace RadiogenomicsCloud.Statistics;

internal static class CompetingRisks
{
    /// <summary>Whether each row has any event, and whether it has that of the cause.</summary>
    public static (bool[] Any, bool[] Own) Split(ReadOnlySpan<double> times, ReadOnlySpan<int> causes, int cause)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cause, 1);
        if (causes.Length != times.Length)
            throw new ArgumentException($"{times.Length} times and {causes.Length} causes do not match.", nameof(causes));
        bool[] any = new bool[causes.Length], own = new bool[causes.Length];
        for (var i = 0; i < causes.Length; i++)
        {
            if (causes[i] < 0)
                throw new ArgumentException("A cause of event is negative; 0 means censored.", nameof(causes));
            any[i] = causes[i] > 0;
            own[i] = causes[i] == cause;
        }
        return (any, own);
    }

    /// <summary>The variance of d / n under sampling without replacement, d (1 − (d − 1) / (n − 1)) / n².</summary>
    public static double Spread(double d, double n) => d * (d > 1 ? 1 - ((d - 1) / (n - 1)) : 1) / (n * n);
}
