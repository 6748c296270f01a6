using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Association;

/// <summary>The p of a whole map, sorted, and what Benjamini and Hochberg make of them: the same numbers as <see cref="Multiplicity.BenjaminiHochberg"/>, of millions.</summary>
internal sealed class SortedP
{
    private const int Buckets = 4096;

    private readonly double[] sorted;
    private readonly double[] q;

    private SortedP(double[] sorted)
    {
        this.sorted = sorted;
        q = new double[sorted.Length];
        var running = 1.0;
        for (var i = sorted.Length - 1; i >= 0; i--)
        {
            running = Math.Min(running, (double)sorted.Length / (i + 1) * sorted[i]);
            q[i] = running;
        }
    }

    /// <summary>Tests: p that are defined.</summary>
    public int Count => sorted.Length;

    /// <summary>By buckets of p, each sorted by itself.</summary>
    public static SortedP Of(double[] p, int workers, CancellationToken cancel)
    {
        var ends = new int[Buckets + 1];
        foreach (var value in p)
        {
            if (!double.IsNaN(value))
                ends[Bucket(value) + 1]++;
        }
        for (var b = 0; b < Buckets; b++)
            ends[b + 1] += ends[b];
        var sorted = new double[ends[Buckets]];
        var next = ends.AsSpan(0, Buckets).ToArray();
        foreach (var value in p)
        {
            if (!double.IsNaN(value))
                sorted[next[Bucket(value)]++] = value;
        }
        Workers.ForEach(Buckets, workers, static () => 0, (_, b) => Array.Sort(sorted, ends[b], ends[b + 1] - ends[b]), cancel);
        return new(sorted);
    }

    /// <summary>The p of which so many are at most as great; the greatest where there are fewer; 0 without tests.</summary>
    public double AtRank(long rank) => sorted.Length == 0 || rank < 1 ? 0 : sorted[Math.Min(rank, sorted.Length) - 1];

    /// <summary>How many are at most <paramref name="p"/>.</summary>
    public int AtMost(double p)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            var middle = (int)(((long)low + high) / 2);
            if (sorted[middle] <= p)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    /// <summary>q of a p that is among them.</summary>
    public double Q(double p) => q[AtMost(p) - 1];

    /// <summary>How many have a q of at most <paramref name="level"/>.</summary>
    public int Called(double level)
    {
        int low = 0, high = q.Length;
        while (low < high)
        {
            var middle = (int)(((long)low + high) / 2);
            if (q[middle] <= level)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    private static int Bucket(double p) => (int)Math.Min(Buckets - 1, p * Buckets);
}
