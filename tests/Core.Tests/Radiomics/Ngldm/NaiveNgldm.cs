using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.Ngldm;

/// <summary>The neighbouring grey level dependence features letter by letter after the manual, from a full matrix.</summary>
internal static class NaiveNgldm
{
    /// <summary>All features by tag.</summary>
    public static Dictionary<string, double> Compute(DiscretisedRegion region, NeighbourSettings? settings = null, int coarseness = 0)
    {
        var wanted = settings ?? new NeighbourSettings();
        var slices = Enumerable.Range(0, region.Grid.CountK).ToArray();
        var results = new Dictionary<string, double>();
        Write("2D", [.. slices.Select(k => Measure(Dependences(region, [k], wanted, coarseness, inPlane: true)))]);
        Write("2_5D", [Measure(Dependences(region, slices, wanted, coarseness, inPlane: true))]);
        Write("3D", [Measure(Dependences(region, slices, wanted, coarseness, inPlane: false))]);
        return results;

        void Write(string aggregation, List<Dictionary<string, double>?> matrices)
        {
            var measured = matrices.OfType<Dictionary<string, double>>().ToList();
            foreach (var name in measured.FirstOrDefault()?.Keys.ToArray() ?? [])
                results[$"ngl_{name}_{aggregation}"] = measured.Average(m => m[name]);
        }
    }

    /// <summary>Level and dependence of every voxel.</summary>
    private static List<(int I, int J)> Dependences(
        DiscretisedRegion region, int[] slices, NeighbourSettings settings, int coarseness, bool inPlane)
    {
        var (grid, d) = (region.Grid, settings.Distance);
        var found = new List<(int, int)>();
        foreach (var k in slices)
        {
            for (var j = 0; j < grid.CountJ; j++)
            {
                for (var i = 0; i < grid.CountI; i++)
                {
                    var own = Level(i, j, k);
                    if (own == 0)
                        continue;
                    var dependence = 0;
                    for (var mk = inPlane ? 0 : -d; mk <= (inPlane ? 0 : d); mk++)
                    {
                        for (var mj = -d; mj <= d; mj++)
                        {
                            for (var mi = -d; mi <= d; mi++)
                            {
                                var level = Level(i + mi, j + mj, k + mk);
                                if (level != 0 && Math.Abs(level - own) <= coarseness && Length(mi, mj, mk, settings.Norm) <= d + 1e-9)
                                    dependence++;
                            }
                        }
                    }
                    found.Add((own, dependence));
                }
            }
        }
        return found;

        int Level(int i, int j, int k) =>
            i < 0 || j < 0 || k < 0 || i >= grid.CountI || j >= grid.CountJ || k >= grid.CountK ? 0 : region.Levels[grid.Index(i, j, k)];
    }

    private static double Length(int i, int j, int k, DistanceNorm norm) => norm switch
    {
        DistanceNorm.Manhattan => Math.Abs(i) + Math.Abs(j) + Math.Abs(k),
        DistanceNorm.Euclidean => Math.Sqrt((i * i) + (j * j) + (k * k)),
        _ => new[] { Math.Abs(i), Math.Abs(j), Math.Abs(k) }.Max(),
    };

    private static Dictionary<string, double>? Measure(List<(int I, int J)> voxels)
    {
        if (voxels.Count == 0)
            return null;
        double total = voxels.Count;
        var matrix = voxels.GroupBy(v => v).Select(g => (I: (double)g.Key.I, J: (double)g.Key.J, P: g.Count() / total)).ToList();
        double[] ofLevels = [.. voxels.GroupBy(v => v.I).Select(g => g.Count() / total)];
        double[] ofDependences = [.. voxels.GroupBy(v => v.J).Select(g => g.Count() / total)];
        var (meanI, meanJ) = (voxels.Average(v => v.I), voxels.Average(v => v.J));
        return new()
        {
            ["lde"] = voxels.Average(v => Math.Pow(v.J, -2)),
            ["hde"] = voxels.Average(v => Math.Pow(v.J, 2)),
            ["lgce"] = voxels.Average(v => Math.Pow(v.I, -2)),
            ["hgce"] = voxels.Average(v => Math.Pow(v.I, 2)),
            ["ldlge"] = voxels.Average(v => Math.Pow(v.I, -2) * Math.Pow(v.J, -2)),
            ["ldhge"] = voxels.Average(v => Math.Pow(v.I, 2) * Math.Pow(v.J, -2)),
            ["hdlge"] = voxels.Average(v => Math.Pow(v.I, -2) * Math.Pow(v.J, 2)),
            ["hdhge"] = voxels.Average(v => Math.Pow(v.I, 2) * Math.Pow(v.J, 2)),
            ["glnu"] = total * ofLevels.Sum(p => p * p),
            ["glnu_norm"] = ofLevels.Sum(p => p * p),
            ["dcnu"] = total * ofDependences.Sum(p => p * p),
            ["dcnu_norm"] = ofDependences.Sum(p => p * p),
            ["dc_perc"] = 1,
            ["gl_var"] = matrix.Sum(e => Math.Pow(e.I - meanI, 2) * e.P),
            ["dc_var"] = matrix.Sum(e => Math.Pow(e.J - meanJ, 2) * e.P),
            ["dc_entr"] = -matrix.Sum(e => e.P * Math.Log2(e.P)),
            ["dc_energy"] = matrix.Sum(e => e.P * e.P),
        };
    }
}
