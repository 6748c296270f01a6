using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RadiogenomicsCloud.Radiomics.Neighbourhoods;

namespace RadiogenomicsCloud.Radiomics.Ngldm;

/// <summary>
/// Counts, row by row, the neighbours of every voxel whose level differs from its own by at most α. As many voxels at once as a vector
/// has 16-bit lanes; all in integers.
/// </summary>
internal sealed class DependenceCounter
{
    private readonly LevelBox _region;
    private readonly int[] _offsets;
    private readonly int _coarseness;
    private readonly ushort[] _levels;

    /// <param name="region">With a margin of at least the neighbourhood's distance.</param>
    /// <param name="coarseness">α, 0 or more.</param>
    public DependenceCounter(LevelBox region, Neighbourhood neighbourhood, int coarseness)
    {
        _region = region;
        _offsets = neighbourhood.OffsetsIn(region);
        _coarseness = Math.Min(coarseness, ushort.MaxValue);
        // Codes are renumbered and tell equal levels from others; differences need the levels themselves, of which none exceeds 16 bits.
        _levels = coarseness == 0 ? region.Codes : Array.ConvertAll(region.Codes, code => (ushort)region.LevelOfCode[code]);
    }

    /// <summary>Dependent neighbours of the voxels of a row, without the voxel itself; of no meaning outside the region.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CountRow(int j, int k, Span<ushort> dependent)
    {
        ref var levels = ref MemoryMarshal.GetArrayDataReference(_levels);
        var row = _region.RowStart(j, k);
        var lanes = Vector<ushort>.Count;
        if (dependent.Length < lanes)
        {
            for (var i = 0; i < dependent.Length; i++)
                dependent[i] = CountOne(row + i);
            return;
        }
        for (var i = 0; ; i = Math.Min(i + lanes, dependent.Length - lanes))
        {
            // The last vector overlaps the one before it, and counts the same again.
            var counts = _coarseness == 0 ? CountEqual(ref levels, row + i) : CountWithin(ref levels, row + i);
            counts.CopyTo(dependent[i..]);
            if (i == dependent.Length - lanes)
                return;
        }
    }

    private Vector<ushort> CountEqual(ref ushort levels, int at)
    {
        var centre = Vector.LoadUnsafe(ref levels, (nuint)at);
        var counts = Vector<ushort>.Zero;
        foreach (var offset in _offsets)
            counts -= Vector.Equals(Vector.LoadUnsafe(ref levels, (nuint)(at + offset)), centre);
        return counts;
    }

    private Vector<ushort> CountWithin(ref ushort levels, int at)
    {
        var centre = Vector.LoadUnsafe(ref levels, (nuint)at);
        var coarseness = new Vector<ushort>((ushort)_coarseness);
        var counts = Vector<ushort>.Zero;
        foreach (var offset in _offsets)
        {
            var other = Vector.LoadUnsafe(ref levels, (nuint)(at + offset));
            var difference = Vector.Max(other, centre) - Vector.Min(other, centre);
            counts -= Vector.AndNot(Vector.LessThanOrEqual(difference, coarseness), Vector.Equals(other, Vector<ushort>.Zero));
        }
        return counts;
    }

    private ushort CountOne(int at)
    {
        var count = 0;
        foreach (var offset in _offsets)
        {
            var other = _levels[at + offset];
            count += other != 0 && Math.Abs(other - _levels[at]) <= _coarseness ? 1 : 0;
        }
        return (ushort)count;
    }
}
