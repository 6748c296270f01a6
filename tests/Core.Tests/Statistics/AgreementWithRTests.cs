using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Statistics;

/// <summary>Expected numbers: R 4.2.2, <c>options(digits = 17)</c>, the call quoted beside them.</summary>
public sealed class AgreementWithRTests
{
    private static readonly double[] X = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30];
    private static readonly double[] Y = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06001, 3.14, 1.29001];
    private static readonly double[] TiedX = [1, 2, 2, 3, 5, 7, 7, 7, 9];
    private static readonly double[] TiedY = [2, 4, 4, 5, 8, 9, 10, 12, 12, 13];

    [Fact]
    public void Mann_Whitney_is_exact_for_few_values_without_ties()
    {
        // wilcox.test(x, y)
        Equal(58, 0.13591114767585355, MannWhitney.Test(X, Y));
        // wilcox.test(1:49, (1:49)*1.3+0.05)
        Equal(916, 0.043250361808977601, MannWhitney.Test(Sequence(49), Sequence(49, 1.3, 0.05)));
    }

    [Fact]
    public void Mann_Whitney_is_normal_with_correction_for_ties_or_many_values()
    {
        // wilcox.test(xt, yt)
        Equal(23, 0.077600656412987648, MannWhitney.Test(TiedX, TiedY));
        // wilcox.test(1:60, (1:55)*1.3+0.05)
        Equal(1376, 0.12569377905848603, MannWhitney.Test(Sequence(60), Sequence(55, 1.3, 0.05)));
    }

    [Fact]
    public void Mann_Whitney_leaves_out_missing_values_and_is_one_where_nothing_varies()
    {
        Equal(58, 0.13591114767585355, MannWhitney.Test([.. X, double.NaN], [double.NaN, .. Y]));
        Assert.Equal(1, MannWhitney.Test([2.0, 2, 2], [2.0, 2]).PValue);
        Assert.Equal(TwoSampleResult.Undefined, MannWhitney.Test([double.NaN], [1.0, 2]));
    }

    [Fact]
    public void Welch_t_test()
    {
        // t.test(x, y)
        Equal(1.2051670145537707, 0.24588500640827163, WelchT.Test(X, Y));
        Assert.Equal(TwoSampleResult.Undefined, WelchT.Test([1.0, 1], [2.0, 2]));
        Assert.Equal(TwoSampleResult.Undefined, WelchT.Test([1.0], [2.0, 3]));
    }

    [Fact]
    public void Adjusted_p_values()
    {
        double[] p = [0.01, 0.02, 0.03, 0.04, 0.05, double.NaN, 0.8, 0.0001, 0.2, 0.02];
        // p.adjust(p, "BH"), "BY", "holm"
        Near([0.045, 0.045, 0.054, 0.06, 0.06428571428571429, double.NaN, 0.8, 0.0009, 0.225, 0.045], Multiplicity.BenjaminiHochberg(p));
        Near(
            [
                0.12730357142857146, 0.12730357142857146, 0.15276428571428571, 0.16973809523809524, 0.18186224489795921, double.NaN, 1,
                0.0025460714285714292, 0.63651785714285725, 0.12730357142857146,
            ],
            Multiplicity.BenjaminiYekutieli(p));
        Near([0.08, 0.14, 0.15, 0.16, 0.16, double.NaN, 0.8, 0.0009, 0.4, 0.14], Multiplicity.Holm(p));
    }

    [Fact]
    public void Correlations()
    {
        // cor(x, y); cor(xt, yt[1:9], method = "spearman")
        Near([0.84787555749623289, 0.97003749101361914], [Correlation.Pearson(X, Y), Correlation.Spearman(TiedX, TiedY.AsSpan(0, 9))]);
        Assert.Equal(double.NaN, Correlation.Pearson([1, 1], [1, 2]));
        Assert.Equal(double.NaN, Correlation.Spearman([1, double.NaN, 3], [1, 2, 3]));
    }

    [Fact]
    public void Quantiles_of_type_seven()
    {
        // quantile(x, c(0, .025, .25, .5, .9, .975, 1)); var(x)
        double[] at = [0, 0.025, 0.25, 0.5, 0.9, 0.975, 1];
        Near([0.5, 0.66, 1.55, 1.68, 2.596, 2.944, 3.06], [.. at.Select(p => Quantiles.Quantile(X, p))]);
        Near([0.51207499999999995], [Moments.SampleVariance(X)]);
        Assert.Equal(double.NaN, Quantiles.Quantile([], 0.5));
    }

    [Fact]
    public void Distribution_functions()
    {
        // pt(c(-40, -2.5, 0.3, 1e-3, 5), c(7, 3.5, 1, 10, 1e5))
        Near(
            [7.9510899924252140e-10, 3.7847321904745025e-02, 0.59277357907774231, 0.50038910831262950, 0.99999971286491607],
            [StudentT.Cdf(-40, 7), StudentT.Cdf(-2.5, 3.5), StudentT.Cdf(0.3, 1), StudentT.Cdf(1e-3, 10), StudentT.Cdf(5, 1e5)]);
        // qt(c(.975, .975, .01, .6), c(7, 3.5, 30, 1e5))
        Near(
            [2.36462425159278444, 2.94008863798272913, -2.45726154240059191, 0.25334777715717988],
            [StudentT.Quantile(0.975, 7), StudentT.Quantile(0.975, 3.5), StudentT.Quantile(0.01, 30), StudentT.Quantile(0.6, 1e5)]);
        // pbeta(c(.1, .5, .9, .501), c(.5, 2, 30, 5e4), c(3, 5, 2, 5e4))
        Near(
            [0.55458444465202961, 0.890625, 0.16956463310086500, 0.73645506170295838],
            [Beta.Cdf(0.1, 0.5, 3), Beta.Cdf(0.5, 2, 5), Beta.Cdf(0.9, 30, 2), Beta.Cdf(0.501, 5e4, 5e4)]);
        // qbeta(c(.025, .5, .99), c(.5, 2, 30), c(3, 5, 2))
        Near(
            [0.0001778199329347577, 0.2644499832956599406, 0.9951405114519420447],
            [Beta.Quantile(0.025, 0.5, 3), Beta.Quantile(0.5, 2, 5), Beta.Quantile(0.99, 30, 2)]);
        // qnorm(c(.975, 1e-10, .3)); pnorm(c(-10, 1.3, -37))
        Near(
            [1.95996398454005361, -6.36134090240405570, -0.52440051270804067, 7.6198530241605269e-24, 0.90319951541438970, 5.7255712225245771e-300],
            [Normal.Quantile(0.975), Normal.Quantile(1e-10), Normal.Quantile(0.3), Normal.Cdf(-10), Normal.Cdf(1.3), Normal.Cdf(-37)]);
    }

    [Fact]
    public void Midranks_share_the_ranks_of_ties()
    {
        Assert.Equal([2.5, 1, 2.5, 4], Ranks.Midranks([2, 1, 2, 3]));
        Assert.Throws<ArgumentException>(() => Ranks.Midranks([1, double.NaN]));
    }

    private static double[] Sequence(int count, double step = 1, double offset = 0) =>
        [.. Enumerable.Range(1, count).Select(i => (i * step) + offset)];

    private static void Equal(double statistic, double p, TwoSampleResult actual) => Near([statistic, p], [actual.Statistic, actual.PValue]);

    private static void Near(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            if (double.IsNaN(expected[i]))
                Assert.Equal(double.NaN, actual[i]);
            else
                Assert.InRange(actual[i], expected[i] - (1e-10 * Math.Abs(expected[i])), expected[i] + (1e-10 * Math.Abs(expected[i])));
        }
    }
}
