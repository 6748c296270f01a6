using RadiogenomicsCloud.Radiomics.PyRadiomics;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.PyRadiomics;

public sealed class PyRadiomicsLevelsTests
{
    // The documentation's example of PyRadiomics: values from 54 to 166 and a width of 25 give the edges 50, 75, …, 175.
    [Fact]
    public void Edges_of_a_fixed_width_are_multiples_of_it()
    {
        var levels = PyRadiomicsExtraction.Discretise(Regions.OfIntensities(54, 74.9, 75, 149.9, 150, 166), new(BinWidth: 25));
        Assert.Equal([1, 1, 2, 4, 5, 5], levels.Levels);
        Assert.Equal(5, levels.LevelCount);
    }

    [Fact]
    public void Edges_below_zero_are_multiples_too() =>
        Assert.Equal([1, 2, 2, 3, 3], PyRadiomicsExtraction.Discretise(Regions.OfIntensities(-26, -25, -1, 0, 24), new(BinWidth: 25)).Levels);

    [Fact]
    public void The_lower_bound_of_resegmentation_is_no_edge()
    {
        var roi = Regions.OfIntensities(54, 80) with { Resegmentation = new(Low: 40) };
        Assert.Equal([1, 2], PyRadiomicsExtraction.Discretise(roi, new(BinWidth: 25)).Levels);
    }

    // numpy.digitize([7.], edges) with edges = numpy.histogram([7.], N)[1], the last + 1: 3 for N = 5 and 3 for N = 4.
    [Theory]
    [InlineData(5, 3)]
    [InlineData(4, 3)]
    [InlineData(1, 1)]
    public void A_flat_region_is_in_the_middle_bin_of_a_fixed_number(int bins, int level)
    {
        var levels = PyRadiomicsExtraction.Discretise(Regions.OfIntensities(7, 7), new(BinCount: bins));
        Assert.Equal([level, level], levels.Levels);
        Assert.Equal(level, levels.LevelCount);
    }

    [Fact]
    public void One_bin_holds_everything() =>
        Assert.Equal([1, 1, 1], PyRadiomicsExtraction.Discretise(Regions.OfIntensities(1, 2, 9), new(BinCount: 1)).Levels);

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_width_that_is_none_is_refused(double width)
    {
        var refused = Assert.Throws<BadInputException>(
            () => PyRadiomicsExtraction.Extract(Regions.OfIntensities(1, 2), new(BinWidth: width), TestContext.Current.CancellationToken));
        Assert.Equal("settings.pyradiomics", refused.Code);
    }
}
