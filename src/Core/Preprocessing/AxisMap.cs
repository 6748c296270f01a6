namespace RadiogenomicsCloud.Preprocessing;

/// <summary>
/// How one axis of a grid is resampled: the new count and spacing, and where each new voxel centre lies in the old index space.
/// Source: IBSI reference manual, "Interpolation grid" (026Q, QCY4), align grid centres; or PyRadiomics' alignment of corners.
/// </summary>
internal sealed class AxisMap
{
    /// <summary>
    /// Counts and positions are decided with this tolerance in voxels, because spacings come as decimal strings or 32-bit floats:
    /// 204 · 0.97699999809 / 0.977 must not gain a voxel.
    /// </summary>
    public const double ToleranceVoxels = 1e-5;

    private readonly double _ratio;
    private readonly GridAlignment _alignment;

    public AxisMap(int oldCount, double oldSpacing, double? newSpacing, GridAlignment alignment = GridAlignment.Centres)
    {
        OldCount = oldCount;
        _alignment = alignment;
        _ratio = (newSpacing ?? oldSpacing) / oldSpacing;
        IsIdentity = newSpacing is null || Math.Abs(_ratio - 1) * oldCount <= ToleranceVoxels;
        Spacing = IsIdentity ? oldSpacing : newSpacing!.Value;
        var extent = oldCount / _ratio;
        var count = alignment == GridAlignment.Centres ? Math.Ceiling(extent - ToleranceVoxels) : Math.Floor(extent + 0.5 + ToleranceVoxels);
        NewCount = IsIdentity ? oldCount : Math.Max(1, (long)Math.Min(count, long.MaxValue / 4));
    }

    public int OldCount { get; }

    /// <summary>⌈n·s/s′⌉, or the number of new centres in the image where corners are aligned; not yet checked against any limit.</summary>
    public long NewCount { get; }

    public double Spacing { get; }

    public bool IsIdentity { get; }

    /// <summary>Old continuous index of the centre of new voxel <paramref name="index"/>. It may lie up to half an old voxel outside.</summary>
    public double Position(long index) => IsIdentity
        ? index
        : _alignment == GridAlignment.Corners ? ((index + 0.5) * _ratio) - 0.5
        : (0.5 * (OldCount - 1)) + ((index - (0.5 * (NewCount - 1))) * _ratio);

    /// <summary>New indices (half-open) whose centres lie within the old indices <paramref name="low"/>..<paramref name="high"/>, widened by one.</summary>
    public (int Start, int End) Covering(double low, double high)
    {
        if (IsIdentity)
            return ((int)Math.Max(0, Math.Floor(low)), (int)Math.Min(OldCount, Math.Ceiling(high) + 1));
        // A place that is the same in both grids: their centres, or the corner half a voxel before the first centre.
        var (old, now) = _alignment == GridAlignment.Corners ? (-0.5, -0.5) : (0.5 * (OldCount - 1), 0.5 * (NewCount - 1));
        var start = Math.Floor(((low - old) / _ratio) + now) - 1;
        var end = Math.Ceiling(((high - old) / _ratio) + now) + 2;
        return ((int)Math.Max(0, start), (int)Math.Min(NewCount, end));
    }

    /// <summary>The old indices (half-open) that the new range needs, the spline's run-in included.</summary>
    public (int Start, int End) Needed(int newStart, int newEnd, Interpolation kernel)
    {
        if (IsIdentity)
            return (newStart, newEnd);
        var reach = kernel == Interpolation.Cubic ? CubicBSpline.Support + 2 : 1;
        var low = (int)Math.Floor(Position(newStart)) - reach;
        var high = (int)Math.Ceiling(Position(newEnd - 1)) + reach;
        return (Math.Clamp(low, 0, OldCount - 1), Math.Clamp(high, 0, OldCount - 1) + 1);
    }

    /// <summary>
    /// Indices and weights of the samples behind each new voxel of the range; indices are relative to a crop of old indices from
    /// <paramref name="oldStart"/> with <paramref name="oldCount"/> samples. A centre outside the old centres takes the value at the
    /// border (the manual: pad with the intensities at the boundary).
    /// </summary>
    public Taps TapsOf(int newStart, int newEnd, int oldStart, int oldCount, Interpolation kernel)
    {
        var width = kernel switch { Interpolation.Nearest => 1, Interpolation.Linear => 2, _ => 4 };
        var indices = new int[(newEnd - newStart) * width];
        var weights = new double[(newEnd - newStart) * width];
        for (var n = newStart; n < newEnd; n++)
        {
            var at = (n - newStart) * width;
            var position = Math.Clamp(Position(n), 0, OldCount - 1) - oldStart;
            var floor = Math.Min((int)Math.Floor(position), Math.Max(0, oldCount - 2));
            var t = position - floor;
            switch (kernel)
            {
                case Interpolation.Nearest:
                    // A centre half-way between two voxels takes the higher index, rounding of the headers or not.
                    indices[at] = Math.Min((int)Math.Floor(position + 0.5 + 1e-9), oldCount - 1);
                    weights[at] = 1;
                    break;
                case Interpolation.Linear:
                    indices[at] = floor;
                    indices[at + 1] = Math.Min(floor + 1, oldCount - 1);
                    weights[at] = 1 - t;
                    weights[at + 1] = t;
                    break;
                default:
                    if (_alignment == GridAlignment.Corners)
                    {
                        var beyond = Position(n) - oldStart;
                        floor = (int)Math.Floor(beyond);
                        t = beyond - floor;
                    }
                    for (var tap = 0; tap < 4; tap++)
                        indices[at + tap] = CubicBSpline.Mirror(floor - 1 + tap, oldCount);
                    CubicBSpline.Weights(t, weights.AsSpan(at, 4));
                    break;
            }
        }
        return new(width, indices, weights);
    }

    /// <summary>
    /// The samples (relative to the crop, both inclusive) that the value of a new voxel is made of, the spline's prefilter apart. A
    /// centre on an old one has that one's value alone, whatever the kernel.
    /// </summary>
    public (int First, int Last) Support(int index, int oldStart, int oldCount, Interpolation kernel)
    {
        var position = Math.Clamp(Position(index), 0, OldCount - 1) - oldStart;
        if (kernel == Interpolation.Nearest)
        {
            var nearest = TapsOf(index, index + 1, oldStart, oldCount, kernel).Indices[0];
            return (nearest, nearest);
        }
        var sample = Math.Round(position);
        if (Math.Abs(position - sample) <= ToleranceVoxels)
            return ((int)sample, (int)sample);
        var floor = (int)Math.Floor(position);
        var reach = kernel == Interpolation.Cubic ? 1 : 0;
        return (Math.Max(0, floor - reach), Math.Min(oldCount - 1, floor + 1 + reach));
    }

    public sealed record Taps(int Width, int[] Indices, double[] Weights);
}
