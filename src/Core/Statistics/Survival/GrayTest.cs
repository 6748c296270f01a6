namespace RadiogenomicsCloud.Statistics;

/// <summary>
/// Gray's test that groups have the same cumulative incidence of a cause (Ann Stat 1988, 16:1141, with ρ = 0), as the tests of R's
/// <c>cmprsk::cuminc(ftime, fstatus, group)</c>.
/// </summary>
public static class GrayTest
{
    /// <param name="causes">0: censored; 1, 2, …: the cause of the event.</param>
    /// <param name="cause">The cause that is compared, at least 1.</param>
    /// <param name="groups">Group of each row, 0 … <paramref name="groupCount"/> − 1; each must have rows.</param>
    /// <param name="weights">How often each row counts; empty: once.</param>
    /// <returns>NaN if the covariance of the scores is singular.</returns>
    /// <exception cref="ArgumentException">The lengths differ, a time is not finite, or a cause, group or weight is out of range.</exception>
    public static (double ChiSquare, int DegreesOfFreedom, double PValue) Test(
        ReadOnlySpan<double> times, ReadOnlySpan<int> causes, int cause, ReadOnlySpan<int> groups, int groupCount,
        ReadOnlySpan<double> weights = default)
    {
        var moments = Gather(times, causes, cause, groups, groupCount, weights);
        double[] score = new double[groupCount - 1];
        var covariance = new double[groupCount - 1, groupCount - 1];
        // γ(u) of each time and its last value: ∫ a dF / (1 − F−).
        var gamma = new double[groupCount, groupCount];
        foreach (var moment in moments)
        {
            for (var i = 0; i < score.Length; i++)
                score[i] += moment.OfCause[i] - (moment.Deaths * moment.Weight(i) / moment.WeightSum);
            moment.Accumulate(gamma);
        }
        foreach (var moment in moments)
            for (var k = 0; k < groupCount; k++)
                moment.AddCovariance(covariance, gamma, k);
        var statistic = QuadraticForm.OfInverse(score, covariance);
        return (statistic, groupCount - 1, ChiSquare.UpperTail(statistic, groupCount - 1));
    }

