using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Validation;

public sealed class TwoStageVarianceTests
{
    private static readonly double[][] Values =
    [
        [.5, .6, .55], [.7, .72, .74], [.4, .45, .41], [.6, .66, .6], [.5, .52, .57], [.8, .7, .77], [.61, .6, .66], [.48, .5, .55],
        [.7, .69, .6], [.58, .57, .62], [.66, .6, double.NaN],
    ];

    [Fact]
    public void Components_equal_those_of_the_analysis_of_variance()
    {
        // R 4.2.2: ms <- anova(lm(y ~ g))$"Mean Sq"; n0 <- (N - sum(n^2)/N)/10;
        // c((ms[1]-ms[2])/n0, ms[2], (ms[1]-ms[2])^2/(ms[1]^2/10 + ms[2]^2/21))
        var variance = TwoStageVariance.Estimate(Values)!.Value;
        Assert.Equal(0.0090337890424987185, variance.Between, 12);
        Assert.Equal(0.0014952380952381020, variance.Within, 12);
        Assert.Equal(8.9390138707628636894, variance.DegreesOfFreedom, 10);
    }

    [Fact]
    public void At_least_half_of_the_variance_of_the_means_is_kept()
    {
        // Groups with the same mean but for 0.01: the subtraction would leave less than nothing.
        double[][] values = [.. Enumerable.Range(0, 12).Select(i => new[] { 0.3 + (i % 2 * 0.01), 0.7 + (i % 2 * 0.01) })];
        double mean = 0.505, between = 12 * 2 * 0.005 * 0.005 / 11;
        Assert.Equal(between / 2 / 2, TwoStageVariance.Estimate(values)!.Value.Between, 12);
        Assert.Equal(mean, values.SelectMany(v => v).Average(), 12);
    }

    [Fact]
    public void Too_few_outer_samples_have_no_variance()
    {
        Assert.Null(TwoStageVariance.Estimate(Values[..9]));
        Assert.Null(TwoStageVariance.Estimate([.. Values.Select(v => v[..1])]));
    }
}
