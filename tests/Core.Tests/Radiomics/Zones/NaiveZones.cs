using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.Zones;

/// <summary>Zones by flood fill, and the features of their matrices letter by letter after the manual.</summary>
internal static class NaiveZones
{
    /// <summary>The zones of one slice, or of the volume where <paramref name="slice"/> is null: the level and the voxels of each.</summary>
    public static List<(int Level, List<(int I, int J, int K)> Voxels)> Find(DiscretisedRegion region, int? slice)
    {
        var grid = region.Grid;
        var seen = new bool[region.Levels.Length];
        var zones = new List<(int, List<(int, int, int)>)>();
        for (var k = slice ?? 0; k <= (slice ?? grid.CountK - 1); k++)
        {
            for (var j = 0; j < grid.CountJ; j++)
            {
                for (var i = 0; i < grid.CountI; i++)
                {
                    var level = region.Levels[grid.Index(i, j, k)];
                    if (level != 0 && !seen[grid.Index(i, j, k)])
                        zones.Add((level, Flood(region, seen, level, (i, j, k), slice is null)));
                }
            }
        }
        return zones;
    }

    /// <summary>The 16 features of a full matrix of zones: a row per level, a column per size or distance.</summary>
    public static double[] Measure(IReadOnlyList<(int Level, int Measure)> zones, int voxels)
    {
        var levels = Enumerable.Range(1, zones.Max(z => z.Level)).ToArray();
        var columns = Enumerable.Range(1, zones.Max(z => z.Measure)).ToArray();
        var matrix = new double[levels.Length + 1, columns.Length + 1];
        foreach (var (level, measure) in zones)
            matrix[level, measure]++;
        double n = zones.Count;
        double Sum(Func<double, double, double> weight) => levels.Sum(i => columns.Sum(j => weight(i, j) * matrix[i, j])) / n;
        double Row(int i) => columns.Sum(j => matrix[i, j]);
        double Column(int j) => levels.Sum(i => matrix[i, j]);
        var (meanLevel, meanMeasure) = (Sum((i, _) => i), Sum((_, j) => j));
        return
        [
            Sum((_, j) => 1 / (j * j)),
            Sum((_, j) => j * j),
            Sum((i, _) => 1 / (i * i)),
            Sum((i, _) => i * i),
            Sum((i, j) => 1 / (i * i * j * j)),
            Sum((i, j) => i * i / (j * j)),
            Sum((i, j) => j * j / (i * i)),
            Sum((i, j) => i * i * j * j),
            levels.Sum(i => Row(i) * Row(i)) / n,
            levels.Sum(i => Row(i) * Row(i)) / (n * n),
            columns.Sum(j => Column(j) * Column(j)) / n,
            columns.Sum(j => Column(j) * Column(j)) / (n * n),
            n / voxels,
            Sum((i, _) => (i - meanLevel) * (i - meanLevel)),
            Sum((_, j) => (j - meanMeasure) * (j - meanMeasure)),
            -matrix.Cast<double>().Where(c => c > 0).Sum(c => c / n * Math.Log2(c / n)),
        ];
    }

    /// <summary>The three aggregations, by tag.</summary>
    /// <param name="measure">Size or distance of a zone, given its voxels and whether it is one of the volume.</param>
    public static Dictionary<string, double> Compute(
        DiscretisedRegion region, string prefix, string[] names, Func<List<(int I, int J, int K)>, bool, int> measure)
    {
        var slices = Enumerable.Range(0, region.Grid.CountK).Select(k => Find(region, k)).Where(s => s.Count > 0).ToList();
        var results = new Dictionary<string, double>();
        if (slices.Count == 0)
            return results;
        var each = slices.ConvertAll(s => Features(s, inVolume: false));
        var merged = Features([.. slices.SelectMany(s => s)], inVolume: false);
        var volume = Features(Find(region, null), inVolume: true);
        for (var f = 0; f < names.Length; f++)
        {
            results[$"{prefix}{names[f]}_2D"] = each.Average(s => s[f]);
            results[$"{prefix}{names[f]}_2_5D"] = merged[f];
            results[$"{prefix}{names[f]}_3D"] = volume[f];
        }
        return results;

        double[] Features(List<(int Level, List<(int I, int J, int K)> Voxels)> zones, bool inVolume) =>
            Measure(zones.ConvertAll(z => (z.Level, measure(z.Voxels, inVolume))), zones.Sum(z => z.Voxels.Count));
    }

    private static List<(int I, int J, int K)> Flood(
        DiscretisedRegion region, bool[] seen, int level, (int I, int J, int K) start, bool inVolume)
    {
        var grid = region.Grid;
        var zone = new List<(int I, int J, int K)> { start };
        seen[grid.Index(start.I, start.J, start.K)] = true;
        for (var next = 0; next < zone.Count; next++)
        {
            var reach = inVolume ? 1 : 0;
            for (var k = Math.Max(0, zone[next].K - reach); k <= Math.Min(grid.CountK - 1, zone[next].K + reach); k++)
            {
                for (var j = Math.Max(0, zone[next].J - 1); j <= Math.Min(grid.CountJ - 1, zone[next].J + 1); j++)
                {
                    for (var i = Math.Max(0, zone[next].I - 1); i <= Math.Min(grid.CountI - 1, zone[next].I + 1); i++)
                    {
                        var v = grid.Index(i, j, k);
                        if (seen[v] || region.Levels[v] != level)
                            continue;
                        seen[v] = true;
                        zone.Add((i, j, k));
                    }
                }
            }
        }
        return zone;
    }
}
