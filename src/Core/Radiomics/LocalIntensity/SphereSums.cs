using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RadiogenomicsCloud.Radiomics.LocalIntensity;

/// <summary>
/// Sums over the sphere around every voxel of a box. Slices of the image go in one after the other; each is summed to lines, the lines
/// to discs, and each disc is added to the slices above and below that it belongs to. Nothing is ever subtracted, and a voxel's terms
/// come in one order whatever the width of the vectors, so that results are the same bits on any machine.
/// </summary>
/// <remarks>Memory: a slice of the box for each of the sphere's slices and for each length of its lines.</remarks>
internal sealed class SphereSums
{
    /// <summary>Rows are padded to two vectors of any width up to 512 bits, so that none has a rest.</summary>
    private const int Block = 16;

    private readonly PeakSphere _sphere;
    private readonly int _countJ;
    private readonly int _paddedJ;
    private readonly int _stride;
    private readonly int _sourceStride;
    private readonly int[] _slotOfHalfWidth;
    private readonly double[][] _lines;
    private readonly double[][] _ring;

    /// <param name="countI">Voxels of the box along i; likewise j.</param>
    public SphereSums(PeakSphere sphere, int countI, int countJ)
    {
        _sphere = sphere;
        _countJ = countJ;
        _paddedJ = countJ + (2 * sphere.ReachJ);
        _stride = (countI + Block - 1) / Block * Block;
        _sourceStride = _stride + (2 * sphere.ReachI);

        _slotOfHalfWidth = new int[sphere.ReachI + 1];
        Array.Fill(_slotOfHalfWidth, -1);
        var slots = 0;
        for (var k = 0; k <= sphere.ReachK; k++)
        {
            for (var j = 0; j <= sphere.ReachJ; j++)
            {
                if (sphere.HalfWidth(j, k) is >= 0 and var halfWidth && _slotOfHalfWidth[halfWidth] < 0)
                    _slotOfHalfWidth[halfWidth] = slots++;
            }
        }
        _lines = new double[slots][];
        for (var slot = 0; slot < slots; slot++)
            _lines[slot] = new double[_stride * _paddedJ];
        _ring = new double[(2 * sphere.ReachK) + 1][];
        for (var r = 0; r < _ring.Length; r++)
            _ring[r] = new double[_stride * countJ];
    }

    /// <summary>A slice of the box with the sphere's reach on all sides, to be filled with intensities, 0 where there are none.</summary>
    public double[] NewSource() => new double[_sourceStride * _paddedJ];

    /// <summary>Index in a source slice of the voxel (0, <paramref name="j"/>) of the box; j from −reach to count + reach − 1.</summary>
    public int SourceRow(int j) => ((j + _sphere.ReachJ) * _sourceStride) + _sphere.ReachI;

    /// <summary>Sums of slice <paramref name="k"/>, rows of <see cref="Row"/>; complete when slice k + reach has been added.</summary>
    public double[] Slice(int k) => _ring[k % _ring.Length];

    /// <summary>Index in <see cref="Slice"/> of the first voxel of a row.</summary>
    public int Row(int j) => j * _stride;

    /// <summary>Makes room for a further slice.</summary>
    public void Release(int k) => Array.Clear(Slice(k));

    /// <summary>Adds a slice of the image to the slices of the box that it is near to.</summary>
    /// <param name="z">Index of the slice relative to the box, which has slices 0 to <paramref name="countK"/> − 1.</param>
    /// <param name="extents">Part of each row of a slice of the box that is wanted, first and end; empty where end ≤ first.</param>
    public void Add(int z, int countK, double[] source, Func<int, int, (int First, int End)> extents)
    {
        SumLines(source);
        for (var distance = 0; distance <= _sphere.ReachK; distance++)
        {
            var (below, above) = (z - distance, z + distance);
            var (isBelow, isAbove) = (below >= 0 && below < countK, distance > 0 && above >= 0 && above < countK);
            if (!isBelow && !isAbove)
                continue;
            var (slots, rows) = Disc(distance);
            for (var j = 0; j < _countJ; j++)
            {
                var (first, end) = isBelow ? extents(j, below) : extents(j, above);
                if (isBelow && isAbove)
                    (first, end) = Union((first, end), extents(j, above));
                if (first < end)
                    AddDiscRow(j, first / Block * Block, end, slots, rows, isBelow ? Slice(below) : Slice(above), isAbove && isBelow ? Slice(above) : null);
            }
        }
    }

    /// <summary>For every half-width h the sums of x[i − h] … x[i + h], of all rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SumLines(double[] source)
    {
        ref var x = ref MemoryMarshal.GetArrayDataReference(source);
        for (var j = 0; j < _paddedJ; j++)
        {
            var from = (j * _sourceStride) + _sphere.ReachI;
            for (var i = 0; i < _stride; i += Vector<double>.Count)
            {
                var sum = Vector.LoadUnsafe(ref x, (nuint)(from + i));
                for (var halfWidth = 0; ; halfWidth++)
                {
                    if (_slotOfHalfWidth[halfWidth] is >= 0 and var slot)
                        sum.CopyTo(_lines[slot], (j * _stride) + i);
                    if (halfWidth == _sphere.ReachI)
                        break;
                    sum += Vector.LoadUnsafe(ref x, (nuint)(from + i - halfWidth - 1)) + Vector.LoadUnsafe(ref x, (nuint)(from + i + halfWidth + 1));
                }
            }
        }
    }

    /// <summary>The lines of a disc of the sphere: the sums that they take, and how many rows away.</summary>
    private (double[][] Lines, int[] Rows) Disc(int distance)
    {
        var lines = new List<double[]>();
        var rows = new List<int>();
        for (var j = -_sphere.ReachJ; j <= _sphere.ReachJ; j++)
        {
            if (_sphere.HalfWidth(Math.Abs(j), distance) is not (>= 0 and var halfWidth))
                continue;
            lines.Add(_lines[_slotOfHalfWidth[halfWidth]]);
            rows.Add((j + _sphere.ReachJ) * _stride);
        }
        return ([.. lines], [.. rows]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddDiscRow(int j, int first, int end, double[][] lines, int[] rows, double[] target, double[]? alsoTo)
    {
        // Two vectors at a time, for their additions wait for each other.
        var lanes = Vector<double>.Count;
        for (var i = first; i < end; i += 2 * lanes)
        {
            var at = (j * _stride) + i;
            ref var line = ref lines[0][at + rows[0]];
            var (sum, next) = (Vector.LoadUnsafe(ref line), Vector.LoadUnsafe(ref line, (nuint)lanes));
            for (var l = 1; l < lines.Length; l++)
            {
                line = ref lines[l][at + rows[l]];
                sum += Vector.LoadUnsafe(ref line);
                next += Vector.LoadUnsafe(ref line, (nuint)lanes);
            }
            Accumulate(sum, next, ref target[at]);
            if (alsoTo is not null)
                Accumulate(sum, next, ref alsoTo[at]);
        }
    }

    private static void Accumulate(Vector<double> sum, Vector<double> next, ref double target)
    {
        (Vector.LoadUnsafe(ref target) + sum).StoreUnsafe(ref target);
        var after = (nuint)Vector<double>.Count;
        (Vector.LoadUnsafe(ref target, after) + next).StoreUnsafe(ref target, after);
    }

    private static (int First, int End) Union((int First, int End) a, (int First, int End) b) =>
        a.First >= a.End ? b : b.First >= b.End ? a : (Math.Min(a.First, b.First), Math.Max(a.End, b.End));
}
