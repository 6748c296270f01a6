using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.Glcm;

/// <summary>The co-occurrence features letter by letter after the manual: full matrices, double sums, no shortcut by symmetry.</summary>
internal static class NaiveGlcm
{
    /// <summary>All features by tag; what has none is left out.</summary>
    public static Dictionary<string, double> Compute(DiscretisedRegion region, NeighbourSettings? settings = null)
    {
        var wanted = settings ?? new();
        var inSpace = Directions(wanted).ToArray();
        var inPlane = inSpace.Where(d => d.K == 0).ToArray();
        var slices = Enumerable.Range(0, region.Grid.CountK).ToArray();
        var everySlice = new[] { slices };
        var results = new Dictionary<string, double>();
        Average("2D_avg", from k in slices from d in inPlane select Matrix(region, wanted, [k], [d]));
        Average("2D_comb", from k in slices select Matrix(region, wanted, [k], inPlane));
        Average("2_5D_avg", from d in inPlane select Matrix(region, wanted, slices, [d]));
        Average("2_5D_comb", from all in everySlice select Matrix(region, wanted, all, inPlane));
        Average("3D_avg", from d in inSpace select Matrix(region, wanted, slices, [d]));
        Average("3D_comb", from all in everySlice select Matrix(region, wanted, all, inSpace));
        return results;

        void Average(string aggregation, IEnumerable<double[,]> matrices)
        {
            var measured = matrices.Where(m => m.Cast<double>().Sum() > 0).Select(Measure).ToList();
            if (measured.Count == 0)
                return;
            foreach (var name in measured[0].Keys)
                results[$"cm_{name}_{aggregation}"] = measured.Average(m => m[name]);
        }
    }

    // Of a vector and its opposite the one whose last component that is not 0 is positive.
    private static IEnumerable<(int I, int J, int K)> Directions(NeighbourSettings settings)
    {
        var cube = Enumerable.Range(-settings.Distance, (2 * settings.Distance) + 1).ToArray();
        foreach (var (i, j, k) in from k in cube from j in cube from i in cube select (i, j, k))
        {
            if (k < 0 || (k == 0 && j < 0) || (k == 0 && j == 0 && i <= 0))
                continue;
            var isOne = settings.Norm switch
            {
                DistanceNorm.Manhattan => Math.Abs(i) + Math.Abs(j) + Math.Abs(k) == settings.Distance,
                DistanceNorm.Euclidean => (i * i) + (j * j) + (k * k) <= settings.Distance * settings.Distance
                    && (i * i) + (j * j) + (k * k) > (settings.Distance - 1) * (settings.Distance - 1),
                _ => new[] { i, j, k }.All(c => c == 0 || Math.Abs(c) == settings.Distance),
            };
            if (isOne)
                yield return (i, j, k);
        }
    }

    internal static double Weight((int I, int J, int K) m, NeighbourSettings settings)
    {
        var length = settings.WeightNorm switch
        {
            DistanceNorm.Manhattan => Math.Abs(m.I) + Math.Abs(m.J) + Math.Abs(m.K),
            DistanceNorm.Euclidean => Math.Sqrt(Math.Pow(m.I, 2) + Math.Pow(m.J, 2) + Math.Pow(m.K, 2)),
            _ => new[] { m.I, m.J, m.K }.Max(Math.Abs),
        };
        return settings.Weight switch
        {
            DistanceWeight.Inverse => 1 / length,
            DistanceWeight.Gaussian => Math.Exp(-Math.Pow(length, 2)),
            _ => 1,
        };
    }

    private static double[,] Matrix(
        DiscretisedRegion region, NeighbourSettings settings, int[] slices, (int I, int J, int K)[] directions)
    {
        var grid = region.Grid;
        var matrix = new double[region.LevelCount + 1, region.LevelCount + 1];
        foreach (var k in slices)
        {
            for (var j = 0; j < grid.CountJ; j++)
            {
                for (var i = 0; i < grid.CountI; i++)
                {
                    foreach (var m in directions)
                    {
                        var (a, b) = (Level(i, j, k), Level(i + m.I, j + m.J, k + m.K));
                        if (a == 0 || b == 0)
                            continue;
                        matrix[a, b] += Weight(m, settings);
                        matrix[b, a] += Weight(m, settings);
                    }
                }
            }
        }
        return matrix;

        int Level(int i, int j, int k) =>
            i < 0 || j < 0 || k < 0 || i >= grid.CountI || j >= grid.CountJ || k >= grid.CountK ? 0 : region.Levels[grid.Index(i, j, k)];
    }