    private static List<Moment> Gather(
        ReadOnlySpan<double> times, ReadOnlySpan<int> causes, int cause, ReadOnlySpan<int> groups, int groupCount, ReadOnlySpan<double> weights)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(groupCount, 2);
        var (any, _) = CompetingRisks.Split(times, causes, cause);
        SurvivalCounts.Check(times, any, weights);
        if (groups.Length != times.Length)
            throw new ArgumentException($"{times.Length} times and {groups.Length} groups do not match.", nameof(groups));
        var atRisk = new double[groupCount];
        for (var i = 0; i < groups.Length; i++)
        {
            if ((uint)groups[i] >= (uint)groupCount)
                throw new ArgumentOutOfRangeException(nameof(groups), groups[i], $"A group lies in 0 … {groupCount - 1}.");
            atRisk[groups[i]] += weights.IsEmpty ? 1 : weights[i];
        }
        var sorted = times.ToArray();
        var order = SurvivalCounts.Order(sorted);
        var state = new State(groupCount);
        var moments = new List<Moment>();
        for (var start = 0; start < sorted.Length;)
        {
            var end = Ranks.EndOfTie(sorted, start);
            double[] ofCause = new double[groupCount], ofOthers = new double[groupCount], leaving = new double[groupCount];
            for (var k = start; k < end; k++)
            {
                var (row, group) = (order[k], groups[order[k]]);
                var weight = weights.IsEmpty ? 1 : weights[row];
                leaving[group] += weight;
                if (any[row])
                    (causes[row] == cause ? ofCause : ofOthers)[group] += weight;
            }
            if (ofCause.Sum() + ofOthers.Sum() > 0)
                moments.Add(state.Advance([.. atRisk], ofCause, ofOthers));
            for (var g = 0; g < groupCount; g++)
                atRisk[g] = KaplanMeier.LeavesNone(leaving[g], atRisk[g]) ? 0 : atRisk[g] - leaving[g];
            start = end;
        }
        return moments;
    }

    // The curves as far as they have come.
    private sealed class State(int groupCount)
    {
        private readonly double[] survival = [.. Enumerable.Repeat(1.0, groupCount)];
        private readonly double[] incidence = new double[groupCount];
        private double pooled;

        public Moment Advance(double[] atRisk, double[] ofCause, double[] ofOthers)
        {
            double[] survivalBefore = [.. survival], incidenceBefore = [.. incidence];
            var pooledBefore = pooled;
            double hazardSum = 0, weightSum = 0;
            for (var g = 0; g < groupCount; g++)
            {
                if (atRisk[g] == 0)
                    continue;
                var d = ofCause[g] + ofOthers[g];
                survival[g] = KaplanMeier.LeavesNone(d, atRisk[g]) ? 0 : survivalBefore[g] * (atRisk[g] - d) / atRisk[g];
                incidence[g] += survivalBefore[g] * ofCause[g] / atRisk[g];
                hazardSum += atRisk[g] / survivalBefore[g];
                weightSum += atRisk[g] * (1 - incidenceBefore[g]) / survivalBefore[g];
            }
            pooled += ofCause.Sum() / hazardSum;
            return new(atRisk, ofCause, ofOthers, survivalBefore, [.. survival], incidenceBefore, pooledBefore, pooled, hazardSum, weightSum);
        }
    }

    // One time at which somebody has an event.
    private sealed record Moment(
        double[] AtRisk, double[] OfCause, double[] OfOthers, double[] SurvivalBefore, double[] Survival, double[] IncidenceBefore,
        double PooledBefore, double Pooled, double HazardSum, double WeightSum)
    {
        private double[,] gamma = new double[0, 0];

        public double Deaths { get; } = OfCause.Sum();

        public double Weight(int group) =>
            AtRisk[group] == 0 ? 0 : AtRisk[group] * (1 - IncidenceBefore[group]) / SurvivalBefore[group];

        public void Accumulate(double[,] running)
        {
            for (var i = 0; i < AtRisk.Length; i++)
                for (var k = 0; k < AtRisk.Length; k++)
                    running[i, k] += Projection(i, k) * Deaths / (HazardSum * (1 - PooledBefore));
            gamma = (double[,])running.Clone();
        }

        public void AddCovariance(double[,] covariance, double[,] last, int k)
        {
            if (AtRisk[k] == 0)
                return;
            var left = Survival[k] > 0 ? (1 - Pooled) / Survival[k] : 0;
            var spread = Deaths > 1 ? 1 - ((Deaths - 1) / ((HazardSum * SurvivalBefore[k]) - 1)) : 1;
            var ofCause = spread * SurvivalBefore[k] * Deaths / (HazardSum * AtRisk[k]);
            var ofOthers = Survival[k] > 0 ? SurvivalBefore[k] * SurvivalBefore[k] * CompetingRisks.Spread(OfOthers[k], AtRisk[k]) : 0;
            for (var i = 0; i < covariance.GetLength(0); i++)
            {
                for (var j = 0; j < covariance.GetLength(0); j++)
                {
                    double restI = last[i, k] - gamma[i, k], restJ = last[j, k] - gamma[j, k];
                    covariance[i, j] += (ofCause * (Projection(i, k) + ((1 - left) * restI)) * (Projection(j, k) + ((1 - left) * restJ)))
                        + (ofOthers * left * left * restI * restJ);
                }
            }
        }

        private double Projection(int i, int k)
        {
            if (AtRisk[i] == 0 || AtRisk[k] == 0)
                return 0;
            return AtRisk[i] / SurvivalBefore[i] * ((i == k ? 1 : 0) - (AtRisk[k] / (SurvivalBefore[k] * HazardSum)));
        }
    }
}
