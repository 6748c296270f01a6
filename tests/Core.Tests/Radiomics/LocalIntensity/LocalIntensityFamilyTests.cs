using CsCheck;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;
using RadiogenomicsCloud.Radiomics.LocalIntensity;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.LocalIntensity;

public sealed class LocalIntensityFamilyTests
{
    private static readonly LocalIntensityFamily Family = new();

    /// <summary>Odd shapes and spacings, intensities of both signs with ties, masks down to a voxel; one image in two with voxels not measured.</summary>
    private static readonly Gen<RegionOfInterest> AnyRegion =
        from countI in Gen.Int[1, 17]
        from countJ in Gen.Int[1, 9]
        from countK in Gen.Int[1, 7]
        from spacing in Gen.Select(Gen.Double[0.9, 9], Gen.Double[0.9, 9], Gen.Double[0.9, 9])
        from holes in Gen.OneOf(Gen.Const(0), Gen.Int[1, 5])
        from density in Gen.Int[1, 10]
        from draws in Gen.Select(Gen.Int[1, 10], Gen.Int[-20, 20], Gen.Int[1, 10]).Array[countI * countJ * countK]
        let mask = draws.Select(d => d.Item1 <= density ? (byte)1 : (byte)0).ToArray()
        where mask.Contains((byte)1)
        select Region(
            GridGeometry.AxisAligned(countI, countJ, countK, spacing.Item1, spacing.Item2, spacing.Item3),
            [.. draws.Select((d, v) => d.Item3 > holes || mask[v] != 0 ? d.Item2 : v % 2 == 0 ? double.NaN : double.NegativeInfinity)],
            mask);

    [Fact]
    public void Equals_the_manual_written_out_on_any_region() =>
        AnyRegion.Sample(
            roi =>
            {
                var expected = NaiveLocalIntensity.Compute(roi);
                foreach (var (tag, value) in Regions.Compute(Family, roi))
                    Assert.Equal(expected[tag], value, 1e-12);
            },
            iter: 60);

    [Fact]
    public void The_local_peak_is_around_the_maximum_and_the_highest_of_several()
    {
        // Spheres of one voxel and its neighbours along the row. The maximum 9 has the means 3 and 5; 8 has the mean 8.
        var roi = Row(6, 0, 9, 0, 0, 9, 6, 0, 8, 8, 8);
        var values = Regions.Compute(Family, roi);
        Assert.Equal(5, values["loc_peak_loc"], 1e-15);
        Assert.Equal(8, values["loc_peak_glob"], 1e-15);
    }

    [Fact]
    public void The_sphere_takes_voxels_outside_the_region_and_none_beyond_the_image()
    {
        var grid = GridGeometry.AxisAligned(4, 1, 1, 5, 5, 5);
        var roi = Region(grid, [2, 4, 30, 100], [1, 1, 0, 0]);
        var values = Regions.Compute(Family, roi);
        Assert.Equal(12, values["loc_peak_loc"], 1e-14);
        Assert.Equal(12, values["loc_peak_glob"], 1e-14);
        Assert.Equal(3, Regions.Compute(Family, Region(grid, [2, 4, 30, 100], [1, 0, 0, 0]))["loc_peak_glob"]);
    }

    [Fact]
    public void Voxels_that_were_not_measured_are_absent()
    {
        var grid = GridGeometry.AxisAligned(3, 1, 1, 5, 5, 5);
        foreach (var notMeasured in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity])
            Assert.Equal(3, Regions.Compute(Family, Region(grid, [notMeasured, 4, 2], [0, 1, 0]))["loc_peak_loc"]);
    }

    [Fact]
    public void A_linear_image_has_the_intensity_of_the_centre_as_its_mean()
    {
        var grid = GridGeometry.AxisAligned(31, 31, 31, 1.3, 0.9, 1.1);
        var values = new double[grid.VoxelCount];
        for (var v = 0; v < values.Length; v++)
            values[v] = (v % 31) + (2 * (v / 31 % 31)) - (3 * (v / 961));
        var mask = new byte[values.Length];
        for (var k = 12; k < 19; k++)
        {
            for (var j = 12; j < 19; j++)
                mask.AsSpan(grid.Index(11, j, k), 9).Fill(1);
        }
        var computed = Regions.Compute(Family, Region(grid, values, mask));
        Assert.Equal(19 + (2 * 18) - (3 * 12), computed["loc_peak_loc"], 1e-11);
        Assert.Equal(19 + (2 * 18) - (3 * 12), computed["loc_peak_glob"], 1e-11);
    }

    [Fact]
    public void Spacings_that_leave_one_voxel_in_the_sphere_give_the_maximum()
    {
        var values = Regions.Compute(Family, Region(GridGeometry.AxisAligned(3, 1, 1, 7, 7, 7), [1, 5, 2], [1, 1, 1]));
        Assert.Equal(5, values["loc_peak_loc"]);
        Assert.Equal(5, values["loc_peak_glob"]);
    }

    [Fact]
    public void Intensities_whose_sum_overflows_are_missing_with_the_reason()
    {
        var roi = Region(GridGeometry.AxisAligned(3, 1, 1, 5, 5, 5), [1e308, 1.5e308, 1e308], [1, 1, 1]);
        Assert.All(
            Regions.Compute(Family, new FeatureInput(roi, null, new(["local_intensity"]))),
            v => Assert.Equal(FamilyValues.Overflow, v.Missing));
    }

    private static RegionOfInterest Row(params double[] values) =>
        Region(GridGeometry.AxisAligned(values.Length, 1, 1, 5, 5, 5), values, [.. values.Select(_ => (byte)1)]);

    private static RegionOfInterest Region(GridGeometry grid, double[] values, byte[] mask) =>
        new(new(grid, values, IntensityUnit.Arbitrary), new(grid, mask), new(grid, mask), null);
}
