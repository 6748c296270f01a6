using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Bayesian optimisation: a Latin hypercube, then always the point of greatest expected improvement under a <see cref="GaussianProcess"/>
/// of the losses, found among random points and steps from the best ones, and refined by an evolution strategy. As losses may be noisy,
/// the least predicted mean at a known point is what is to be improved on.
/// </summary>
internal static class GaussianProcessSearch
{
    private const int FewestInitial = 5;
    private const int Scattered = 300;
    private const int FromEach = 30;
    private const int Elite = 5;
    private const int Refinements = 60;

    /// <param name="initial">Size of the first design; 0 takes twice the dimension and one more.</param>
    public static SearchMethod With(int initial) => (space, trials, budget, random) => Points(space, trials, budget, initial, random);

    private static IEnumerable<double[]> Points(SearchSpace space, IReadOnlyList<Trial> trials, int budget, int initial, DeterministicRandom random)
    {
        var first = initial > 0 ? initial : Math.Clamp((2 * space.Dimension) + 1, FewestInitial, Math.Max(FewestInitial, budget / 3));
        foreach (var point in Search.LatinHypercube(first, space.Dimension, random))
            yield return point;
        int[] group = [.. Enumerable.Range(0, space.FeatureCount).Select(space.ParameterOf)];
        IReadOnlyList<double> theta = [];
        while (true)
        {
            var known = Search.Distinct(space, trials);
            var process = GaussianProcess.Fit(Encode(space, known), Standardise(Search.Losses(known)), group, theta);
            theta = process.Theta;
            yield return MostPromising(space, known, process, random);
        }
    }

    private static double[] Encode(SearchSpace space, IReadOnlyList<Trial> trials)
    {
        var encoded = new double[trials.Count * space.FeatureCount];
        for (var i = 0; i < trials.Count; i++)
            space.Encode(trials[i].Unit, encoded.AsSpan(i * space.FeatureCount, space.FeatureCount));
        return encoded;
    }

    private static double[] Standardise(double[] losses)
    {
        var mean = losses.Average();
        var deviation = Math.Sqrt(Moments.PopulationVariance(losses));
        return [.. losses.Select(l => deviation > 0 ? (l - mean) / deviation : 0)];
    }

    private static double[] MostPromising(SearchSpace space, IReadOnlyList<Trial> trials, GaussianProcess process, DeterministicRandom random)
    {
        var encoded = new double[space.FeatureCount];
        double Mean(double[] unit)
        {
            space.Encode(unit, encoded);
            return process.Predict(encoded).Mean;
        }
        var means = trials.Select(t => Mean(t.Unit)).ToArray();
        var best = means.Min();
        var finite = space.Count is not null;
        double Worth(double[] unit)
        {
            if (finite && Search.IsKnown(trials, unit))
                return double.NegativeInfinity;
            space.Encode(unit, encoded);
            var (mean, deviation) = process.Predict(encoded);
            return ExpectedImprovement.Log(mean, deviation, best);
        }

        var known = trials.Select(t => t.Unit).ToArray();
        Array.Sort(means, known);
        var candidates = new List<(double Worth, double[] Point)>();
        for (var i = 0; i < Scattered; i++)
            Add(Search.Uniform(space.Dimension, random));
        foreach (var centre in known.Take(Elite))
        {
            for (var i = 0; i < FromEach; i++)
                Add(Moved(centre, Math.Pow(10, -0.5 - (2 * random.NextDouble())), random));
        }
        var starts = candidates.OrderByDescending(c => c.Worth).Take(Elite).ToArray();
        return starts.Select(s => Refine(space, s, Worth, random)).MaxBy(s => s.Worth).Point;

        void Add(double[] point)
        {
            var snapped = space.Snap(point);
            candidates.Add((Worth(snapped), snapped));
        }
    }

    // A (1+1) evolution strategy: longer steps after a success, shorter ones after failures (Rechenberg's one fifth).
    private static (double Worth, double[] Point) Refine(
        SearchSpace space, (double Worth, double[] Point) start, Func<double[], double> worth, DeterministicRandom random)
    {
        var best = start;
        var deviation = 0.05;
        for (var i = 0; i < Refinements; i++)
        {
            var point = space.Snap(Moved(best.Point, deviation, random));
            var value = worth(point);
            var better = value > best.Worth;
            deviation *= better ? 1.5 : 0.9;
            if (better)
                best = (value, point);
        }
        return best;
    }

    private static double[] Moved(double[] centre, double deviation, DeterministicRandom random)
    {
        var point = new double[centre.Length];
        for (var d = 0; d < point.Length; d++)
            point[d] = Search.Step(centre[d], deviation, random);
        return point;
    }
}
