using RadiogenomicsCloud.Imaging;

namespace RadiogenomicsCloud.Preprocessing;

/// <summary>A half-open box of voxel indices of one grid: <c>Start ≤ index &lt; End</c> on each axis (0 = i, 1 = j, 2 = k).</summary>
internal readonly record struct IndexBox(int StartI, int StartJ, int StartK, int EndI, int EndJ, int EndK)
{
    public int CountI => EndI - StartI;

    public int CountJ => EndJ - StartJ;

    public int CountK => EndK - StartK;

    public static IndexBox All(GridGeometry grid) => new(0, 0, 0, grid.CountI, grid.CountJ, grid.CountK);

    /// <summary>The smallest box that holds every voxel of the mask; null for an empty mask.</summary>
    public static IndexBox? Around(GridGeometry grid, ReadOnlySpan<byte> mask)
    {
        int minI = int.MaxValue, minJ = int.MaxValue, minK = int.MaxValue, maxI = -1, maxJ = -1, maxK = -1;
        for (var k = 0; k < grid.CountK; k++)
        {
            for (var j = 0; j < grid.CountJ; j++)
            {
                var line = mask.Slice(grid.Index(0, j, k), grid.CountI);
                var first = line.IndexOfAnyExcept((byte)0);
                if (first < 0)
                    continue;
                minI = Math.Min(minI, first);
                maxI = Math.Max(maxI, line.LastIndexOfAnyExcept((byte)0));
                minJ = Math.Min(minJ, j);
                maxJ = Math.Max(maxJ, j);
                minK = Math.Min(minK, k);
                maxK = k;
            }
        }
        return maxI < 0 ? null : new IndexBox(minI, minJ, minK, maxI + 1, maxJ + 1, maxK + 1);
    }

    /// <summary>This box grown on every side by a margin per axis, as far as the grid reaches.</summary>
    public IndexBox Grown(int marginI, int marginJ, int marginK, GridGeometry grid) => new(
        Math.Max(0, StartI - marginI), Math.Max(0, StartJ - marginJ), Math.Max(0, StartK - marginK),
        Math.Min(grid.CountI, EndI + marginI), Math.Min(grid.CountJ, EndJ + marginJ), Math.Min(grid.CountK, EndK + marginK));

    /// <summary>The grid of this box: same axes and spacing, origin at its first voxel.</summary>
    public GridGeometry GridOf(GridGeometry grid) => grid with
    {
        CountI = CountI,
        CountJ = CountJ,
        CountK = CountK,
        Origin = grid.ToPatient(StartI, StartJ, StartK),
    };

    /// <summary>Copies the voxels of this box out of an array on <paramref name="grid"/>.</summary>
    public T[] Copy<T>(GridGeometry grid, ReadOnlySpan<T> values)
    {
        var result = new T[checked(CountI * CountJ * CountK)];
        var at = 0;
        for (var k = StartK; k < EndK; k++)
        {
            for (var j = StartJ; j < EndJ; j++)
            {
                values.Slice(grid.Index(StartI, j, k), CountI).CopyTo(result.AsSpan(at));
                at += CountI;
            }
        }
        return result;
    }
}
