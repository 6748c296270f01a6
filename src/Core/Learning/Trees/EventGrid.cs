using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>The distinct times of events of a survival endpoint, ascending, and where the rows stand among them.</summary>
internal sealed class EventGrid
{
    private readonly int[] reached;
    private readonly bool[] events;

    public EventGrid(SurvivalEndpoint endpoint)
    {
        events = endpoint.Events;
        double[] times = [.. endpoint.Times.Where((_, r) => endpoint.Events[r]).Distinct().Order()];
        Times = times;
        reached = new int[endpoint.Count];
        for (var r = 0; r < reached.Length; r++)
        {
            var at = Array.BinarySearch(times, endpoint.Times[r]);
            reached[r] = at >= 0 ? at + 1 : ~at;
        }
    }

    public double[] Times { get; }

    /// <summary>Of each row how many times of events are at most its follow-up: at so many it was at risk.</summary>
    public ReadOnlySpan<int> Reached => reached;

    /// <summary>Of each row whether it has the event, at its last time reached.</summary>
    public ReadOnlySpan<bool> Events => events;

    /// <summary>Nelson–Aalen's cumulative hazard at the time of each row minus its event: the log-rank scores.</summary>
    public double[] LogRankScores(double[] weights)
    {
        var (deaths, atRisk) = (new double[Times.Length], new double[Times.Length]);
        for (var r = 0; r < reached.Length; r++)
        {
            if (reached[r] == 0)
                continue;
            atRisk[reached[r] - 1] += weights[r];
            if (events[r])
                deaths[reached[r] - 1] += weights[r];
        }
        for (var t = Times.Length - 2; t >= 0; t--)
            atRisk[t] += atRisk[t + 1];
        var hazard = new double[Times.Length + 1];
        for (var t = 0; t < Times.Length; t++)
            hazard[t + 1] = hazard[t] + (deaths[t] / atRisk[t]);
        var scores = new double[reached.Length];
        for (var r = 0; r < scores.Length; r++)
            scores[r] = hazard[reached[r]] - (events[r] ? 1 : 0);
        return scores;
    }
}
