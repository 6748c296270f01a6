using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Association;

/// <summary>
/// What the map gives when the cases of the molecular side are exchanged against those of the imaging side, all features together, so that the
/// correlation within each side stays: the smallest p of each permutation (Westfall, Young, Resampling-Based Multiple Testing, 1993: the single-
/// step min-p procedure) and how many p are at most each of some thresholds. With covariates it is residuals that are exchanged (Freedman, Lane
/// 1983): those of the molecular feature, ranked where it is ranked and not ranked again; against a nominal feature those of the other side.
/// </summary>
internal sealed class PermutationNull
{
    // Permutations that give the very statistic of the map count as reaching it, though sums in another order may round to a p a little greater.
    private const double Rounding = 1e-10;

    private readonly double[] smallest;      // ascending
    private readonly double[] thresholds;    // ascending
    private readonly long[] cumulative;      // over all permutations
    private readonly SortedP observed;
    private readonly double[] rates;

    private PermutationNull(double[] smallest, double[] thresholds, long[] cumulative, SortedP observed, double level)
    {
        (this.smallest, this.thresholds, this.cumulative, this.observed) = (smallest, thresholds, cumulative, observed);
        rates = new double[thresholds.Length];
        var running = 1.0;
        for (var t = thresholds.Length - 1; t >= 0; t--)
        {
            var calls = observed.AtMost(thresholds[t]);
            running = Math.Min(running, calls == 0 ? 1 : (double)cumulative[t] / smallest.Length / calls);
            rates[t] = running;
        }
        // b of B permutations reach p: (b + 1)/(B + 1) ≤ level.
        var most = (int)Math.Floor((level * (smallest.Length + 1)) + 1e-9) - 1;
        // Where permuted p above the ceiling were not told apart, it is the limit.
        CriticalP = most < 0 ? 0 : Math.Min(Math.BitIncrement(thresholds[^1]), most >= smallest.Length ? 1 : smallest[most]);
        var last = Array.FindLastIndex(rates, r => r <= level);
        LargestCalledP = last < 0 ? double.NaN : thresholds[last];
    }

    /// <summary>The p below which a pair is called family-wise.</summary>
    public double CriticalP { get; }

    /// <summary>The greatest threshold whose estimated false discovery rate is at most the level; NaN where there is none.</summary>
    public double LargestCalledP { get; }

    /// <summary>The smallest p of each permutation less what rounding may add, ascending; above the ceiling they are 1.</summary>
    public IReadOnlyList<double> Smallest => smallest;

