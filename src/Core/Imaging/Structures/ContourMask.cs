using System.Globalization;

namespace RadiogenomicsCloud.Imaging.Structures;

/// <summary>
/// Contours of an ROI to voxels of an image grid. Points are mapped to continuous voxel indices; each contour belongs to the nearest
/// slice within half a spacing (k − ½ ≤ its plane &lt; k + ½) and is rasterised there by <see cref="SliceRasteriser"/>. All contours of a
/// slice combine by XOR. Slices without contours stay empty; nothing is interpolated.
/// </summary>
internal static class ContourMask
{
    /// <summary>
    /// A contour whose points differ by more than this along the normal, in slice spacings, is not parallel to the slices; contours
    /// that differ by more lie in different planes. A stated limit of the product.
    /// </summary>
    public const double PlaneTolerance = 0.1;

    private const double MaxCoordinate = 1e6;

    private sealed record Placed(int Slice, double Plane, IReadOnlyList<double> Data);

    /// <summary>Sets the ROI's voxels in <paramref name="mask"/> (linear order of the grid) and says what was left out.</summary>
    /// <exception cref="BadInputException">
    /// <c>rtstruct.contour-data</c>: coordinates are not triples or not in a patient; <c>rtstruct.not-parallel</c>: a contour crosses
    /// slices.
    /// </exception>
    public static void Set(
        string roi, IReadOnlyList<RtContour> contours, GridGeometry grid, string file, Span<byte> mask, List<string> warnings, CancellationToken cancel)
    {
        var placed = Place(roi, contours, grid, file, warnings);
        var rasteriser = new SliceRasteriser(grid.CountI, grid.CountJ);
        var slice = new byte[grid.CountI * grid.CountJ];
        double[] x = [], y = [];
        var between = new List<double>();
        var seen = new HashSet<(int, double)>();
        var (used, cut, copies, farthest) = (new List<int>(), 0, 0, 0.0);
        foreach (var group in placed.GroupBy(p => p.Slice).OrderBy(g => g.Key))
        {
            cancel.ThrowIfCancellationRequested();
            // A structure drawn on finer slices has several planes here; XOR of different planes would mean nothing.
            var plane = group.MinBy(p => Math.Abs(p.Plane - p.Slice))!.Plane;
            farthest = Math.Max(farthest, Math.Abs(plane - group.Key));
            slice.AsSpan().Clear();
            seen.Clear();
            foreach (var contour in group)
            {
                if (Math.Abs(contour.Plane - plane) > PlaneTolerance)
                {
                    between.Add(contour.Plane);
                    continue;
                }
                var count = contour.Data.Count / 3;
                if (x.Length < count)
                    (x, y) = (new double[count], new double[count]);
                if (Project(contour.Data, grid, x, y))
                    cut++;
                if (!rasteriser.Add(x.AsSpan(0, count), y.AsSpan(0, count)))
                    throw new BadInputException("rtstruct.contour-data",
                        $"The contours of ROI '{roi}' in '{file}' cross the image's rows more than {SliceRasteriser.MaxCrossings} times, as no structure does; export the structure set again.",
                        file);
                copies += seen.Add(Fingerprint(contour.Data)) ? 0 : 1;
            }
            rasteriser.ResolveInto(slice);
            var target = mask.Slice(group.Key * slice.Length, slice.Length);
            for (var n = 0; n < slice.Length; n++)
                target[n] |= slice[n];
            used.Add(group.Key);
        }
        if (between.Count > 0)
            warnings.Add($"ROI '{roi}': {Contours(between.Count)} left out because others lie nearer to the same slice: "
                + $"{Positions(between, grid)}.");
        if (farthest > PlaneTolerance)
            warnings.Add(Invariant($"ROI '{roi}': contours lie up to {farthest * grid.SpacingK:0.##} mm off their slices."));
        if (copies > 0)
            warnings.Add($"ROI '{roi}': {Contours(copies)} drawn again; by the even-odd rule a contour and its copy cancel each other.");
        if (cut > 0)
            warnings.Add($"ROI '{roi}': {Contours(cut)} cut off at the border of the image.");
        var skipped = Skipped(used);
        if (skipped.Count > 0)
            warnings.Add($"ROI '{roi}' skips {skipped.Count} {(skipped.Count == 1 ? "slice" : "slices")} between its first and its last, "
                + $"not filled: {Positions(skipped, grid)}.");
    }

    /// <summary>
    /// The largest distance of a point of a closed contour from the plane of a slice, in slice spacings. Contours may lie beyond the
    /// first and last slice, as long as they lie on the same planes continued and one is inside; otherwise the distance to the nearest.
    /// </summary>
    public static double OffPlanes(IReadOnlyList<RtContour> contours, GridGeometry grid)
    {
        var (phase, outside) = (0.0, double.PositiveInfinity);
        foreach (var (type, data, _) in contours)
        {
            if (!IsClosed(type))
                continue;
            for (var p = 0; p + 2 < data.Count; p += 3)
            {
                var k = grid.ToVoxel(new Point3(data[p], data[p + 1], data[p + 2])).Z;
                phase = Math.Max(phase, Math.Abs(k - Math.Round(k)));
                outside = Math.Min(outside, Math.Abs(k - Math.Clamp(k, 0, grid.CountK - 1)));
            }
        }
        return double.IsFinite(outside) ? Math.Max(phase, outside) : 0;
    }

