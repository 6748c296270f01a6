using System.Globalization;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>
/// Times at which survival is asked for and judged. They are settings of the evaluation, the same in every resample, and nothing that is learned: the
/// quantiles of the event times of the cohort where the study does not say.
/// </summary>
internal static class EvaluationTimes
{
    private static readonly double[] UsualHorizons = [0.25, 0.5, 0.75];

    /// <summary>Where survival is judged, ascending; empty for other endpoints.</summary>
    /// <exception cref="BadInputException">A horizon is not before the last follow-up: nobody is known beyond it.</exception>
    public static IReadOnlyList<double> Horizons(Endpoint endpoint, IReadOnlyList<double> asked)
    {
        if (endpoint is not SurvivalEndpoint survival)
            return [];
        if (asked.Count == 0)
            return OfEvents(survival, UsualHorizons);
        var last = survival.Times.Max();
        if (asked.Any(h => h >= last))
        {
            throw new BadInputException(
                "validation.horizon",
                string.Create(CultureInfo.InvariantCulture, $"The horizon {asked.Max()} of '{survival.Name}' is not before the end of the longest follow-up, {last}; choose an earlier one."),
                survival.Name);
        }
        return [.. asked.Distinct().Order()];
    }

    /// <summary>Those that another cohort is followed up beyond: a model locked for five years can still be judged at two.</summary>
    public static IReadOnlyList<double> Reached(Endpoint endpoint, IReadOnlyList<double> asked) => endpoint is SurvivalEndpoint survival && survival.Count > 0
        ? [.. asked.Where(horizon => horizon < survival.Times.Max())]
        : asked;

    /// <summary>The horizons, and before the last of them the deciles of the event times, between which a score over time is integrated.</summary>
    public static IReadOnlyList<double> All(Endpoint endpoint, IReadOnlyList<double> asked)
    {
        if (endpoint is not SurvivalEndpoint survival)
            return [];
        var horizons = Horizons(endpoint, asked);
        var deciles = OfEvents(survival, [.. Enumerable.Range(1, 9).Select(d => d / 10.0)]);
        return [.. horizons.Concat(deciles.Where(t => t < horizons[^1])).Distinct().Order()];
    }

    private static double[] OfEvents(SurvivalEndpoint survival, double[] probabilities)
    {
        double[] times = [.. survival.Times.Where((_, r) => survival.Events[r]).Order()];
        return [.. probabilities.Select(p => Quantiles.SortedQuantile(times, p)).Distinct().Order()];
    }
}
