using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Radiomics.PyRadiomics;

/// <summary>Exchanges k with another axis of the array, so that planes across that axis become slices. Axes: 0 is k, 1 is j, 2 is i.</summary>
internal static class AxisSwap
{
    /// <summary>Grey levels with planes across <paramref name="axis"/> as slices.</summary>
    public static DiscretisedRegion WithSlicesAcross(this DiscretisedRegion region, int axis) => axis == 0
        ? region
        : region with { Grid = Swap(region.Grid, axis), Levels = Swap(region.Levels, region.Grid, axis) };

    /// <summary>The same of image and masks.</summary>
    public static RegionOfInterest WithSlicesAcross(this RegionOfInterest roi, int axis)
    {
        if (axis == 0)
            return roi;
        var grid = Swap(roi.Image.Grid, axis);
        return roi with
        {
            Image = new(grid, Swap(roi.Image.Values, roi.Image.Grid, axis), roi.Image.Unit),
            MorphologicalMask = new(grid, Swap(roi.MorphologicalMask.Values, roi.Image.Grid, axis)),
            IntensityMask = new(grid, Swap(roi.IntensityMask.Values, roi.Image.Grid, axis)),
        };
    }

    /// <summary>The same of a mask.</summary>
    public static Mask WithSlicesAcross(this Mask mask, int axis) =>
        axis == 0 ? mask : new(Swap(mask.Grid, axis), Swap(mask.Values, mask.Grid, axis));

    private static GridGeometry Swap(GridGeometry grid, int axis) => axis == 1
        ? grid with
        {
            CountJ = grid.CountK,
            CountK = grid.CountJ,
            SpacingJ = grid.SpacingK,
            SpacingK = grid.SpacingJ,
            AxisJ = grid.AxisK,
            AxisK = grid.AxisJ,
        }
        : grid with
        {
            CountI = grid.CountK,
            CountK = grid.CountI,
            SpacingI = grid.SpacingK,
            SpacingK = grid.SpacingI,
            AxisI = grid.AxisK,
            AxisK = grid.AxisI,
        };

    private static T[] Swap<T>(T[] values, GridGeometry grid, int axis)
    {
        var result = new T[values.Length];
        var swapped = Swap(grid, axis);
        for (var k = 0; k < grid.CountK; k++)
        {
            for (var j = 0; j < grid.CountJ; j++)
            {
                var start = grid.Index(0, j, k);
                var (target, step) = axis == 1
                    ? (swapped.Index(0, k, j), 1)
                    : (swapped.Index(k, j, 0), swapped.CountI * swapped.CountJ);
                for (var i = 0; i < grid.CountI; i++)
                    result[target + (i * step)] = values[start + i];
            }
        }
        return result;
    }
}
