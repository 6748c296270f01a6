using System.Globalization;

namespace RadiogenomicsCloud.Imaging.Dicom;

/// <summary>
/// Slices in the order of their projection on the slice normal, and the regular grid that they make. Nothing is interpolated or
/// dropped to make them fit: what does not fit is an error. Fixed limits: gaps equal the median gap within
/// <see cref="GapTolerance"/>; in-plane drift from slice to slice stays under the same part of the gap; what such small differences add
/// up to over the series moves no slice by <see cref="MaxDisplacement"/> from its place on the grid; direction cosines agree within
/// <see cref="CosineTolerance"/>, pixel spacings within <see cref="SpacingTolerance"/> relative.
/// </summary>
internal sealed record SliceStack(GridGeometry Grid, IReadOnlyList<SlicePlane> Slices, IReadOnlyList<string> Warnings)
{
    /// <summary>Part of the median gap.</summary>
    public const double GapTolerance = 0.01;

    public const double CosineTolerance = 1e-4;

    public const double SpacingTolerance = 1e-4;

    /// <summary>Voxels between a slice's own position and its place on the grid: from here on its pixels are those of a neighbour.</summary>
    public const double MaxDisplacement = 0.5;

    /// <summary>Displacements above this are a warning.</summary>
    public const double ReportedDisplacement = 0.1;

    /// <summary>2 GiB of values, for example 512 × 512 × 1024; the same as for NIfTI and for a resampled image.</summary>
    public const int MaxVoxels = 1 << 28;

    /// <exception cref="BadInputException">
    /// <c>series.differing-size</c>, <c>series.differing-orientation</c>, <c>series.differing-spacing</c>, <c>series.several-stacks</c>,
    /// <c>series.several-times</c>, <c>series.duplicate-slice</c>, <c>series.missing-slice</c>, <c>series.uneven-gap</c>,
    /// <c>series.gantry-tilt</c>, <c>series.single-slice</c>, <c>series.too-large</c>.
    /// </exception>
    public static SliceStack Order(IReadOnlyList<SlicePlane> slices, string series)
    {
        var first = slices[0];
        EnsureAlike(slices, series);
        var normal = first.AxisI.Cross(first.AxisJ);
        var sorted = slices
            .Select(s => (Slice: s, At: s.Origin.Dot(normal)))
            .OrderBy(s => s.At).ThenBy(s => s.Slice.Name, StringComparer.Ordinal).ToArray();
        if ((long)first.Format.Samples * sorted.Length > MaxVoxels)
            throw new BadInputException("series.too-large",
                $"Series {series} has {sorted.Length} slices of {first.Format.Columns} x {first.Format.Rows} pixels, more than the {MaxVoxels} voxels that a volume may have; crop or resample it.",
                series);
        var warnings = new List<string>();
        var spacing = sorted.Length == 1
            ? SingleSliceSpacing(first, warnings)
            : Gap(sorted, series);
        if (sorted.Length > 1)
        {
            EnsureAligned(sorted, normal, spacing, series);
            if (first.Between is { } stated && Math.Abs(Math.Abs(stated) - spacing) > GapTolerance * spacing && stated != 0)
                warnings.Add($"Series {series}: {DicomTags.SpacingBetweenSlices} says {Mm(Math.Abs(stated))}, the slices lie {Mm(spacing)} apart; the positions are used.");
        }
        var grid = new GridGeometry(
            first.Format.Columns, first.Format.Rows, sorted.Length, first.SpacingI, first.SpacingJ, spacing,
            sorted[0].Slice.Origin, first.AxisI, first.AxisJ, normal);
        EnsureOnGrid(sorted, grid, series, warnings);
        return new(grid, [.. sorted.Select(s => s.Slice)], warnings);
    }

    private static void EnsureAlike(IReadOnlyList<SlicePlane> slices, string series)
    {
        var first = slices[0];
        foreach (var other in slices)
        {
            if (other.Format.Rows != first.Format.Rows || other.Format.Columns != first.Format.Columns)
                throw Differ("differing-size", other,
                    $"{first.Format.Columns} x {first.Format.Rows} and {other.Format.Columns} x {other.Format.Rows} pixels");
            if ((other.AxisI - first.AxisI).Length > CosineTolerance || (other.AxisJ - first.AxisJ).Length > CosineTolerance)
                throw Differ("differing-orientation", other, "orientations that are not parallel (a localiser among them?)");
            if (Math.Abs(other.SpacingI - first.SpacingI) > SpacingTolerance * first.SpacingI
                || Math.Abs(other.SpacingJ - first.SpacingJ) > SpacingTolerance * first.SpacingJ)
                throw Differ("differing-spacing", other, $"pixel spacings {Mm(first.SpacingI)} and {Mm(other.SpacingI)}");
            if (other.Group.Stack != first.Group.Stack)
                throw Differ("several-stacks", other, "several stacks of slices; split them into series");
            if (other.Group.Time != first.Group.Time)
                throw Differ("several-times", other, "several temporal positions; split them into series");
        }

        BadInputException Differ(string code, SlicePlane other, string what) => new(
            "series." + code, $"Series {series}: {first.Name} and {other.Name} have {what}.", series);
    }

