namespace RadiogenomicsCloud.Radiomics.Ngldm;

/// <summary>The 17 features of one matrix: the 16 of <see cref="MatrixTally"/> and the energy. Source: IBSI reference manual, section REK0.</summary>
internal sealed class DependenceMeasures
{
    public const int Count = MatrixTally.FeatureCount + 1;

    private readonly MatrixTally _tally = new();

    /// <summary>Writes the features in the order of the family; false, and nothing written, where the matrix is empty.</summary>
    public bool TryMeasure(DependenceMatrix matrix, int[] levelOfCode, Span<double> values)
    {
        _tally.Reset();
        double voxels = 0, squares = 0;
        foreach (var (code, dependence, count) in matrix.Elements())
        {
            _tally.Add(levelOfCode[code], dependence, count);
            voxels += count;
            squares += (double)count * count;
        }
        // Every voxel of the region is the centre of one neighbourhood, so that the percentage is 1.
        if (!_tally.TryMeasure(values, voxels))
            return false;
        values[MatrixTally.FeatureCount] = squares / (voxels * voxels);
        return true;
    }
}