    private static bool IsClosed(string type) => type is "CLOSED_PLANAR" or "CLOSEDPLANAR_XOR";

    private static List<Placed> Place(string roi, IReadOnlyList<RtContour> contours, GridGeometry grid, string file, List<string> warnings)
    {
        var placed = new List<Placed>();
        var otherTypes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var outside = new List<double>();
        var (tooFew, miscounted) = (0, 0);
        for (var n = 0; n < contours.Count; n++)
        {
            var (type, data, stated) = contours[n];
            if (!IsClosed(type))
            {
                var name = type.Length == 0 ? "no type" : type;
                otherTypes[name] = otherTypes.GetValueOrDefault(name) + 1;
                continue;
            }
            if (data.Count % 3 != 0)
                throw Bad(roi, n, $"has {data.Count} coordinates, not a multiple of three", file);
            miscounted += stated is { } points && points != data.Count / 3 ? 1 : 0;
            if (data.Count < 9)
            {
                tooFew++;
                continue;
            }
            var (low, high) = PlaneRange(roi, n, data, grid, file);
            if (high - low > PlaneTolerance)
            {
                throw new BadInputException(
                    "rtstruct.not-parallel",
                    $"Contour {n + 1} of ROI '{roi}' in '{file}' is not parallel to the image's slices (it spans "
                        + Invariant($"{(high - low) * grid.SpacingK:0.##} mm across them); use a structure drawn on this series."),
                    file);
            }
            // Rounded so that a plane half way between two slices always goes to the same one.
            var plane = Math.Round((low + high) / 2 * 1024) / 1024;
            var nearest = Math.Floor(plane + 0.5);
            if (nearest < 0 || nearest >= grid.CountK)
                outside.Add(plane);
            else
                placed.Add(new Placed((int)nearest, plane, data));
        }
        foreach (var (type, count) in otherTypes)
            warnings.Add($"ROI '{roi}': {Contours(count)} of type {type} not used; only closed planar ones enclose a region.");
        if (tooFew > 0)
            warnings.Add($"ROI '{roi}': {Contours(tooFew)} of fewer than three points not used.");
        if (miscounted > 0)
            warnings.Add($"ROI '{roi}': {Contours(miscounted)} with another number of points than stated; all points were used.");
        if (outside.Count > 0)
            warnings.Add($"ROI '{roi}': {Contours(outside.Count)} not used, more than half a slice spacing outside the image: "
                + $"{Positions(outside, grid)}.");
        return placed;
    }

    private static (double Low, double High) PlaneRange(string roi, int n, IReadOnlyList<double> data, GridGeometry grid, string file)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var p = 0; p < data.Count; p += 3)
        {
            var point = new Point3(data[p], data[p + 1], data[p + 2]);
            if (!(Math.Abs(point.X) <= MaxCoordinate && Math.Abs(point.Y) <= MaxCoordinate && Math.Abs(point.Z) <= MaxCoordinate))
                throw Bad(roi, n,
                    $"has a point farther than {MaxCoordinate.ToString("0", CultureInfo.InvariantCulture)} mm from the origin", file);
            var k = grid.ToVoxel(point).Z;
            (low, high) = (Math.Min(low, k), Math.Max(high, k));
        }
        return (low, high);
    }

    /// <summary>Column and row indices of the points; true if one lies beyond the border voxels of the slice.</summary>
    private static bool Project(IReadOnlyList<double> data, GridGeometry grid, double[] x, double[] y)
    {
        const double Border = 0.5 + GridGeometry.CornerToleranceVoxels;
        var outside = false;
        for (var p = 0; p < data.Count / 3; p++)
        {
            var voxel = grid.ToVoxel(new Point3(data[3 * p], data[(3 * p) + 1], data[(3 * p) + 2]));
            (x[p], y[p]) = (voxel.X, voxel.Y);
            outside |= voxel.X < -Border || voxel.Y < -Border || voxel.X > grid.CountI - 1 + Border || voxel.Y > grid.CountJ - 1 + Border;
        }
        return outside;
    }

    /// <summary>The same for contours of the same points in the same order; only a warning hangs on it.</summary>
    private static (int Count, double Sum) Fingerprint(IReadOnlyList<double> data)
    {
        var sum = 0.0;
        for (var n = 0; n < data.Count; n++)
            sum += data[n] * ((n % 97) + 1);
        return (data.Count, sum);
    }

    private static List<double> Skipped(List<int> ascending)
    {
        var skipped = new List<double>();
        for (var n = 1; n < ascending.Count; n++)
        {
            for (var k = ascending[n - 1] + 1; k < ascending[n]; k++)
                skipped.Add(k);
        }
        return skipped;
    }

    /// <summary>Positions along the slice normal in mm, the first five.</summary>
    private static string Positions(List<double> planes, GridGeometry grid)
    {
        var positions = planes.Distinct().Order()
            .Select(k => Invariant($"{grid.ToPatient(0, 0, k).Dot(grid.AxisK):0.##}")).ToList();
        return $"at {string.Join(", ", positions.Take(5))}{(positions.Count > 5 ? $" and {positions.Count - 5} more" : "")} mm along the "
            + "slice normal";
    }

    private static string Contours(int count) => count == 1 ? "1 contour" : $"{count} contours";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static BadInputException Bad(string roi, int n, string what, string file) =>
        new("rtstruct.contour-data", $"Contour {n + 1} of ROI '{roi}' in '{file}' {what}; export the structure set again.", file);
}
