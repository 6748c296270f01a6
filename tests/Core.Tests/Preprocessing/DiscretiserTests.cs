using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Core.Tests.Preprocessing;

public sealed class DiscretiserTests
{
    [Fact]
    public void Fixed_bin_size_starts_at_the_resegmentation_bound()
    {
        var result = Discretiser.Discretise(Region([0, 24.9, 25, 60, 1000], low: -25, outside: 4), new(DiscretiseMethod.FBS, BinWidth: 25));
        Assert.Equal([2, 2, 3, 4, 0], result.Levels);
        Assert.Equal((4, 25), (result.LevelCount, result.BinWidth));
    }

    [Fact]
    public void Fixed_bin_size_starts_at_the_minimum_without_a_bound()
    {
        var result = Discretiser.Discretise(Region([0.05, 0.1, 0.2, 0.3, 0.35]), new(DiscretiseMethod.FBS, BinWidth: 0.1));
        Assert.Equal([1, 1, 2, 3, 4], result.Levels);
    }

    [Fact]
    public void An_intensity_on_a_bin_edge_belongs_to_the_upper_bin_whatever_the_rounding() =>
        // 0.3 / 0.1 computes to 2.9999999999999996.
        Assert.Equal([1, 4, 7, 8], Discretiser.Discretise(Region([0, 0.3, 0.6, 0.7]), new(DiscretiseMethod.FBS, BinWidth: 0.1)).Levels);

    [Fact]
    public void Fixed_bin_number_divides_the_range_and_the_maximum_is_in_the_last_bin()
    {
        var result = Discretiser.Discretise(Region([-3, -2, 0.9, 1, 4.9, 5, 99], outside: 6), new(DiscretiseMethod.FBN, Bins: 4));
        Assert.Equal([1, 1, 2, 3, 4, 4, 0], result.Levels);
        Assert.Equal((4, 2), (result.LevelCount, result.BinWidth));
    }

    [Theory]
    [InlineData(DiscretiseMethod.FBN, 1)]
    [InlineData(DiscretiseMethod.FBS, 1)]
    public void A_flat_region_is_all_level_one(DiscretiseMethod method, int level)
    {
        var fbs = method == DiscretiseMethod.FBS;
        var result = Discretiser.Discretise(Region([7, 7, 7]), new(method, fbs ? 0.5 : null, fbs ? null : 16));
        Assert.Equal([level, level, level], result.Levels);
        Assert.Equal((1, fbs ? 0.5 : 0), (result.LevelCount, result.BinWidth));
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(1e-300)]
    [InlineData(double.Epsilon)]
    public void Too_small_bins_are_refused(double width)
    {
        var error = Assert.Throws<BadInputException>(() => Discretiser.Discretise(Region([0, 100]), new(DiscretiseMethod.FBS, BinWidth: width)));
        Assert.Equal("discretise.too-many-levels", error.Code);
        Assert.Contains("65535", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_most_levels_allowed_are_allowed() =>
        Assert.Equal(65_535, Discretiser.Discretise(Region([0, 65_534]), new(DiscretiseMethod.FBS, BinWidth: 1)).LevelCount);

    private static RegionOfInterest Region(double[] values, double? low = null, int? outside = null)
    {
        var grid = GridGeometry.AxisAligned(values.Length, 1, 1, 1, 1, 1);
        var mask = new Mask(grid, [.. Enumerable.Range(0, values.Length).Select(v => v == outside ? (byte)0 : (byte)1)]);
        return new(new(grid, values, IntensityUnit.Arbitrary), mask, mask, low is null ? null : new(low));
    }
}
