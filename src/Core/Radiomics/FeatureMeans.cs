namespace RadiogenomicsCloud.Radiomics;

/// <summary>The mean of each feature over the matrices, of slices or directions, in which it has a value.</summary>
internal sealed class FeatureMeans(int features)
{
    private readonly double[] _sums = new double[features];
    private readonly int[] _matrices = new int[features];

    /// <summary>Adds the features of one matrix; NaN where it has none.</summary>
    public void Add(ReadOnlySpan<double> ofMatrix)
    {
        for (var f = 0; f < _sums.Length; f++)
        {
            if (double.IsNaN(ofMatrix[f]))
                continue;
            _sums[f] += ofMatrix[f];
            _matrices[f]++;
        }
    }

    /// <summary>Writes the means; leaves alone what no matrix has.</summary>
    public void Write(Span<double> values)
    {
        for (var f = 0; f < _sums.Length; f++)
        {
            if (_matrices[f] > 0)
                values[f] = _sums[f] / _matrices[f];
        }
    }
}
