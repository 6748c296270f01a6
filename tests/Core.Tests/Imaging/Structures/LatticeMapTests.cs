using CsCheck;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Imaging.Structures;

namespace RadiogenomicsCloud.Core.Tests.Imaging.Structures;

public class LatticeMapTests
{
    private static readonly GridGeometry Target = new(
        4, 5, 6, 1.5, 2, 3, new(-30, 12, 88), new(0.8, 0.6, 0), new(-0.6, 0.8, 0), new(0, 0, 1));

    [Fact]
    public void Every_order_and_direction_of_the_axes_is_turned_exactly() =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 7]).Sample(
            (order, flips) =>
            {
                var (stored, indices) = Reordered(order, flips);
                var map = LatticeMap.Find(stored, Target, sliceSubset: false, out var distance);
                Assert.NotNull(map);
                Assert.Equal(0, distance, 1e-9);
                for (var n = 0; n < stored.VoxelCount; n++)
                {
                    var source = new byte[stored.VoxelCount];
                    source[n] = 1;
                    var target = new byte[Target.VoxelCount];
                    map.Value.Set(source, stored, target);
                    Assert.Equal(indices[n], Array.IndexOf(target, (byte)1));
                    Assert.Equal(1, target.Sum(v => v));
                }
            },
            iter: 48,
            threads: 1);

    [Fact]
    public void One_hundredth_of_a_voxel_is_the_limit_and_the_distance_is_told()
    {
        Assert.NotNull(LatticeMap.Find(Target with { Origin = Target.Origin + new Point3(0, 0, 0.029) }, Target, false, out _));
        Assert.Null(LatticeMap.Find(Target with { Origin = Target.Origin + new Point3(0, 0, 0.031) }, Target, false, out var distance));
        Assert.Equal(0.031 / 3, distance, 1e-9);
        Assert.Null(LatticeMap.Find(Target with { SpacingI = 1.52 }, Target, false, out distance));
        Assert.Equal(3 * 0.02 / 1.5, distance, 1e-9);
        Assert.Null(LatticeMap.Find(Target with { CountK = 5 }, Target, false, out distance));
        Assert.Equal(double.PositiveInfinity, distance);
        Assert.NotNull(LatticeMap.Find(Target with { CountK = 5 }, Target, true, out _));
        Assert.Null(LatticeMap.Find(Target with { Origin = Target.ToPatient(0, 0, 2), CountK = 5 }, Target, true, out distance));
        Assert.Equal(1, distance, 1e-9);
    }

    [Fact]
    public void The_error_says_by_how_much()
    {
        var moved = Target with { Origin = Target.Origin + new Point3(0, 0, 1.5) };
        LatticeMap.Find(moved, Target, false, out var distance);
        Assert.Equal(
            "The mask 'm' and the image 'i' do not share a space: their corners lie up to 0.5 voxels (at most 1.5 mm) apart where 0.01 voxel is allowed; resample the mask to the image's grid first.",
            LatticeMap.NotShared("m", moved, "i", Target, distance).Message);
        Assert.Equal(
            "The mask 'm' and the image 'i' do not share a space: the mask has 4 × 5 × 7 voxels of 1.5 × 2 × 3 mm and the image 4 × 5 × 6 voxels of 1.5 × 2 × 3 mm, or their axes differ; resample the mask to the image's grid first.",
            LatticeMap.NotShared("m", Target with { CountK = 7 }, "i", Target, double.PositiveInfinity).Message);
    }

    /// <summary>The target's grid with axes exchanged and reversed, and the target index of each of its voxels.</summary>
    internal static (GridGeometry Stored, int[] Indices) Reordered(int order, int flips)
    {
        int[][] orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        var axes = new[] { Target.AxisI, Target.AxisJ, Target.AxisK };
        var spacings = new[] { Target.SpacingI, Target.SpacingJ, Target.SpacingK };
        var counts = new[] { Target.CountI, Target.CountJ, Target.CountK };
        var o = orders[order];
        var reversed = Enumerable.Range(0, 3).Select(t => (flips >> t & 1) == 1).ToArray();
        var first = Target.ToPatient(reversed[0] ? counts[0] - 1 : 0, reversed[1] ? counts[1] - 1 : 0, reversed[2] ? counts[2] - 1 : 0);
        Point3 Axis(int s) => axes[o[s]] * (reversed[o[s]] ? -1 : 1);
        var stored = new GridGeometry(
            counts[o[0]], counts[o[1]], counts[o[2]], spacings[o[0]], spacings[o[1]], spacings[o[2]], first, Axis(0), Axis(1), Axis(2));
        var indices = new int[stored.VoxelCount];
        for (var n = 0; n < indices.Length; n++)
        {
            var p = Target.ToVoxel(stored.ToPatient(n % stored.CountI, n / stored.CountI % stored.CountJ, n / stored.CountI / stored.CountJ));
            indices[n] = Target.Index((int)Math.Round(p.X), (int)Math.Round(p.Y), (int)Math.Round(p.Z));
        }
        return (stored, indices);
    }
}
