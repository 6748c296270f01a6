using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>Independent uniform draws (Bergstra, Bengio, JMLR 2012, 13:281).</summary>
internal static class RandomSearch
{
    public static IEnumerable<double[]> Points(SearchSpace space, IReadOnlyList<Trial> trials, int budget, DeterministicRandom random)
    {
        while (true)
            yield return Search.Uniform(space.Dimension, random);
    }
}
