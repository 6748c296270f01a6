using CsCheck;
using RadiogenomicsCloud.Core.Tests.Radiomics.Gldzm;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Radiomics.Zones;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.Zones;

public sealed class EdgeDistancesTests
{
    private static readonly Gen<Mask> AnyMask =
        from countI in Gen.Int[1, 12]
        from countJ in Gen.Int[1, 9]
        from countK in Gen.Int[1, 7]
        from holes in Gen.Int[0, 30]
        from draws in Gen.Int[0, 99].Array[countI * countJ * countK]
        where draws.Any(d => d >= holes)
        select new Mask(GridGeometry.AxisAligned(countI, countJ, countK, 1, 1, 1), [.. draws.Select(d => d >= holes ? (byte)1 : (byte)0)]);

    [Fact]
    public void Distances_equal_the_least_over_all_positions_outside() =>
        AnyMask.Sample(
            mask =>
            {
                var (volume, slices) = (EdgeDistances.InVolume(mask), EdgeDistances.InSlices(mask));
                var grid = mask.Grid;
                for (var v = 0; v < mask.Values.Length; v++)
                {
                    if (mask.Values[v] == 0)
                        continue;
                    var (i, j, k) = (v % grid.CountI, v / grid.CountI % grid.CountJ, v / (grid.CountI * grid.CountJ));
                    Assert.Equal(NaiveGldzm.Distance(mask, i, j, k, inVolume: true), volume.Row(i, j, k, 1)[0]);
                    Assert.Equal(NaiveGldzm.Distance(mask, i, j, k, inVolume: false), slices.Row(i, j, k, 1)[0]);
                }
            },
            iter: 50);

    [Fact]
    public void A_wide_square_has_distances_beyond_a_byte()
    {
        var mask = new Mask(GridGeometry.AxisAligned(601, 601, 1, 1, 1, 1), [.. Enumerable.Repeat((byte)1, 601 * 601)]);
        Assert.Equal(301, EdgeDistances.InSlices(mask).Row(300, 300, 0, 1)[0]);
        Assert.Equal(1, EdgeDistances.InVolume(mask).Row(300, 300, 0, 1)[0]);
    }
}
