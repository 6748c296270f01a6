using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Grey wolf optimiser (Mirjalili, Mirjalili, Lewis, Adv Eng Softw 2014, 69:46, eq. 3.1–3.7): each wolf moves to the mean of three places
/// around the three best points so far, at distances that shrink from generation to generation. The first pack is a Latin hypercube.
/// </summary>
internal static class GreyWolfSearch
{
    private const int Leaders = 3;

    public static SearchMethod With(int pack) => (space, trials, budget, random) => Points(space, trials, budget, pack, random);

    private static IEnumerable<double[]> Points(SearchSpace space, IReadOnlyList<Trial> trials, int budget, int pack, DeterministicRandom random)
    {
        var wolves = new Trial[pack];
        var first = Search.LatinHypercube(pack, space.Dimension, random);
        for (var w = 0; w < pack; w++)
        {
            yield return first[w];
            wolves[w] = trials[^1];
        }
        Trial[] leaders = [.. wolves.OrderBy(Search.Rank).Take(Leaders)];
        var generations = Math.Max(1, (budget + pack - 1) / pack);
        for (var generation = 1; ; generation++)
        {
            var reach = 2 * Math.Max(0, 1 - ((double)generation / generations));
            for (var w = 0; w < pack; w++)
            {
                yield return Moved(wolves[w].Unit, leaders, reach, random);
                wolves[w] = trials[^1];
            }
            leaders = [.. leaders.Concat(wolves).OrderBy(Search.Rank).Take(Leaders)];
        }
    }

    private static double[] Moved(double[] wolf, Trial[] leaders, double reach, DeterministicRandom random)
    {
        var moved = new double[wolf.Length];
        for (var d = 0; d < moved.Length; d++)
        {
            foreach (var leader in leaders)
            {
                var a = ((2 * random.NextDouble()) - 1) * reach;
                var c = 2 * random.NextDouble();
                moved[d] += leader.Unit[d] - (a * Math.Abs((c * leader.Unit[d]) - wolf[d]));
            }
            moved[d] = Math.Clamp(moved[d] / leaders.Length, 0, 1);
        }
        return moved;
    }
}
