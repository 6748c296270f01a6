using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.Morphology;

/// <summary>
/// Moran's I and Geary's C as the reference manual defines them (N365, NPT7): the double sum over all pairs of voxels of the intensity mask,
/// O(n²). NaN where they are not defined.
/// </summary>
internal static class NaiveSpatialAutocorrelation
{
    public static Dictionary<string, double> Compute(RegionOfInterest roi)
    {
        var grid = roi.Image.Grid;
        var inside = Enumerable.Range(0, grid.VoxelCount).Where(v => roi.IntensityMask.Values[v] != 0)
            .Select(v => (At: grid.ToPatient(v % grid.CountI, v / grid.CountI % grid.CountJ, v / (grid.CountI * grid.CountJ)), X: roi.Image.Values[v]))
            .ToArray();
        var mean = inside.Average(v => v.X);
        var squares = inside.Sum(v => (v.X - mean) * (v.X - mean));
        double weights = 0, products = 0, differences = 0;
        for (var a = 0; a < inside.Length; a++)
        {
            for (var b = 0; b < inside.Length; b++)
            {
                if (a == b)
                    continue;
                var w = 1 / (inside[a].At - inside[b].At).Length;
                weights += w;
                products += w * (inside[a].X - mean) * (inside[b].X - mean);
                differences += w * (inside[a].X - inside[b].X) * (inside[a].X - inside[b].X);
            }
        }
        return new()
        {
            ["morph_moran_i"] = inside.Length / weights * products / squares,
            ["morph_geary_c"] = (inside.Length - 1) / (2 * weights) * differences / squares,
        };
    }
}
