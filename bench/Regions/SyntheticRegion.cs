using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Bench.Regions;

/// <summary>Smoothed noise in a blob with 2 % random holes: the same for the same edge and seed, without a file.</summary>
internal static class SyntheticRegion
{
    private const int BlurRadius = 2;
    private const int BlurPasses = 2;
    private const double HoleShare = 0.02;
    private const ulong Seed = 20260101;

    public static DiscretiseSettings Discretise { get; } = new(DiscretiseMethod.FBN, Bins: 32);

    /// <param name="edge">Voxels of 1 mm along each axis of the box; about 30 % of them are inside.</param>
    public static BenchRegion Create(int edge)
    {
        var grid = GridGeometry.AxisAligned(edge, edge, edge, 1, 1, 1);
        var random = new SplitMix(Seed + (ulong)edge);
        var values = new double[grid.VoxelCount];
        foreach (ref var value in values.AsSpan())
            value = 1000 * random.Next();
        for (var pass = 0; pass < BlurPasses; pass++)
        {
            foreach (var stride in (ReadOnlySpan<int>)[1, edge, edge * edge])
                Blur(values, edge, stride);
        }
        return BenchRegion.Of(new(grid, values, IntensityUnit.Arbitrary), new(grid, Blob(grid, random)), Discretise);
    }

    private static byte[] Blob(GridGeometry grid, SplitMix random)
    {
        var mask = new byte[grid.VoxelCount];
        var phase = (A: 6 * random.Next(), B: 6 * random.Next(), C: 6 * random.Next());
        var centre = (grid.CountI - 1) / 2.0;
        for (var v = 0; v < mask.Length; v++)
        {
            var x = ((v % grid.CountI) - centre) / grid.CountI;
            var y = ((v / grid.CountI % grid.CountJ) - centre) / grid.CountI;
            var z = ((v / (grid.CountI * grid.CountJ)) - centre) / grid.CountI;
            // A sphere that waves as it goes around.
            var radius = 0.42 + (0.02 * (Math.Sin((9 * x) + phase.A) + Math.Sin((11 * y) + phase.B) + Math.Sin((13 * z) + phase.C)));
            var hole = random.Next() < HoleShare;
            mask[v] = !hole && (x * x) + (y * y) + (z * z) < radius * radius ? (byte)1 : (byte)0;
        }
        return mask;
    }

    /// <summary>The running mean along one axis, over what there is of the window.</summary>
    private static void Blur(double[] values, int edge, int stride)
    {
        var line = new double[edge];
        for (var start = 0; start < values.Length; start++)
        {
            if (start / stride % edge != 0)
                continue;
            for (var i = 0; i < edge; i++)
                line[i] = values[start + (i * stride)];
            for (var i = 0; i < edge; i++)
            {
                var (first, end) = (Math.Max(0, i - BlurRadius), Math.Min(edge, i + BlurRadius + 1));
                var sum = 0.0;
                for (var n = first; n < end; n++)
                    sum += line[n];
                values[start + (i * stride)] = sum / (end - first);
            }
        }
    }

    /// <summary>SplitMix64 (Steele, Lea and Flood 2014): the same numbers on any machine and runtime.</summary>
    private sealed class SplitMix(ulong state)
    {
        /// <summary>Uniform on [0, 1).</summary>
        public double Next()
        {
            state += 0x9E3779B97F4A7C15;
            var z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
        }
    }
}
