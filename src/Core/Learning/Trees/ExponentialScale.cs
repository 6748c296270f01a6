using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Follow-up on the scale on which the hazard of all rows is constant and 1: the time is run through the piecewise exponential estimate of the cumulative
/// hazard, with an interval for each distinct time of an event and the last one to the end of follow-up, as R's <c>rpart</c> does.
/// </summary>
internal static class ExponentialScale
{
    public static double[] Of(SurvivalEndpoint endpoint)
    {
        double[] ends = [.. endpoint.Times.Where((_, r) => endpoint.Events[r]).Distinct().Order()];
        // A follow-up of nothing is exposed to nothing; half of the least one keeps rates finite.
        var positive = endpoint.Times.Where(t => t > 0).DefaultIfEmpty(1).Min();
        double[] times = [.. endpoint.Times.Select(t => t > 0 ? t : positive / 2)];
        if (ends[0] <= 0)
            ends[0] = positive / 2;
        ends[^1] = Math.Max(ends[^1], times.Max());
        var (deaths, exposed) = (new double[ends.Length], new double[ends.Length]);
        var interval = new int[times.Length];
        for (var r = 0; r < times.Length; r++)
        {
            var found = Array.BinarySearch(ends, times[r]);
            var at = interval[r] = found >= 0 ? found : ~found;
            deaths[at] += endpoint.Events[r] ? 1 : 0;
            exposed[at] += times[r] - Start(ends, at);
            for (var i = 0; i < at; i++)
                exposed[i] += ends[i] - Start(ends, i);
        }
        var hazard = new double[ends.Length + 1];
        for (var i = 0; i < ends.Length; i++)
            hazard[i + 1] = hazard[i] + (deaths[i] / exposed[i] * (ends[i] - Start(ends, i)));
        var scaled = new double[times.Length];
        for (var r = 0; r < scaled.Length; r++)
        {
            var i = interval[r];
            scaled[r] = hazard[i] + ((hazard[i + 1] - hazard[i]) * (times[r] - Start(ends, i)) / (ends[i] - Start(ends, i)));
        }
        return scaled;
    }

    private static double Start(double[] ends, int interval) => interval == 0 ? 0 : ends[interval - 1];
}
