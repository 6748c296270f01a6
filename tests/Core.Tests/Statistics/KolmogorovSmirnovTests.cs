using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Statistics;

public class KolmogorovSmirnovTests
{
    private static readonly double[] First =
    [
        0.61, 0.29, 0.06, 0.59, -1.73, -0.74, 0.51, -0.56, 0.39, 1.64, 0.05, -0.06, 0.64, -0.82, 0.37, 1.77, 1.09, -1.28, 2.36, 1.31, 1.05, -0.32, -0.40,
        1.06, -2.47,
    ];

    private static readonly double[] Second = [5.15, -4.01, 3.81, 1.67, 0.61, 0.61, -1.2, 2.2, 3.3, 0.05, 1.05, 1.06];

    /// <summary>R 4.2: <c>ks.test(x, y, exact = FALSE)[c("statistic", "p.value")]</c>.</summary>
    public static TheoryData<double[], double[], double, double> R => new()
    {
        { First, Second, 0.39, 0.169661318436702 },
        { [1, 2, 2, 3, 3], [1, 2, 3, 4, 5, 6, 7, 7], 0.625, 0.180606027775154 },
        { Range(1, 40, 0), [.. Range(1, 30, 0.5), .. Range(60, 31, 0.5)], 0.508196721311475, 7.61533507620538e-06 },
        { Range(1, 40, 0), Range(1, 40, 0.5), 0.025, 1 },
        // Either side of t = 1, where one series gives way to the other. Below, R's stops after one term, 3e-6 off: scipy.special.kolmogorov(0.9).
        { Range(1, 50, 0), Range(1, 50, 8.5), 0.18, 0.3927307079406543 },
        { Range(1, 50, 0), Range(1, 50, 9.5), 0.2, 0.26999967167738 },
    };

    [Theory]
    [MemberData(nameof(R))]
    public void Agrees_with_R(double[] x, double[] y, double d, double p)
    {
        var found = KolmogorovSmirnov.Test(x, y);
        Assert.Equal(d, found.D, 1e-14);
        Assert.Equal(p, found.PValue, 1e-6 * p); // R sums its series to 1e-6.
        Assert.Equal(found, KolmogorovSmirnov.Test([.. y, double.NaN], x));
    }

    [Fact]
    public void Nothing_to_compare_is_missing()
    {
        Assert.True(double.IsNaN(KolmogorovSmirnov.Test([], [1]).D));
        Assert.True(double.IsNaN(KolmogorovSmirnov.Test([1], [double.NaN]).PValue));
    }

    private static double[] Range(int from, int count, double shift) => [.. Enumerable.Range(from, count).Select(i => i + shift)];
}
