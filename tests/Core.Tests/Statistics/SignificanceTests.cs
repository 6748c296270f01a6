using System.Diagnostics;
using RadiogenomicsCloud.Core.Tests.Learning;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Statistics;

/// <summary>Expected numbers: R 4.2.2 with survival 3.5, <c>sprintf("%.16g")</c>, the call quoted beside them.</summary>
public sealed class SignificanceTests
{
    private static readonly double[] X = [1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30];
    private static readonly double[] Y = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06001, 3.14, 1.29001];

    private static readonly int[] Cylinders = [.. MotorCars.Cylinders.Select(c => (int)c)];

    // survival::ovarian
    private static readonly double[] Time = [59, 115, 156, 421, 431, 448, 464, 475, 477, 563, 638, 744, 769, 770, 803, 855, 1040, 1106, 1129, 1206, 1227, 268, 329, 353, 365, 377];
    private static readonly int[] Status = [1, 1, 1, 0, 1, 0, 1, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0];
    private static readonly double[] Age = [72.3315, 74.4932, 66.4658, 53.3644, 50.3397, 56.4301, 56.937, 59.8548, 64.1753, 55.1781, 56.7562, 50.1096, 59.6301, 57.0521, 39.2712, 43.1233, 38.8932, 44.6, 53.9068, 44.2055, 59.589, 74.5041, 43.137, 63.2192, 64.4247, 58.3096];

    private static readonly double[] TiedTime = [5, 6, 6, 2, 4, 4, 4, 9, 3, 5, 8, 1];
    private static readonly int[] TiedStatus = [1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 1, 1];
    private static readonly double[] Holed = [.2, double.NaN, 1.5, -.7, .3, 2.2, -1.1, .4, .9, -.2, .1, 1.7];

    // Sums of 0.1 are rounded, so that a mean of 0.1s is not 0.1.
    [Fact]
    public void A_constant_is_undefined_however_its_mean_is_rounded()
    {
        double[] constant = [.. Enumerable.Repeat(0.1, 10)];
        int[] groups = [0, 0, 0, 1, 1, 1, 1, 1, 1, 1];
        Assert.Equal(TwoSampleResult.Undefined, OneWayAnova.Test(constant, groups, 2));
        Assert.Equal(TwoSampleResult.Undefined, OneWayAnova.Welch(constant, groups, 2));
        Assert.Equal(TwoSampleResult.Undefined, WelchT.Test(constant.AsSpan(0, 3), constant.AsSpan(3)));
        Assert.Equal(TwoSampleResult.Undefined, CorrelationTest.Pearson(constant, [1, 2, 3, 4, 5, 6, 7, 8, 9, 11]));
        Assert.Equal(TwoSampleResult.Undefined, KruskalWallis.Test(constant, groups, 2));
    }

    [Fact]
    public void Groups_without_spread_that_differ_are_told_apart_for_certain()
    {
        // oneway.test(c(rep(0.1, 3), rep(0.7, 7)) ~ g, var.equal = TRUE) is 0 but for rounding
        var result = OneWayAnova.Test([.1, .1, .1, .7, .7, .7, .7, .7, .7, .7], [0, 0, 0, 1, 1, 1, 1, 1, 1, 1], 2);
        Assert.Equal((double.PositiveInfinity, 0.0, 1.0), (result.Statistic, result.PValue, result.Estimate));
    }

    [Fact]
    public void Mann_Whitneys_statistic_counts_pairs()
    {
        var random = new DeterministicRandom(8);
        for (var i = 0; i < 50; i++)
        {
            double[] x = Draw(2 + random.NextInt(70)), y = Draw(2 + random.NextInt(70));
            var u = x.Sum(a => y.Sum(b => a > b ? 1 : a == b ? 0.5 : 0));
            var (one, other) = (MannWhitney.Test(x, y), MannWhitney.Test(y, x));
            Assert.Equal((u, u / (x.Length * y.Length)), (one.Statistic, one.Estimate));
            Assert.Equal(one.PValue, other.PValue);
        }

        double[] Draw(int count)
        {
            var coarse = random.NextInt(2) == 0;
            return [.. Enumerable.Range(0, count).Select(_ => coarse ? random.NextInt(7) : random.NextGaussian())];
        }
    }

    [Fact]
    public void Pearsons_correlation_test()
    {
        // cor.test(x, y); cor.test(mtcars$mpg, mtcars$wt)
        Equal(4.231021920151763, 0.003883212450828957, CorrelationTest.Pearson(X, Y));
        Equal(-9.559044146972111, 1.293958701350516e-10, CorrelationTest.Pearson(MotorCars.Mpg, MotorCars.Weight));
        Equal(4.231021920151763, 0.003883212450828957, CorrelationTest.Pearson([.. X, double.NaN, 1], [.. Y, 2, double.NaN]));
        Assert.Equal(TwoSampleResult.Undefined, CorrelationTest.Pearson([1, 2], [2, 3]));
    }

    [Fact]
    public void Spearmans_test_is_exact_for_few_pairs()
    {
        // cor.test(x, y, method = "spearman"), then with -y; cor.test(1:5, c(2,1,4,3,5), method = "spearman"); exact = NULL, hence exact
        Equal(50, 0.1079971340388007, CorrelationTest.Spearman(X, Y));
        Equal(190, 0.1079971340388007, CorrelationTest.Spearman(X, [.. Y.Select(v => -v)]));
        Equal(4, 0.1333333333333333, CorrelationTest.Spearman([1, 2, 3, 4, 5], [2, 1, 4, 3, 5]));
    }

    [Fact]
    public void Spearmans_test_is_by_the_series_for_more_pairs_without_ties()
    {
        // cor.test(1:12, a, method = "spearman"), then -a, then another; exact = NULL
        double[] i = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], a = [3, 1, 2, 6, 4, 5, 9, 12, 7, 8, 10, 11];
        Equal(42, 0.0007719020039505852, CorrelationTest.Spearman(i, a));
        Equal(530, 0.0007719020039505878, CorrelationTest.Spearman(i, [.. a.Select(v => -v)]));
        Equal(242, 0.6351399553775863, CorrelationTest.Spearman(i, [7, 2, 9, 4, 12, 1, 10, 3, 8, 5, 11, 6]));
    }

    [Fact]
    public void Spearmans_test_is_by_t_where_values_are_tied() =>
        // cor.test(mtcars$mpg, mtcars$wt, method = "spearman")
        Equal(10292.31861352275, 1.487594858127433e-11, CorrelationTest.Spearman(MotorCars.Mpg, MotorCars.Weight));

    [Fact]
    public void Groups_are_compared_by_F_and_by_ranks()
    {
        // oneway.test(mpg ~ cyl, mtcars, var.equal = TRUE); oneway.test(mpg ~ cyl, mtcars); kruskal.test(mpg ~ cyl, mtcars)
        int[] groups = [.. Cylinders.Select(c => (c - 4) / 2)];
        Equal(39.69751525586904, 4.978919174400209e-09, OneWayAnova.Test(MotorCars.Mpg, groups, 3));
        Equal(31.6242364658255, 1.27080937124479e-06, OneWayAnova.Welch(MotorCars.Mpg, groups, 3));
        Equal(25.7461556153518, 2.56621679534534e-06, KruskalWallis.Test(MotorCars.Mpg, groups, 3));
        // A class that is absent and a missing value change nothing.
        Equal(39.69751525586904, 4.978919174400209e-09, OneWayAnova.Test([.. MotorCars.Mpg, double.NaN], [.. groups, 3], 5));
        Equal(31.6242364658255, 1.27080937124479e-06, OneWayAnova.Welch([.. MotorCars.Mpg, double.NaN], [.. groups, 3], 5));
        Equal(25.7461556153518, 2.56621679534534e-06, KruskalWallis.Test([.. MotorCars.Mpg, double.NaN], [.. groups, 3], 5));
    }

    [Fact]
    public void What_cannot_be_compared_is_undefined()
    {
        foreach (var (values, groups) in new (double[], int[])[] { ([1, 2, 3], [0, 0, 0]), ([2, 2, 2, 2], [0, 1, 0, 1]), ([], []) })
        {
            Assert.Equal(TwoSampleResult.Undefined, OneWayAnova.Test(values, groups, 2));
            Assert.Equal(TwoSampleResult.Undefined, OneWayAnova.Welch(values, groups, 2));
            Assert.Equal(TwoSampleResult.Undefined, KruskalWallis.Test(values, groups, 2));
        }
        var cox = new UnivariateCox([1, 2, 3], [false, false, false]);
        Assert.Equal(TwoSampleResult.Undefined, cox.Score([1, 2, 3]));
        Assert.Equal(TwoSampleResult.Undefined, cox.Wald([1, 2, 3]));
        Assert.Equal(TwoSampleResult.Undefined, Cox(Time, Status).Score([.. Time.Select(_ => 3.1)]));
    }

    [Fact]
    public void Cox_regression_on_one_column()
    {
        // summary(coxph(Surv(futime, fustat) ~ age, ovarian)): sctest, coefficients
        Equal(12.25940575813269, 0.0004629189005513851, Cox(Time, Status).Score(Age));
        Equal(3.249285341007355, 0.001156953610034995, Cox(Time, Status).Wald(Age));
        Assert.Equal(0.161619857406316, Cox(Time, Status).Wald(Age).Estimate, 9);
    }

    [Fact]
    public void Cox_regression_with_ties_by_Efron_and_missing_values()
    {
        // coxph(Surv(time, status) ~ x), and the same of x * 1e4 + 1e6
        var cox = Cox(TiedTime, TiedStatus);
        Equal(0.0760437418951016, 0.7827321794063523, cox.Score(Holed));
        Equal(0.2755669308618989, 0.7828807118693272, cox.Wald(Holed), 1e-8);
        double[] moved = [.. Holed.Select(v => (v * 1e4) + 1e6)];
        Equal(0.0760437418951016, 0.7827321794063523, cox.Score(moved), 1e-8);
        Assert.Equal(1.179190075459326e-05, cox.Wald(moved).Estimate, 12);
        // time = c(4,3,1,1,2,2,3), status = c(1,1,1,0,1,1,0), x = c(0,2,1,1,1,0,0)
        var small = Cox([4, 3, 1, 1, 2, 2, 3], [1, 1, 1, 0, 1, 1, 0]);
        Equal(0.7058941324304693, 0.400810239434345, small.Score([0, 2, 1, 1, 1, 0, 0]));
        Equal(0.8187242137453202, 0.412943778469151, small.Wald([0, 2, 1, 1, 1, 0, 0]), 1e-8);
    }

    [Fact]
    public void A_likelihood_without_a_maximum_gives_no_small_p()
    {
        var wald = Cox([1, 2, 3, 4, 5, 6], [1, 1, 1, 1, 1, 1]).Wald([6, 5, 4, 3, 2, 1]);
        Assert.InRange(wald.PValue, 0.5, 1);
        Assert.True(wald.Estimate > 5);
    }

    [Fact]
    public void Bonferroni()
    {
        // p.adjust(p, "bonferroni")
        double[] p = [0.01, 0.02, 0.03, 0.04, 0.05, double.NaN, 0.8, 0.0001, 0.2, 0.02];
        double[] expected = [0.09, 0.18, 0.27, 0.36, 0.45, double.NaN, 1, 9e-04, 1, 0.18];
        Assert.All(Multiplicity.Bonferroni(p).Zip(expected), v => Assert.Equal(v.Second, v.First, 12));
    }

    [Fact]
    public void Upper_tails()
    {
        // pchisq(c(30, 200), c(4, 7), lower = FALSE); pf(c(.5, 80), c(3, 2), c(20, 40), lower = FALSE)
        Relative(4.894437128029213e-06, ChiSquare.UpperTail(30, 4), 1e-12);
        Relative(1.14778122401426e-39, ChiSquare.UpperTail(200, 7), 1e-12);
        Relative(0.6865186128364031, FisherF.UpperTail(0.5, 3, 20), 1e-12);
        Relative(1.048576e-14, FisherF.UpperTail(80, 2, 40), 1e-12);
    }

    [Fact]
    public void Two_thousand_columns_of_a_hundred_rows_are_tested_in_milliseconds()
    {
        var random = new DeterministicRandom(1);
        double[] times = [.. Enumerable.Range(0, 100).Select(_ => -Math.Log(1 - random.NextDouble()))];
        bool[] events = [.. times.Select(_ => random.NextDouble() < 0.6)];
        double[] column = [.. times.Select(_ => random.NextGaussian())];
        var cox = new UnivariateCox(times, events);
        double Milliseconds()
        {
            var clock = Stopwatch.StartNew();
            for (var c = 0; c < 2000; c++)
                cox.Score(column);
            return clock.Elapsed.TotalMilliseconds;
        }
        // Some 3 ms on a quiet machine; the least of several, and far more than that on one that is not.
        Assert.InRange(Enumerable.Range(0, 10).Min(_ => Milliseconds()), 0, 100);
    }

    private static UnivariateCox Cox(double[] times, int[] status) => new(times, [.. status.Select(s => s == 1)]);

    private static void Equal(double statistic, double p, TwoSampleResult actual, double tolerance = 1e-11)
    {
        Relative(statistic, actual.Statistic, tolerance);
        Relative(p, actual.PValue, tolerance);
    }

    private static void Relative(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(actual - expected) <= tolerance * Math.Abs(expected), $"{actual:R} instead of {expected:R}");
}
