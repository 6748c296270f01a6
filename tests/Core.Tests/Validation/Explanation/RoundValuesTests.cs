using RadiogenomicsCloud.Statistics;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Validation.Explanation;

public sealed class RoundValuesTests
{
    [Theory]
    [InlineData(0.031, 0.05)]
    [InlineData(0.02, 0.02)]
    [InlineData(7, 10)]
    [InlineData(1, 1)]
    [InlineData(120, 200)]
    public void A_step_is_one_two_or_five_times_a_power_of_ten(double asked, double step) => Assert.Equal(step, RoundValues.Step(asked), 12);

    [Fact]
    public void An_axis_goes_from_percentile_to_percentile_moved_outwards()
    {
        double[] ages = [.. Enumerable.Range(0, 1001).Select(k => 20.3 + (k * 0.06)), 7.77, 104.4, double.NaN];
        Assert.Equal((20, 80), RoundValues.Range(ages));
        Assert.Equal([20, 30, 40, 50, 60, 70, 80], RoundValues.Ticks(20, 80, 6));
        Assert.Equal([-0.2, -0.1, 0, 0.1], RoundValues.Ticks(-0.21, 0.13, 4));
    }

    [Fact]
    public void No_value_of_a_single_patient_is_on_a_grid_of_a_measurement()
    {
        var random = new DeterministicRandom(2);
        double[] values = [.. Enumerable.Range(0, 60).Select(_ => random.NextGaussian() * 13)];
        var grid = RoundValues.Grid(values, 20);
        Assert.InRange(grid.Count, 15, 20);
        Assert.Equal(grid.Order(), grid);
        Assert.Empty(grid.Intersect(values));
        Assert.True(grid[0] > values.Min() && grid[^1] < values.Max());
    }

    [Fact]
    public void Few_whole_numbers_stay_and_two_values_are_their_own_axis()
    {
        Assert.Equal([0, 1, 2, 5], RoundValues.Grid([0, 0, 1, 2, 5, 5, 1, double.NaN], 20));
        Assert.Equal([0, 1], RoundValues.Grid([.. Enumerable.Repeat(0.0, 500), 1], 20));
        Assert.Equal((0, 1), RoundValues.Range([.. Enumerable.Repeat(0.0, 500), 1]));
        Assert.Equal([4], RoundValues.Grid([4, 4], 5));
        Assert.Empty(RoundValues.Grid([double.NaN], 5));
        Assert.Equal((0, 0), RoundValues.Range([double.NaN]));
    }
}
