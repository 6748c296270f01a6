namespace RadiogenomicsCloud.Preprocessing;

/// <summary>
/// A fixed number of equal bins between the least and the greatest intensity of a region (IBSI K15C). A flat region is all level 1.
/// </summary>
internal readonly struct FixedNumberBins
{
    private readonly int _bins;
    private readonly double _max, _scale, _low, _range;

    public FixedNumberBins(double min, double max, int bins)
    {
        _bins = bins;
        _max = max;
        // A range whose products leave a double is divided by a power of two first, which moves no edge.
        _scale = double.IsFinite(bins * (max - min)) ? 1 : Math.ScaleB(1, -20);
        _low = min * _scale;
        _range = (max * _scale) - _low;
    }

    /// <summary>In the image's unit; 0 for a flat region.</summary>
    public double Width => _range / _bins / _scale;

    public bool IsFlat => _range == 0;

    /// <summary>Level 1..bins of an intensity of the region; the greatest is in the last bin.</summary>
    public int LevelOf(double value)
    {
        if (IsFlat)
            return 1;
        // The minimum meets ranges so narrow that the quotient rounds up.
        return value >= _max ? _bins : Math.Min(_bins, (int)Math.Floor(_bins * ((value * _scale) - _low) / _range) + 1);
    }
}
