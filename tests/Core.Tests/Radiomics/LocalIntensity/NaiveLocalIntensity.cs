using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.LocalIntensity;

/// <summary>The intensity peaks letter by letter after the manual: every voxel of the image for every voxel of the region.</summary>
internal static class NaiveLocalIntensity
{
    /// <summary>Both features by tag, of a region with at least one voxel.</summary>
    public static Dictionary<string, double> Compute(RegionOfInterest roi)
    {
        var (grid, values) = (roi.Image.Grid, roi.Image.Values);
        var radius = 10 * Math.Pow(3 / (4 * Math.PI), 1.0 / 3);
        var peaks = new List<(double Intensity, double Mean)>();
        foreach (var (i, j, k) in Voxels())
        {
            var centre = values[grid.Index(i, j, k)];
            if (!roi.IntensityMask[i, j, k] || !double.IsFinite(centre))
                continue;
            var inSphere = Voxels()
                .Where(v => Square((v.I - i) * grid.SpacingI) + Square((v.J - j) * grid.SpacingJ) + Square((v.K - k) * grid.SpacingK) <= radius * radius)
                .Select(v => values[grid.Index(v.I, v.J, v.K)])
                .Where(double.IsFinite);
            peaks.Add((centre, inSphere.Average()));
        }
        var maximum = peaks.Max(p => p.Intensity);
        return new()
        {
            ["loc_peak_loc"] = peaks.Where(p => p.Intensity == maximum).Max(p => p.Mean),
            ["loc_peak_glob"] = peaks.Max(p => p.Mean),
        };

        static double Square(double x) => x * x;

        IEnumerable<(int I, int J, int K)> Voxels() =>
            from k in Enumerable.Range(0, grid.CountK)
            from j in Enumerable.Range(0, grid.CountJ)
            from i in Enumerable.Range(0, grid.CountI)
            select (i, j, k);
    }
}
