namespace RadiogenomicsCloud.Radiomics.Ngtdm;

/// <summary>
/// A neighbourhood grey tone difference matrix while it is counted: of each level the number n of voxels that have neighbours, and the
/// sum s of |level − mean of the neighbours|. Unweighted means are fractions with the number of neighbours below the line, so their
/// differences are added as integers, one sum for each number of neighbours: the order of voxels does not matter.
/// </summary>
internal sealed class ToneDifferences
{
    private readonly int[] _levelOfCode;
    private readonly int _most;
    private readonly long[] _numerators;
    private readonly double[] _differences;

    /// <param name="levelOfCode">As <see cref="LevelBox.LevelOfCode"/>.</param>
    /// <param name="mostNeighbours">For <see cref="Add(int, int, int)"/>; 0 where only weighted means are added.</param>
    public ToneDifferences(int[] levelOfCode, int mostNeighbours)
    {
        _levelOfCode = levelOfCode;
        _most = mostNeighbours;
        Voxels = new int[levelOfCode.Length];
        _numerators = mostNeighbours > 0 ? new long[levelOfCode.Length * (mostNeighbours + 1)] : [];
        _differences = new double[levelOfCode.Length];
    }

    /// <summary>n of each code.</summary>
    public int[] Voxels { get; }

    /// <summary>A voxel with this sum of the levels of its neighbours, of which there is at least one.</summary>
    public void Add(int code, int neighbourSum, int neighbours)
    {
        _numerators[(code * (_most + 1)) + neighbours] += Math.Abs((_levelOfCode[code] * neighbours) - neighbourSum);
        Voxels[code]++;
    }

    /// <summary>A voxel whose neighbours have this mean.</summary>
    public void Add(int code, double neighbourMean)
    {
        _differences[code] += Math.Abs(_levelOfCode[code] - neighbourMean);
        Voxels[code]++;
    }

    /// <summary>Adds the matrix of a slice, which has the same levels.</summary>
    public void Merge(ToneDifferences slice)
    {
        for (var code = 0; code < Voxels.Length; code++)
        {
            Voxels[code] += slice.Voxels[code];
            _differences[code] += slice._differences[code];
        }
        for (var at = 0; at < _numerators.Length; at++)
            _numerators[at] += slice._numerators[at];
    }

    public void Clear()
    {
        Array.Clear(Voxels);
        Array.Clear(_numerators);
        Array.Clear(_differences);
    }

    /// <summary>s of a code.</summary>
    public double Difference(int code)
    {
        var sum = _differences[code];
        for (var neighbours = 1; neighbours <= _most; neighbours++)
            sum += _numerators[(code * (_most + 1)) + neighbours] / (double)neighbours;
        return sum;
    }
}