    private static double Gap((SlicePlane Slice, double At)[] sorted, string series)
    {
        var gaps = new double[sorted.Length - 1];
        for (var k = 0; k < gaps.Length; k++)
            gaps[k] = sorted[k + 1].At - sorted[k].At;
        var median = Median(gaps);
        for (var k = 0; k < gaps.Length; k++)
        {
            if (gaps[k] <= Math.Max(GapTolerance * median, 1e-6))
                throw new BadInputException("series.duplicate-slice",
                    $"Series {series}: {sorted[k].Slice.Name} and {sorted[k + 1].Slice.Name} lie at the same place, {Mm(sorted[k].At)}; split time points, echoes or reconstructions into series of their own.",
                    series);
        }
        var missing = new List<string>();
        var total = 0.0;
        for (var k = 0; k < gaps.Length; k++)
        {
            if (Math.Abs(gaps[k] - median) <= GapTolerance * median)
                continue;
            var steps = Math.Round(gaps[k] / median);
            if (steps < 2 || Math.Abs(gaps[k] - (steps * median)) > GapTolerance * median * steps)
                throw new BadInputException("series.uneven-gap",
                    $"Series {series}: the slices at {Mm(sorted[k].At)} and {Mm(sorted[k + 1].At)} are {Mm(gaps[k])} apart, most others {Mm(median)}; only evenly spaced slices make a volume.",
                    series);
            total += steps - 1;
            if (missing.Count < 5)
                missing.Add($"{(steps - 1).ToString(CultureInfo.InvariantCulture)} between {Mm(sorted[k].At)} and {Mm(sorted[k + 1].At)}");
        }
        if (missing.Count > 0)
            throw new BadInputException("series.missing-slice",
                $"Series {series} lacks {total.ToString(CultureInfo.InvariantCulture)} slice(s) along its normal: {string.Join(", ", missing)}; supply them, they are not interpolated.",
                series);
        return (sorted[^1].At - sorted[0].At) / gaps.Length;
    }

    private static void EnsureAligned((SlicePlane Slice, double At)[] sorted, Point3 normal, double spacing, string series)
    {
        for (var k = 1; k < sorted.Length; k++)
        {
            var step = sorted[k].Slice.Origin - sorted[k - 1].Slice.Origin;
            var drift = (step - (normal * step.Dot(normal))).Length;
            if (drift <= GapTolerance * spacing)
                continue;
            var angle = (Math.Atan2(drift, spacing) * 180 / Math.PI).ToString("0.0", CultureInfo.InvariantCulture);
            throw new BadInputException("series.gantry-tilt",
                $"Series {series}: from {sorted[k - 1].Slice.Name} to {sorted[k].Slice.Name} the slices shift by {Mm(drift)} sideways ({angle} degrees), as with a tilted gantry; resample it to a rectangular grid first.",
                series);
        }
    }

    /// <summary>A tilt of half a degree or gaps that grow by half a percent pass from slice to slice, and yet add up over a long series.</summary>
    private static void EnsureOnGrid((SlicePlane Slice, double At)[] sorted, GridGeometry grid, string series, List<string> warnings)
    {
        var (worst, sideways, at) = (0.0, false, 0);
        for (var k = 1; k < sorted.Length; k++)
        {
            var v = grid.ToVoxel(sorted[k].Slice.Origin);
            var (inPlane, along) = (Math.Max(Math.Abs(v.X), Math.Abs(v.Y)), Math.Abs(v.Z - k));
            if (Math.Max(inPlane, along) > worst)
                (worst, sideways, at) = (Math.Max(inPlane, along), inPlane > along, k);
        }
        if (worst <= ReportedDisplacement)
            return;
        var found = $"Series {series}: {sorted[at].Slice.Name} lies {worst.ToString("0.##", CultureInfo.InvariantCulture)} voxels "
            + (sideways ? "sideways of" : "along the normal off") + " its place on a regular grid";
        if (worst < MaxDisplacement)
            warnings.Add($"{found}, because small {(sideways ? "shifts" : "differences of the gaps")} add up over the slices.");
        else if (sideways)
            throw new BadInputException("series.gantry-tilt",
                $"{found}, as with a slightly tilted gantry; resample it to a rectangular grid first.", series);
        else
            throw new BadInputException("series.uneven-gap",
                $"{found}, because its gaps change along the series; only evenly spaced slices make a volume.", series);
    }

    private static double SingleSliceSpacing(SlicePlane only, List<string> warnings)
    {
        if (only.Thickness is not { } thickness || thickness <= 0)
            throw new BadInputException("series.single-slice",
                $"{only.Name} is the only slice of its series and has no {DicomTags.SliceThickness}, so its voxels have no depth.",
                only.Instance.Source.Name);
        warnings.Add($"{only.Name} is the only slice of its series; its thickness of {Mm(thickness)} is taken as the slice spacing.");
        return thickness;
    }

    private static double Median(double[] values)
    {
        var sorted = (double[])values.Clone();
        Array.Sort(sorted);
        var half = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    private static string Mm(double value) => value.ToString("0.####", CultureInfo.InvariantCulture) + " mm";
}
