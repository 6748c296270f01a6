using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Association;

/// <summary>
/// Gene sets among the genes that go with the representatives of imaging groups. The universe is the mapped molecular features of the sources in
/// which a member of a set occurs; sets of fewer than <see cref="FewestGenes"/> of them, or of all, are left out.
/// </summary>
internal sealed class SetEnrichment
{
    public const int FewestGenes = 5;

    /// <summary>Random sets of GSEA.</summary>
    public const int RandomSets = 1000;

    // Genes taken for the hypergeometric test where fewer are called.
    private const int FewestCalled = 10;
    private const int MostTaken = 100;

    private readonly int[] universe;
    private readonly List<(string Name, HashSet<int> Genes)> sets = [];
    private readonly Dictionary<int, int[][]> randomPositions = [];

    public SetEnrichment(MapSide molecular, IReadOnlyList<GeneSet> collection, ulong seed)
    {
        var byName = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var position = 0; position < molecular.Mapped.Length; position++)
            byName.TryAdd(molecular.NameOf(position), position);
        string SourceOf(int position) => molecular.Block.Columns[molecular.Mapped[position]].Source;
        var sources = collection.SelectMany(s => s.Members).Where(byName.ContainsKey).Select(m => SourceOf(byName[m])).ToHashSet(StringComparer.Ordinal);
        universe = [.. Enumerable.Range(0, molecular.Mapped.Length).Where(p => sources.Contains(SourceOf(p)))];
        foreach (var set in collection)
        {
            HashSet<int> genes = [.. set.Members.Where(byName.ContainsKey).Select(m => byName[m])];
            if (genes.Count >= FewestGenes && genes.Count < universe.Length)
                sets.Add((set.Name, genes));
        }
        foreach (var size in sets.Select(s => s.Genes.Count).Distinct())
            randomPositions[size] = Random(size, universe.Length, DeterministicRandom.Derive(seed, "association gene sets", size));
    }

    public bool IsEmpty => sets.Count == 0;

    /// <param name="imaging">Index of the imaging feature, for the results.</param>
    /// <param name="p">By molecular position.</param>
    /// <param name="signed">On the scale of correlations, by molecular position.</param>
    /// <param name="calledP">Genes with a p of at most this are called.</param>
    public IEnumerable<EnrichmentResult> Of(int imaging, double[] p, double[] signed, double calledP)
    {
        int[] tested = [.. universe.Where(g => !double.IsNaN(p[g]))];
        int[] byP = [.. tested.OrderBy(g => p[g]).ThenBy(g => g)];
        var called = byP.Count(g => p[g] <= calledP);
        if (called < FewestCalled)
            called = Math.Min(MostTaken, (byP.Length + 9) / 10);
        var taken = byP.AsSpan(0, called).ToArray().ToHashSet();
        foreach (var (name, genes) in sets)
        {
            int size = genes.Count(g => !double.IsNaN(p[g])), common = genes.Count(taken.Contains);
            yield return new(imaging, name, "hypergeometric", size, common, null, Hypergeometric.UpperTail(common, size, tested.Length, called), double.NaN);
        }
        // Where a pair has no statistic the gene goes to the middle with the weight 0.
        int[] ranking = [.. universe.OrderByDescending(g => double.IsNaN(signed[g]) ? 0 : signed[g]).ThenBy(g => g)];
        var weights = Array.ConvertAll(ranking, g => double.IsNaN(signed[g]) ? 0 : Math.Abs(signed[g]));
        var nulls = randomPositions.ToDictionary(r => r.Key, r => Array.ConvertAll(r.Value, positions => GseaScore.Of(weights, positions)));
        foreach (var (name, genes) in sets)
        {
            int[] positions = [.. Enumerable.Range(0, ranking.Length).Where(k => genes.Contains(ranking[k]))];
            var score = GseaScore.Of(weights, positions);
            var (normalised, probability) = AgainstRandom(score, nulls[genes.Count]);
            yield return new(imaging, name, "gsea", genes.Count, score, normalised, probability, double.NaN);
        }
    }

    /// <summary>
    /// The score over the mean of the random scores of its sign, and (r + 1)/(m + 1) for the r of the m random scores of its sign that are as
    /// extreme (as fgsea's simple procedure).
    /// </summary>
    internal static (double? Normalised, double P) AgainstRandom(double score, double[] random)
    {
        int same = 0, extreme = 0;
        var sum = 0.0;
        foreach (var other in random)
        {
            if (score >= 0 ? other < 0 : other > 0)
                continue;
            same++;
            sum += Math.Abs(other);
            extreme += Math.Abs(other) >= Math.Abs(score) ? 1 : 0;
        }
        return (sum > 0 ? score / (sum / same) : null, PermutationTest.PValue(extreme, same));
    }

    // The same random places serve every ranking: a set of random genes is a set of random places.
    private static int[][] Random(int size, int genes, ulong seed)
    {
        var random = new DeterministicRandom(seed);
        var items = Enumerable.Range(0, genes).ToArray();
        var sets = new int[RandomSets][];
        for (var s = 0; s < RandomSets; s++)
        {
            for (var k = 0; k < size; k++)
            {
                var other = k + random.NextInt(genes - k);
                (items[k], items[other]) = (items[other], items[k]);
            }
            sets[s] = items[..size];
            Array.Sort(sets[s]);
        }
        return sets;
    }
}
