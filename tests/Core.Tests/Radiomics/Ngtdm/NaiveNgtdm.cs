using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.Ngtdm;

/// <summary>The neighbourhood grey tone difference features letter by letter after the manual: every neighbour of every voxel, double sums.</summary>
internal static class NaiveNgtdm
{
    /// <summary>All features by tag; those without a value are absent or NaN.</summary>
    public static Dictionary<string, double> Compute(DiscretisedRegion region, NeighbourSettings? settings = null)
    {
        var wanted = settings ?? new NeighbourSettings();
        var slices = Enumerable.Range(0, region.Grid.CountK).ToArray();
        var results = new Dictionary<string, double>();
        Write("2D", [.. slices.Select(k => Measure(Matrix(region, [k], wanted, inPlane: true)))]);
        Write("2_5D", [Measure(Matrix(region, slices, wanted, inPlane: true))]);
        Write("3D", [Measure(Matrix(region, slices, wanted, inPlane: false))]);
        return results;

        void Write(string aggregation, List<Dictionary<string, double>?> matrices)
        {
            foreach (var name in (string[])["coarseness", "contrast", "busyness", "complexity", "strength"])
            {
                var values = matrices.Where(m => m is not null).Select(m => m![name]).Where(v => !double.IsNaN(v)).ToList();
                if (values.Count > 0)
                    results[$"ngt_{name}_{aggregation}"] = values.Average();
            }
        }
    }

    private static Dictionary<int, (int N, double S)> Matrix(DiscretisedRegion region, int[] slices, NeighbourSettings settings, bool inPlane)
    {
        var (grid, d) = (region.Grid, settings.Distance);
        var matrix = new Dictionary<int, (int N, double S)>();
        foreach (var k in slices)
        {
            for (var j = 0; j < grid.CountJ; j++)
            {
                for (var i = 0; i < grid.CountI; i++)
                {
                    if (Level(i, j, k) == 0)
                        continue;
                    double sum = 0, weight = 0;
                    for (var mk = inPlane ? 0 : -d; mk <= (inPlane ? 0 : d); mk++)
                    {
                        for (var mj = -d; mj <= d; mj++)
                        {
                            for (var mi = -d; mi <= d; mi++)
                            {
                                var level = Level(i + mi, j + mj, k + mk);
                                if ((mi, mj, mk) == (0, 0, 0) || level == 0 || Length(mi, mj, mk, settings.Norm) > d + 1e-9)
                                    continue;
                                var length = Length(mi, mj, mk, settings.WeightNorm);
                                var w = settings.Weight == DistanceWeight.Inverse ? 1 / length
                                    : settings.Weight == DistanceWeight.Gaussian ? Math.Exp(-length * length)
                                    : 1;
                                sum += w * level;
                                weight += w;
                            }
                        }
                    }
                    if (weight == 0)
                        continue;
                    var own = Level(i, j, k);
                    var (n, s) = matrix.GetValueOrDefault(own);
                    matrix[own] = (n + 1, s + Math.Abs(own - (sum / weight)));
                }
            }
        }
        return matrix;

        int Level(int i, int j, int k) =>
            i < 0 || j < 0 || k < 0 || i >= grid.CountI || j >= grid.CountJ || k >= grid.CountK ? 0 : region.Levels[grid.Index(i, j, k)];
    }

    private static double Length(int i, int j, int k, DistanceNorm norm) => norm switch
    {
        DistanceNorm.Manhattan => Math.Abs(i) + Math.Abs(j) + Math.Abs(k),
        DistanceNorm.Euclidean => Math.Sqrt((i * i) + (j * j) + (k * k)),
        _ => new[] { Math.Abs(i), Math.Abs(j), Math.Abs(k) }.Max(),
    };

    private static Dictionary<string, double>? Measure(Dictionary<int, (int N, double S)> matrix)
    {
        if (matrix.Count == 0)
            return null;
        var total = matrix.Values.Sum(e => e.N);
        var p = matrix.ToDictionary(e => e.Key, e => e.Value.N / (double)total);
        var s = matrix.ToDictionary(e => e.Key, e => e.Value.S);
        double Sum(Func<int, int, double> term) => matrix.Keys.Sum(a => matrix.Keys.Sum(b => term(a, b)));
        var weighted = matrix.Keys.Sum(i => p[i] * s[i]);
        var differences = s.Values.Sum();
        var denominator = matrix.Keys.SelectMany(_ => matrix.Keys, (a, b) => Math.Abs(((long)a * matrix[a].N) - ((long)b * matrix[b].N))).Sum();
        return new()
        {
            ["coarseness"] = weighted < 1e-6 ? 1e6 : 1 / weighted,
            ["contrast"] = matrix.Count == 1 ? 0
                : Sum((a, b) => p[a] * p[b] * Math.Pow(a - b, 2)) / (matrix.Count * (matrix.Count - 1.0)) * differences / total,
            ["busyness"] = matrix.Count == 1 ? 0 : denominator == 0 ? double.NaN : weighted / (denominator / (double)total),
            ["complexity"] = Sum((a, b) => Math.Abs(a - b) * ((p[a] * s[a]) + (p[b] * s[b])) / (p[a] + p[b])) / total,
            ["strength"] = differences == 0 ? 0 : Sum((a, b) => (p[a] + p[b]) * Math.Pow(a - b, 2)) / differences,
        };
    }
}
