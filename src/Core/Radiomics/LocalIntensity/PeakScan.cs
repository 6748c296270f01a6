using System.Runtime.CompilerServices;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Radiomics.LocalIntensity;

/// <summary>Finds the two intensity peaks of a region, slice after slice.</summary>
internal sealed class PeakScan
{
    private readonly Volume _image;
    private readonly Mask _inside;
    private readonly PeakSphere _sphere;
    private readonly IndexBox _box;
    private readonly (int First, int End)[] _extents;
    private readonly int _countI;
    private readonly int _countJ;
    private readonly int _countK;

    private PeakScan(Volume image, Mask inside, IndexBox box)
    {
        (_image, _inside, _box) = (image, inside, box);
        _sphere = new PeakSphere(image.Grid);
        (_countI, _countJ, _countK) = (box.CountI, box.CountJ, box.CountK);
        _extents = new (int, int)[_countJ * _countK];
        for (var k = 0; k < _countK; k++)
        {
            for (var j = 0; j < _countJ; j++)
            {
                var row = inside.Values.AsSpan(image.Grid.Index(box.StartI, box.StartJ + j, box.StartK + k), _countI);
                _extents[j + (_countJ * k)] = (Math.Max(0, row.IndexOfAnyExcept((byte)0)), row.LastIndexOfAnyExcept((byte)0) + 1);
            }
        }
    }

    /// <summary>
    /// Local and global peak, null where no voxel of the region has a finite intensity; NaN where intensities are so large that a sum
    /// over the sphere is not finite.
    /// </summary>
    /// <param name="inside">The intensity mask, with at least one voxel.</param>
    public static (double Local, double Global)? Find(Volume image, Mask inside)
    {
        var box = IndexBox.Around(inside.Grid, inside.Values) ?? throw new ArgumentException("The mask is empty.", nameof(inside));
        return new PeakScan(image, inside, box).Find();
    }

    private (double Local, double Global)? Find()
    {
        var sums = new SphereSums(_sphere, _countI, _countJ);
        var source = sums.NewSource();
        var everywhere = IsFiniteAround();
        var present = everywhere ? null : new SphereSums(_sphere, _countI, _countJ);
        var presence = present?.NewSource();
        var counts = new SphereCounts(_sphere, _image.Grid.CountI, _image.Grid.CountJ, _image.Grid.CountK);
        var best = (Maximum: double.NegativeInfinity, Local: double.NegativeInfinity, Global: double.NegativeInfinity, IsFinite: true);
        for (var z = -_sphere.ReachK; z < _countK + _sphere.ReachK; z++)
        {
            if (z + _box.StartK >= 0 && z + _box.StartK < _image.Grid.CountK)
            {
                Fill(z, sums, source, presence);
                sums.Add(z, _countK, source, Extent);
                present?.Add(z, _countK, presence!, Extent);
            }
            var k = z - _sphere.ReachK;
            if (k < 0 || k >= _countK)
                continue;
            Visit(k, sums, present, counts, ref best);
            sums.Release(k);
            present?.Release(k);
        }
        return double.IsNegativeInfinity(best.Maximum) ? null
            : best.IsFinite ? (best.Local, best.Global)
            : (double.NaN, double.NaN);
    }

    private (int First, int End) Extent(int j, int k) => _extents[j + (_countJ * k)];

    /// <summary>Whether every voxel that a sphere can have is there, so that voxels are counted by the image's borders alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool IsFiniteAround()
    {
        var grid = _image.Grid;
        var reach = _box.Grown(_sphere.ReachI, _sphere.ReachJ, _sphere.ReachK, grid);
        for (var k = reach.StartK; k < reach.EndK; k++)
        {
            for (var j = reach.StartJ; j < reach.EndJ; j++)
            {
                foreach (var value in _image.Values.AsSpan(grid.Index(reach.StartI, j, k), reach.CountI))
                {
                    if (!double.IsFinite(value))
                        return false;
                }
            }
        }
        return true;
    }

    private void Fill(int z, SphereSums sums, double[] source, double[]? presence)
    {
        var grid = _image.Grid;
        var (firstI, endI) = (Math.Max(0, _box.StartI - _sphere.ReachI), Math.Min(grid.CountI, _box.EndI + _sphere.ReachI));
        for (var j = -_sphere.ReachJ; j < _countJ + _sphere.ReachJ; j++)
        {
            if (j + _box.StartJ < 0 || j + _box.StartJ >= grid.CountJ)
                continue;
            var from = _image.Values.AsSpan(grid.Index(firstI, j + _box.StartJ, z + _box.StartK), endI - firstI);
            var start = sums.SourceRow(j) + firstI - _box.StartI;
            var to = source.AsSpan(start, from.Length);
            from.CopyTo(to);
            if (presence is null)
                continue;
            for (var i = 0; i < to.Length; i++)
            {
                var isThere = double.IsFinite(to[i]);
                presence[start + i] = isThere ? 1 : 0;
                if (!isThere)
                    to[i] = 0;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Visit(int k, SphereSums sums, SphereSums? present, SphereCounts counts,
        ref (double Maximum, double Local, double Global, bool IsFinite) best)
    {
        var grid = _image.Grid;
        for (var j = 0; j < _countJ; j++)
        {
            var (first, end) = Extent(j, k);
            var row = grid.Index(_box.StartI, j + _box.StartJ, k + _box.StartK);
            var values = _image.Values.AsSpan(row, _countI);
            var inside = _inside.Values.AsSpan(row, _countI);
            var ofSphere = sums.Slice(k).AsSpan(sums.Row(j), _countI);
            var voxels = present is null ? [] : present.Slice(k).AsSpan(present.Row(j), _countI);
            var byBorder = counts.Row(j + _box.StartJ, k + _box.StartK);
            for (var i = first; i < end; i++)
            {
                if (inside[i] == 0 || !double.IsFinite(values[i]))
                    continue;
                var mean = ofSphere[i] / (present is null ? byBorder[counts.Column(i + _box.StartI)] : voxels[i]);
                best.IsFinite &= double.IsFinite(mean);
                if (values[i] > best.Maximum)
                    (best.Maximum, best.Local) = (values[i], mean);
                else if (values[i] == best.Maximum)
                    best.Local = Math.Max(best.Local, mean);
                best.Global = Math.Max(best.Global, mean);
            }
        }
    }
}
