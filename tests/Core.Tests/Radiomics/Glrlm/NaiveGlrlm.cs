using RadiogenomicsCloud.Core.Tests.Radiomics.Glcm;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.Glrlm;

/// <summary>The run length features letter by letter after the manual: every run is walked from its first voxel, in every direction.</summary>
internal static class NaiveGlrlm
{
    private static readonly (int I, int J, int K)[] InPlane = [(1, 0, 0), (1, 1, 0), (0, 1, 0), (-1, 1, 0)];

    private static readonly (int I, int J, int K)[] InSpace =
    [
        (0, 0, 1), (0, 1, 0), (1, 0, 0), (0, 1, 1), (0, 1, -1), (1, 0, 1), (1, 0, -1), (1, 1, 0), (1, -1, 0),
        (1, 1, 1), (1, 1, -1), (1, -1, 1), (1, -1, -1),
    ];

    /// <summary>All features by tag; what has none is left out.</summary>
    public static Dictionary<string, double> Compute(DiscretisedRegion region, NeighbourSettings? settings = null)
    {
        var wanted = settings ?? new();
        var slices = Enumerable.Range(0, region.Grid.CountK).ToArray();
        var everySlice = new[] { slices };
        var results = new Dictionary<string, double>();
        Average("2D_avg", from k in slices from d in InPlane select Matrix(region, [k], [d], new()));
        Average("2D_comb", from k in slices select Matrix(region, [k], InPlane, wanted));
        Average("2_5D_avg", from d in InPlane select Matrix(region, slices, [d], new()));
        Average("2_5D_comb", from all in everySlice select Matrix(region, all, InPlane, wanted));
        Average("3D_avg", from d in InSpace select Matrix(region, slices, [d], new()));
        Average("3D_comb", from all in everySlice select Matrix(region, all, InSpace, wanted));
        return results;

        void Average(string aggregation, IEnumerable<(Dictionary<(int, int), double> Runs, double Voxels)> matrices)
        {
            var measured = matrices.Where(m => m.Runs.Count > 0).Select(m => Measure(m.Runs, m.Voxels)).ToList();
            if (measured.Count == 0)
                return;
            foreach (var name in measured[0].Keys)
                results[$"rlm_{name}_{aggregation}"] = measured.Average(m => m[name]);
        }
    }

    // Runs by level and length, and Nv, each summed over slices and directions with the direction's weight.
    private static (Dictionary<(int Level, int Length), double> Runs, double Voxels) Matrix(
        DiscretisedRegion region, int[] slices, (int I, int J, int K)[] directions, NeighbourSettings weights)
    {
        var grid = region.Grid;
        var runs = new Dictionary<(int, int), double>();
        var voxels = 0.0;
        foreach (var m in directions)
        {
            var weight = NaiveGlcm.Weight(m, weights);
            foreach (var (i, j, k) in from k in slices from j in Enumerable.Range(0, grid.CountJ) from i in Enumerable.Range(0, grid.CountI) select (i, j, k))
            {
                var level = Level(i, j, k);
                if (level == 0)
                    continue;
                voxels += weight;
                if (Level(i - m.I, j - m.J, k - m.K) == level)
                    continue;
                var length = 1;
                while (Level(i + (length * m.I), j + (length * m.J), k + (length * m.K)) == level)
                    length++;
                runs[(level, length)] = runs.GetValueOrDefault((level, length)) + weight;
            }
        }
        return (runs, voxels);

        int Level(int i, int j, int k) =>
            i < 0 || j < 0 || k < 0 || i >= grid.CountI || j >= grid.CountJ || k >= grid.CountK ? 0 : region.Levels[grid.Index(i, j, k)];
    }

    private static Dictionary<string, double> Measure(Dictionary<(int Level, int Length), double> runs, double voxels)
    {
        var ns = runs.Values.Sum();
        double Mean(Func<double, double, double> term) => runs.Sum(r => r.Value * term(r.Key.Level, r.Key.Length)) / ns;
        var squaredLevels = runs.GroupBy(r => r.Key.Level).Sum(g => Math.Pow(g.Sum(r => r.Value), 2));
        var squaredLengths = runs.GroupBy(r => r.Key.Length).Sum(g => Math.Pow(g.Sum(r => r.Value), 2));
        var (meanLevel, meanLength) = (Mean((i, _) => i), Mean((_, j) => j));
        return new()
        {
            ["sre"] = Mean((_, j) => 1 / (j * j)),
            ["lre"] = Mean((_, j) => j * j),
            ["lgre"] = Mean((i, _) => 1 / (i * i)),
            ["hgre"] = Mean((i, _) => i * i),
            ["srlge"] = Mean((i, j) => 1 / (i * i * j * j)),
            ["srhge"] = Mean((i, j) => i * i / (j * j)),
            ["lrlge"] = Mean((i, j) => j * j / (i * i)),
            ["lrhge"] = Mean((i, j) => i * i * j * j),
            ["glnu"] = squaredLevels / ns,
            ["glnu_norm"] = squaredLevels / (ns * ns),
            ["rlnu"] = squaredLengths / ns,
            ["rlnu_norm"] = squaredLengths / (ns * ns),
            ["r_perc"] = ns / voxels,
            ["gl_var"] = Mean((i, _) => Math.Pow(i - meanLevel, 2)),
            ["rl_var"] = Mean((_, j) => Math.Pow(j - meanLength, 2)),
            ["rl_entr"] = -runs.Values.Sum(r => r / ns * Math.Log2(r / ns)),
        };
    }
}
