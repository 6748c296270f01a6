using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Sequential model-based optimisation with a forest (Hutter, Hoos, Leyton-Brown, LION 2011: SMAC): a Latin hypercube, then always the point
/// of greatest expected improvement under a <see cref="SurrogateForest"/>, found among random points and by local search from the best ones.
/// </summary>
internal static class ForestSearch
{
    private const int FewestInitial = 5;
    private const int Scattered = 400;
    private const int Centres = 10;
    private const int Neighbours = 40;

    /// <param name="initial">Size of the first design; 0 takes a sixth of the budget.</param>
    public static SearchMethod With(int initial, int trees) =>
        (space, trials, budget, random) => Points(space, trials, initial > 0 ? initial : Math.Max(FewestInitial, budget / 6), trees, random);

    private static IEnumerable<double[]> Points(SearchSpace space, IReadOnlyList<Trial> trials, int initial, int trees, DeterministicRandom random)
    {
        foreach (var point in Search.LatinHypercube(initial, space.Dimension, random))
            yield return point;
        while (true)
        {
            var known = Search.Distinct(space, trials);
            double[][] sorted = [.. known.OrderBy(Search.Rank).Select(t => t.Unit)];
            var losses = Search.Losses(known);
            var forest = SurrogateForest.Grow([.. known.Select(t => Encode(space, t.Unit))], losses, trees, random);
            var best = losses.Min();
            var finite = space.Count is not null;
            var encoded = new double[space.FeatureCount];
            yield return MostPromising(space, sorted, Worth, random);

            double Worth(double[] unit)
            {
                if (finite && Search.IsKnown(known, unit))
                    return double.NegativeInfinity;
                space.Encode(unit, encoded);
                var (mean, variance) = forest.Predict(encoded);
                return ExpectedImprovement.Log(mean, Math.Sqrt(variance), best);
            }
        }
    }

    private static double[] Encode(SearchSpace space, double[] unit)
    {
        var encoded = new double[space.FeatureCount];
        space.Encode(unit, encoded);
        return encoded;
    }

    private static double[] MostPromising(SearchSpace space, double[][] known, Func<double[], double> worth, DeterministicRandom random)
    {
        var best = space.Snap(Search.Uniform(space.Dimension, random));
        var greatest = worth(best);
        for (var i = 1; i < Scattered; i++)
            Try(Search.Uniform(space.Dimension, random));
        foreach (var centre in known.Take(Centres))
        {
            var (place, value) = (centre, double.NegativeInfinity);
            for (var i = 0; i < Neighbours; i++)
            {
                var neighbour = space.Snap(Neighbour(place, random));
                var there = worth(neighbour);
                if (there > value)
                    (place, value) = (neighbour, there);
            }
            if (value > greatest)
                (best, greatest) = (place, value);
        }
        return best;

        void Try(double[] point)
        {
            var snapped = space.Snap(point);
            var value = worth(snapped);
            if (value > greatest)
                (best, greatest) = (snapped, value);
        }
    }

    /// <summary>At least one coordinate moved, by a step of a size that is drawn too.</summary>
    private static double[] Neighbour(double[] centre, DeterministicRandom random)
    {
        var point = (double[])centre.Clone();
        var always = random.NextInt(point.Length);
        var deviation = Math.Pow(10, -0.5 - (1.5 * random.NextDouble()));
        for (var d = 0; d < point.Length; d++)
        {
            if (d == always || random.NextInt(3) == 0)
                point[d] = Search.Step(point[d], deviation, random);
        }
        return point;
    }
}
