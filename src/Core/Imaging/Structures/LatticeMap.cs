using System.Globalization;

namespace RadiogenomicsCloud.Imaging.Structures;

/// <summary>
/// How the voxels of one grid lie on those of another that holds the same points in another order: axes exchanged, reversed, and, where
/// that is allowed, only some of the slices. Voxel (i, j, k) of the source has the linear index
/// <c>Start + StepI·i + StepJ·j + StepK·k</c> in the target. Nothing is interpolated.
/// </summary>
internal readonly record struct LatticeMap(int Start, int StepI, int StepJ, int StepK)
{
    /// <summary>
    /// Finds the map, or null if the grids do not share a space within <see cref="GridGeometry.CornerToleranceVoxels"/>.
    /// </summary>
    /// <param name="source">The mask's grid.</param>
    /// <param name="target">The image's grid.</param>
    /// <param name="sliceSubset">Whether the source may hold only some consecutive slices (along its k) of the target.</param>
    /// <param name="distance">Largest distance of a source corner from its place, in voxels of the target; infinite if counts
    /// differ.</param>
    public static LatticeMap? Find(GridGeometry source, GridGeometry target, bool sliceSubset, out double distance)
    {
        Span<int> sourceCounts = [source.CountI, source.CountJ, source.CountK];
        Span<int> targetCounts = [target.CountI, target.CountJ, target.CountK];
        Span<int> targetStrides = [1, target.CountI, target.CountI * target.CountJ];
        Span<Point3> axes = [source.AxisI, source.AxisJ, source.AxisK];
        Span<int> along = stackalloc int[3];
        Span<int> signs = stackalloc int[3];
        Span<int> starts = stackalloc int[3];
        var corner = target.ToVoxel(source.Origin);
        var start = 0;
        var taken = 0;
        distance = double.PositiveInfinity;
        for (var s = 0; s < 3; s++)
        {
            var (t, cosine) = NearestAxis(axes[s], target);
            (along[s], signs[s]) = (t, cosine < 0 ? -1 : 1);
            taken |= 1 << t;
            if (sliceSubset && s == 2)
            {
                var free = targetCounts[t] - sourceCounts[s];
                if (free < 0)
                    return null;
                // The nearest place there is: how far away it is comes out as the distance of the corners.
                var lowest = signs[s] > 0 ? 0 : sourceCounts[s] - 1;
                starts[t] = (int)Math.Clamp(Math.Round(Component(corner, t)), lowest, lowest + free);
            }
            else if (sourceCounts[s] == targetCounts[t])
                starts[t] = signs[s] > 0 ? 0 : targetCounts[t] - 1;
            else
                return null;
            start += starts[t] * targetStrides[t];
        }
        if (taken != 7)
            return null;

        distance = 0;
        for (var bits = 0; bits < 8; bits++)
        {
            Span<int> at = [(bits & 1) * (sourceCounts[0] - 1), ((bits >> 1) & 1) * (sourceCounts[1] - 1), (bits >> 2) * (sourceCounts[2] - 1)];
            var actual = target.ToVoxel(source.ToPatient(at[0], at[1], at[2]));
            for (var s = 0; s < 3; s++)
            {
                var expected = starts[along[s]] + (signs[s] * at[s]);
                distance = Math.Max(distance, Math.Abs(Component(actual, along[s]) - expected));
            }
        }
        return distance <= GridGeometry.CornerToleranceVoxels
            ? new LatticeMap(start, signs[0] * targetStrides[along[0]], signs[1] * targetStrides[along[1]], signs[2] * targetStrides[along[2]])
            : null;
    }

    /// <summary>Sets the target's voxels where the source's are set.</summary>
    public void Set(ReadOnlySpan<byte> source, GridGeometry grid, Span<byte> target)
    {
        var n = 0;
        for (var k = 0; k < grid.CountK; k++)
        {
            for (var j = 0; j < grid.CountJ; j++)
            {
                var at = Start + (StepJ * j) + (StepK * k);
                for (var i = 0; i < grid.CountI; i++, at += StepI)
                    target[at] |= source[n++];
            }
        }
    }

    /// <summary>The error of a mask that does not share the image's space; says by how much.</summary>
    public static BadInputException NotShared(string mask, GridGeometry source, string image, GridGeometry target, double distance)
    {
        var largest = Math.Max(target.SpacingI, Math.Max(target.SpacingJ, target.SpacingK));
        var reason = double.IsFinite(distance)
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"their corners lie up to {distance:0.###} voxels (at most {distance * largest:0.##} mm) apart where "
                + $"{GridGeometry.CornerToleranceVoxels} voxel is allowed")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"the mask has {Size(source)} and the image {Size(target)}, or their axes differ");
        return new BadInputException(
            "mask.space",
            $"The mask '{mask}' and the image '{image}' do not share a space: {reason}; resample the mask to the image's grid first.",
            mask);
    }

    private static string Size(GridGeometry grid) => string.Create(
        CultureInfo.InvariantCulture,
        $"{grid.CountI} × {grid.CountJ} × {grid.CountK} voxels of {grid.SpacingI:0.####} × {grid.SpacingJ:0.####} × "
        + $"{grid.SpacingK:0.####} mm");

    private static (int Axis, double Cosine) NearestAxis(Point3 direction, GridGeometry target)
    {
        Span<double> cosines = [direction.Dot(target.AxisI), direction.Dot(target.AxisJ), direction.Dot(target.AxisK)];
        var best = 0;
        for (var t = 1; t < 3; t++)
        {
            if (Math.Abs(cosines[t]) > Math.Abs(cosines[best]))
                best = t;
        }
        return (best, cosines[best]);
    }

    private static double Component(Point3 point, int axis) => axis switch { 0 => point.X, 1 => point.Y, _ => point.Z };
}
