namespace RadiogenomicsCloud.Radiomics.Neighbourhoods;

/// <summary>The mean of each feature over the slices in which it has a value (aggregation 2D, IBSI 8QNN).</summary>
internal sealed class SliceMeans(int features)
{
    private readonly double[] _sums = new double[features];
    private readonly int[] _slices = new int[features];

    /// <summary>Adds the features of one slice; NaN where the slice has none.</summary>
    public void Add(ReadOnlySpan<double> ofSlice)
    {
        for (var f = 0; f < _sums.Length; f++)
        {
            if (double.IsNaN(ofSlice[f]))
                continue;
            _sums[f] += ofSlice[f];
            _slices[f]++;
        }
    }

    /// <summary>Writes the means; leaves alone what no slice has.</summary>
    public void Write(Span<double> values)
    {
        for (var f = 0; f < _sums.Length; f++)
        {
            if (_slices[f] > 0)
                values[f] = _sums[f] / _slices[f];
        }
    }
}
