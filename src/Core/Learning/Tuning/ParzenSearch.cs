using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Tree-structured Parzen estimator (Bergstra et al., NIPS 2011; ICML 2013), multivariate (Falkner et al., ICML 2018): the best share of the
/// trials and the others each get a Parzen density; of points drawn from the first, the one of greatest ratio of the two is tried.
/// Begins with a Latin hypercube.
/// </summary>
internal static class ParzenSearch
{
    private const int FewestInitial = 5;
    private const int FewestGood = 2;

    /// <param name="initial">Size of the first design; 0 takes a sixth of the budget.</param>
    /// <param name="share">Of the trials that count as good.</param>
    /// <param name="candidates">Points drawn for each suggestion.</param>
    public static SearchMethod With(int initial, double share, int candidates) =>
        (space, trials, budget, random) => Points(space, trials, initial > 0 ? initial : Math.Max(FewestInitial, budget / 6), share, candidates, random);

    private static IEnumerable<double[]> Points(
        SearchSpace space, IReadOnlyList<Trial> trials, int initial, double share, int candidates, DeterministicRandom random)
    {
        foreach (var point in Search.LatinHypercube(initial, space.Dimension, random))
            yield return point;
        while (true)
        {
            // A stable sort: of equal losses, the earlier.
            var known = Search.Distinct(space, trials);
            double[][] sorted = [.. known.OrderBy(Search.Rank).Select(t => t.Unit)];
            var most = Math.Max(1, sorted.Length - 1);
            var good = Math.Clamp((int)Math.Ceiling(share * sorted.Length), Math.Min(FewestGood, most), most);
            var better = new ParzenDensity(space, sorted[..good]);
            var worse = new ParzenDensity(space, sorted[good..]);
            var best = Search.Uniform(space.Dimension, random);
            var greatest = double.NegativeInfinity;
            for (var c = 0; c < candidates; c++)
            {
                var candidate = space.Snap(better.Draw(random));
                if (space.Count is not null && Search.IsKnown(known, candidate))
                    continue;
                var ratio = better.Log(candidate) - worse.Log(candidate);
                if (ratio > greatest)
                    (best, greatest) = (candidate, ratio);
            }
            yield return best;
        }
    }
}