    private static Dictionary<string, double> Measure(double[,] matrix)
    {
        var ng = matrix.GetLength(0) - 1;
        var total = matrix.Cast<double>().Sum();
        var levels = Enumerable.Range(1, ng).ToArray();
        double P(int i, int j) => matrix[i, j] / total;
        double Sum(Func<int, int, double> term) => levels.Sum(i => levels.Sum(j => term(i, j)));
        static double PLogQ(double p, double q) => p == 0 ? 0 : p * Math.Log2(q);

        var row = levels.ToDictionary(i => i, i => levels.Sum(j => P(i, j)));
        var column = levels.ToDictionary(j => j, j => levels.Sum(i => P(i, j)));
        var difference = Enumerable.Range(0, ng).Select(k => Sum((i, j) => Math.Abs(i - j) == k ? P(i, j) : 0)).ToArray();
        var sum = Enumerable.Range(0, (2 * ng) + 1).Select(k => Sum((i, j) => i + j == k ? P(i, j) : 0)).ToArray();
        var (muRow, muColumn) = (levels.Sum(i => i * row[i]), levels.Sum(j => j * column[j]));
        var sigmaRow = Math.Sqrt(levels.Sum(i => Math.Pow(i - muRow, 2) * row[i]));
        var sigmaColumn = Math.Sqrt(levels.Sum(j => Math.Pow(j - muColumn, 2) * column[j]));
        var mu = Sum((i, j) => i * P(i, j));
        var differenceAverage = difference.Select((p, k) => k * p).Sum();
        var sumAverage = sum.Select((p, k) => k * p).Sum();
        var hxy = -Sum((i, j) => PLogQ(P(i, j), P(i, j)));
        var hx = -levels.Sum(i => PLogQ(row[i], row[i]));
        var hxy1 = -Sum((i, j) => PLogQ(P(i, j), row[i] * column[j]));
        var hxy2 = -Sum((i, j) => PLogQ(row[i] * column[j], row[i] * column[j]));
        var flat = row.Values.Count(p => p > 0) == 1;
        return new()
        {
            ["joint_max"] = levels.Max(i => levels.Max(j => P(i, j))),
            ["joint_avg"] = mu,
            ["joint_var"] = Sum((i, j) => Math.Pow(i - mu, 2) * P(i, j)),
            ["joint_entr"] = hxy,
            ["diff_avg"] = differenceAverage,
            ["diff_var"] = difference.Select((p, k) => Math.Pow(k - differenceAverage, 2) * p).Sum(),
            ["diff_entr"] = -difference.Sum(p => PLogQ(p, p)),
            ["sum_avg"] = sumAverage,
            ["sum_var"] = sum.Select((p, k) => Math.Pow(k - sumAverage, 2) * p).Sum(),
            ["sum_entr"] = -sum.Sum(p => PLogQ(p, p)),
            ["energy"] = Sum((i, j) => P(i, j) * P(i, j)),
            ["contrast"] = Sum((i, j) => Math.Pow(i - j, 2) * P(i, j)),
            ["dissimilarity"] = Sum((i, j) => Math.Abs(i - j) * P(i, j)),
            ["inv_diff"] = Sum((i, j) => P(i, j) / (1 + Math.Abs(i - j))),
            ["inv_diff_norm"] = Sum((i, j) => P(i, j) / (1 + (Math.Abs(i - j) / (double)ng))),
            ["inv_diff_mom"] = Sum((i, j) => P(i, j) / (1 + Math.Pow(i - j, 2))),
            ["inv_diff_mom_norm"] = Sum((i, j) => P(i, j) / (1 + Math.Pow((i - j) / (double)ng, 2))),
            ["inv_var"] = 2 * Sum((i, j) => j > i ? P(i, j) / Math.Pow(i - j, 2) : 0),
            ["corr"] = flat ? 1 : (Sum((i, j) => i * j * P(i, j)) - (muRow * muColumn)) / (sigmaRow * sigmaColumn),
            ["auto_corr"] = Sum((i, j) => i * j * P(i, j)),
            ["clust_tend"] = Sum((i, j) => Math.Pow(i + j - muRow - muColumn, 2) * P(i, j)),
            ["clust_shade"] = Sum((i, j) => Math.Pow(i + j - muRow - muColumn, 3) * P(i, j)),
            ["clust_prom"] = Sum((i, j) => Math.Pow(i + j - muRow - muColumn, 4) * P(i, j)),
            ["info_corr1"] = flat ? 1 : (hxy - hxy1) / hx, // where levels are independent a rounding error off 0
            ["info_corr2"] = hxy2 - hxy < 1e-13 ? 0 : Math.Sqrt(1 - Math.Exp(-2 * (hxy2 - hxy))),
        };
    }
}
