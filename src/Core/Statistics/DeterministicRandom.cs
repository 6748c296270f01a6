using System.Numerics;
using System.Text;

namespace RadiogenomicsCloud.Statistics;

/// <summary>
/// The only source of randomness: xoshiro256** 1.0 (Blackman, Vigna, ACM TOMS 2021, 47:36), its state filled by SplitMix64 from the seed.
/// The same seed gives the same sequence on every platform and in every version. Not thread-safe; not for cryptography.
/// </summary>
public sealed class DeterministicRandom
{
    private ulong s0, s1, s2, s3;
    private double spareGaussian = double.NaN;

    public DeterministicRandom(ulong seed)
    {
        s0 = SplitMix64(ref seed);
        s1 = SplitMix64(ref seed);
        s2 = SplitMix64(ref seed);
        s3 = SplitMix64(ref seed);
    }

    /// <summary>From a state, for the published test vector.</summary>
    internal DeterministicRandom(ulong s0, ulong s1, ulong s2, ulong s3) => (this.s0, this.s1, this.s2, this.s3) = (s0, s1, s2, s3);

    /// <summary>
    /// A seed for one purpose and index, independent of the others of the same parent: FNV-1a (64 bits) over the UTF-8 bytes of the purpose,
    /// folded into the parent seed and the index by SplitMix64. Stable for ever: stored results depend on it.
    /// </summary>
    public static ulong Derive(ulong seed, string purpose, int index)
    {
        ArgumentNullException.ThrowIfNull(purpose);
        var hash = 0xCBF29CE484222325UL;
        foreach (var b in Encoding.UTF8.GetBytes(purpose))
            hash = (hash ^ b) * 0x100000001B3UL;
        var state = seed;
        state = SplitMix64(ref state) ^ hash;
        state = SplitMix64(ref state) ^ unchecked((uint)index);
        return SplitMix64(ref state);
    }

    /// <summary>64 uniform bits.</summary>
    public ulong NextULong()
    {
        var result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
        var t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>Uniform on 0 … <paramref name="exclusive"/> − 1 without bias (Lemire, ACM TOMACS 2019, 29:3, algorithm 5).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="exclusive"/> is not positive.</exception>
    public int NextInt(int exclusive)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusive);
        var range = (ulong)exclusive;
        var high = Math.BigMul(NextULong(), range, out var low);
        if (low < range)
        {
            // 2^64 mod range: the share of low products that would be drawn once too often.
            var threshold = unchecked(0UL - range) % range;
            while (low < threshold)
                high = Math.BigMul(NextULong(), range, out low);
        }
        return (int)high;
    }

    /// <summary>Uniform on [0, 1): multiples of 2^−53.</summary>
    public double NextDouble() => (NextULong() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Standard normal deviate by Marsaglia's polar method.</summary>
    public double NextGaussian()
    {
        if (!double.IsNaN(spareGaussian))
        {
            var spare = spareGaussian;
            spareGaussian = double.NaN;
            return spare;
        }
        double u, v, s;
        do
        {
            u = (2 * NextDouble()) - 1;
            v = (2 * NextDouble()) - 1;
            s = (u * u) + (v * v);
        }
        while (s >= 1 || s == 0);
        var factor = Math.Sqrt(-2 * Math.Log(s) / s);
        spareGaussian = v * factor;
        return u * factor;
    }

    /// <summary>Puts the items in a uniformly random order (Fisher–Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = NextInt(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private static ulong SplitMix64(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15UL;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
