using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// A genetic algorithm of real codes: parents by tournament, blended crossover (BLX-α; Eshelman, Schaffer, FOGA 1993), Gaussian mutation, and
/// the better of parents and children survive. Values of a choice are taken from either parent, or drawn.
/// </summary>
internal static class GeneticSearch
{
    private const int Tournament = 2;
    private const double Blend = 0.3;

    public static SearchMethod With(int population, double mutationRate, double mutationDeviation) => (space, trials, _, random) =>
        Points(space, trials, population, p => Math.Min(1, mutationRate > 0 ? mutationRate : 1.0 / p), mutationDeviation, random);

    private static IEnumerable<double[]> Points(
        SearchSpace space, IReadOnlyList<Trial> trials, int population, Func<int, double> rate, double deviation, DeterministicRandom random)
    {
        var living = new List<Trial>();
        foreach (var point in Search.LatinHypercube(population, space.Dimension, random))
        {
            yield return point;
            living.Add(trials[^1]);
        }
        while (true)
        {
            var children = new List<Trial>();
            for (var c = 0; c < population; c++)
            {
                yield return Child(space, Parent(living, random), Parent(living, random), rate(space.Dimension), deviation, random);
                children.Add(trials[^1]);
            }
            // A stable sort: of equal losses, the older.
            living = [.. living.Concat(children).OrderBy(Search.Rank).Take(population)];
        }
    }

    private static double[] Parent(List<Trial> living, DeterministicRandom random)
    {
        var best = living[random.NextInt(living.Count)];
        for (var i = 1; i < Tournament; i++)
        {
            var other = living[random.NextInt(living.Count)];
            if (Search.Rank(other) < Search.Rank(best))
                best = other;
        }
        return best.Unit;
    }

    private static double[] Child(SearchSpace space, double[] mother, double[] father, double rate, double deviation, DeterministicRandom random)
    {
        var child = new double[mother.Length];
        for (var d = 0; d < child.Length; d++)
        {
            var mutates = random.NextDouble() < rate;
            if (!space.Parameters[d].IsOrdered)
            {
                child[d] = mutates ? random.NextDouble() : random.NextInt(2) == 0 ? mother[d] : father[d];
                continue;
            }
            var blended = mother[d] + ((father[d] - mother[d]) * (-Blend + ((1 + (2 * Blend)) * random.NextDouble())));
            child[d] = mutates ? Search.Step(blended, deviation, random) : Math.Clamp(blended, 0, 1);
        }
        return child;
    }
}