    /// <summary>(b + 1)/(B + 1) for the b permutations with a p at most as great.</summary>
    public double FamilyWiseP(double p)
    {
        int low = 0, high = smallest.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (smallest[middle] <= p)
                low = middle + 1;
            else
                high = middle;
        }
        return PermutationTest.PValue(low, smallest.Length);
    }

    /// <summary>Mean calls of a permutation over the calls of the map, at the next threshold from <paramref name="p"/> on, the smallest of those and of all greater ones.</summary>
    public double FalseDiscoveryRate(double p)
    {
        var at = Array.BinarySearch(thresholds, p);
        at = at < 0 ? ~at : at;
        return at < rates.Length ? rates[at] : 1;
    }

    /// <summary>The order of the cases in one permutation: the case whose values each case takes.</summary>
    public static int[] Order(int cases, ulong seed, int permutation)
    {
        var source = new int[cases];
        for (var c = 0; c < cases; c++)
            source[c] = c;
        new DeterministicRandom(DeterministicRandom.Derive(seed, "association permutation", permutation)).Shuffle<int>(source);
        return source;
    }

    /// <param name="thresholds">p at which permuted pairs are counted, ascending and different; nothing above the greatest is looked at.</param>
    public static PermutationNull Of(MapPairs pairs, SortedP observed, double[] thresholds, int workers, CancellationToken cancel)
    {
        var permutations = pairs.Settings.Permutations;
        var ceiling = thresholds.Length == 0 ? 0 : thresholds[^1];
        var gates = pairs.Blocks.Select(b => b.Law.LeastCorrelation(ceiling)).ToArray();
        var byFreedom = new Dictionary<double, double[]>();
        var bounds = pairs.Blocks.Select(b => b.Law.Kind == PairLawKind.Student ? StudentBounds(b.Law, thresholds, byFreedom) : []).ToArray();
        var residuals = new ResidualFeatures(pairs);
        var smallest = new double[permutations];
        var counts = new long[thresholds.Length];
        Workers.ForEach(permutations, workers, () => new Worker(pairs, thresholds, bounds, residuals), (worker, b) =>
        {
            smallest[b] = worker.Run(Order(pairs.Cases, pairs.Settings.Seed, b), gates, cancel) * (1 - Rounding);
            lock (counts)
                worker.Drain(counts);
        }, cancel);
        Array.Sort(smallest);
        for (var t = 1; t < counts.Length; t++)
            counts[t] += counts[t - 1];
        return new(smallest, thresholds, counts, observed, pairs.Settings.Level);
    }

    // The least |r| with p ≤ each threshold, negated to ascend with it.
    private static double[] StudentBounds(PairLaw law, double[] thresholds, Dictionary<double, double[]> byFreedom)
    {
        if (byFreedom.TryGetValue(law.Freedom, out var bounds))
            return bounds;
        bounds = Array.ConvertAll(thresholds, p => -law.LeastStudent(p));
        return byFreedom[law.Freedom] = bounds;
    }

    private sealed class Worker(MapPairs pairs, double[] thresholds, double[][] bounds, ResidualFeatures residuals) : IPermutedPairs
    {
        private readonly BlockScan[] scans = [.. pairs.Blocks.Select(b => b.NewScan())];
        private readonly PairTester tester = pairs.NewTester();
        private readonly PatternScan patterns = new(pairs.Patterns, pairs.Cases);
        private readonly int[] inverse = new int[pairs.Cases];
        private readonly long[] counts = new long[thresholds.Length];
        private readonly double ceiling = thresholds.Length == 0 ? 0 : thresholds[^1];
        private double[] bound = [];
        private double smallest;
        private double greatest;

        public double Run(int[] source, double[] gates, CancellationToken cancel)
        {
            smallest = 1;
            for (var b = 0; b < scans.Length; b++)
            {
                (bound, greatest) = (bounds[b], -1);
                scans[b].Permute(source, gates[b], this, cancel);
                if (greatest >= 0)
                    smallest = Math.Min(smallest, pairs.Blocks[b].Law.StudentP(greatest));
            }
            for (var c = 0; c < source.Length; c++)
                inverse[source[c]] = c;
            patterns.Permute(source, inverse, pairs.Covariates is null ? null : residuals, ceiling, P, cancel);
            if (pairs.HasSlowPairs)
                Slow(source, cancel);
            return smallest;
        }

        public void Drain(long[] total)
        {
            for (var t = 0; t < counts.Length; t++)
                total[t] += counts[t];
            Array.Clear(counts);
        }

        public void Student(double r)
        {
            greatest = Math.Max(greatest, r);
            Count(bound, -r * (1 + Rounding));
        }

        public void P(double p)
        {
            if (!(p <= ceiling))
                return;
            smallest = Math.Min(smallest, p);
            Count(thresholds, p * (1 - Rounding));
        }

        // The first of the bounds that is at least the value.
        private void Count(double[] of, double value)
        {
            var at = Array.BinarySearch(of, value);
            at = at < 0 ? ~at : at;
            while (at > 0 && of[at - 1] == value)
                at--;
            if (at < counts.Length)
                counts[at]++;
        }

        private void Slow(int[] source, CancellationToken cancel)
        {
            for (var row = 0; row < pairs.Imaging.Length; row++)
            {
                cancel.ThrowIfCancellationRequested();
                for (var column = 0; column < pairs.Molecular.Length; column++)
                {
                    if (pairs.IsSlow(row, column))
                        P(residuals.PermutedP(tester, row, column, source, inverse));
                }
            }
        }
    }
}
