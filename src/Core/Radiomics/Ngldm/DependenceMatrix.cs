using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RadiogenomicsCloud.Radiomics.Ngldm;

/// <summary>
/// Neighbourhoods by level code and number of dependent voxels. A table where that is small, a dictionary where many levels meet large
/// neighbourhoods.
/// </summary>
internal sealed class DependenceMatrix
{
    private const int LargestTable = 1 << 16;

    private readonly int _width;
    private readonly int[]? _table;
    private readonly Dictionary<long, int> _sparse = [];

    /// <param name="codes">Length of <see cref="LevelBox.LevelOfCode"/>.</param>
    /// <param name="mostDependent">The greatest dependence that can occur: all neighbours and the voxel itself.</param>
    public DependenceMatrix(int codes, int mostDependent)
    {
        _width = mostDependent + 1;
        if ((long)codes * _width <= LargestTable)
            _table = new int[codes * _width];
    }

    /// <summary>Adds the voxels of a row.</summary>
    /// <param name="codes">0 outside the region.</param>
    /// <param name="dependent">Dependent neighbours of each, without the voxel itself.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddRow(ReadOnlySpan<ushort> codes, ReadOnlySpan<ushort> dependent)
    {
        for (var i = 0; i < codes.Length; i++)
        {
            if (codes[i] != 0)
                At((codes[i] * (long)_width) + dependent[i] + 1)++;
        }
    }

    /// <summary>Adds the matrix of a slice, which is made for the same region.</summary>
    public void Merge(DependenceMatrix slice)
    {
        foreach (var (code, dependence, count) in slice.Elements())
            At((code * (long)_width) + dependence) += count;
    }

    public void Clear()
    {
        if (_table is not null)
            Array.Clear(_table);
        _sparse.Clear();
    }

    /// <summary>The elements that are not 0, by code, then by dependence.</summary>
    public IEnumerable<(int Code, int Dependence, int Count)> Elements()
    {
        if (_table is null)
        {
            foreach (var (key, count) in _sparse.OrderBy(e => e.Key))
                yield return ((int)(key / _width), (int)(key % _width), count);
            yield break;
        }
        for (var at = 0; at < _table.Length; at++)
        {
            if (_table[at] != 0)
                yield return (at / _width, at % _width, _table[at]);
        }
    }

    private ref int At(long key)
    {
        if (_table is not null)
            return ref _table[key];
        return ref CollectionsMarshal.GetValueRefOrAddDefault(_sparse, key, out _);
    }
}
