using RadiogenomicsCloud.Core.Tests.Association;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Statistics.Tests;

public sealed class PairTestsAgreementTests
{
    [Fact]
    public void Fishers_test_of_two_by_two_tables_is_that_of_R()
    {
        Agree("t22", FisherExact.Test(3, 2, 1, 8));
        Agree("t22b", FisherExact.Test(10, 3, 2, 15));
        var big = FisherExact.Test(120, 60, 80, 140);
        RCalls.Agree("fisher.test(big22)$p.value", big.P, 1e-6);
        RCalls.Agree("mle(big22)", big.OddsRatio);
        RCalls.Agree("lower(big22)", big.Low);
        RCalls.Agree("upper(big22)", big.High);
        var open = FisherExact.Test(0, 7, 5, 4);
        RCalls.Agree("fisher.test(t0)$p.value", open.P);
        RCalls.Agree("upper(t0)", open.High);
        Assert.Equal((0.0, 0.0), (open.OddsRatio, open.Low));
        Assert.True(double.IsNaN(FisherExact.Test(0, 0, 3, 4).P));
    }

    [Fact]
    public void Fishers_test_of_larger_tables_is_that_of_R_and_refuses_what_it_cannot_list()
    {
        RCalls.Agree("fisher.test(t23)$p.value", ContingencyTest.FisherP(T23));
        RCalls.Agree("fisher.test(t33)$p.value", ContingencyTest.FisherP(T33));
        RCalls.Agree("fisher.test(t34)$p.value", ContingencyTest.FisherP(T34, 200_000));
        Assert.True(double.IsNaN(ContingencyTest.FisherP(T34, 100)));
        Assert.True(double.IsNaN(ContingencyTest.FisherP(new[,] { { 3, 4 }, { 0, 0 } })));
    }

    [Fact]
    public void Chi_squared_is_that_of_R_with_and_without_Yates()
    {
        int[,] t22 = { { 3, 2 }, { 1, 8 } };
        RCalls.Agree("chisq.test(t22)$p.value", ContingencyTest.ChiSquared(t22, yates: true).P);
        RCalls.Agree("chisq.test(t22)$statistic", ContingencyTest.ChiSquared(t22, yates: true).Statistic);
        RCalls.Agree("chisq.test(t22, correct = FALSE)$p.value", ContingencyTest.ChiSquared(t22, yates: false).P);
        RCalls.Agree("chisq.test(t22, correct = FALSE)$statistic", ContingencyTest.ChiSquared(t22, yates: false).Statistic);
        Assert.Equal(RCalls.Value("chisq.test(matrix(c(5, 5, 6, 5), 2))$statistic"), ContingencyTest.ChiSquared(new[,] { { 5, 6 }, { 5, 5 } }, yates: true).Statistic, 1e-12);
        var t33 = ContingencyTest.ChiSquared(T33, yates: true);
        RCalls.Agree("chisq.test(t33)$p.value", t33.P);
        RCalls.Agree("chisq.test(t33)$statistic", t33.Statistic);
        RCalls.Agree("sqrt(chisq.test(t33)$statistic / (sum(t33) * 2))", t33.CramersV);
        // An empty row changes nothing.
        RCalls.Agree("chisq.test(big)$p.value", ContingencyTest.ChiSquared(new[,] { { 40, 30, 35 }, { 0, 0, 0 }, { 25, 20, 30 } }, yates: false).P);
    }

    [Fact]
    public void Random_tables_come_near_the_exact_p()
    {
        // 20,000 tables: a standard error of √(p(1 − p)/B) about the exact p of the same statistic, which the listing gives.
        var exact = ExactChiSquaredP(T23);
        var simulated = ContingencyTest.SimulatedP(T23, 20_000, 7);
        Assert.True(Math.Abs(simulated - exact) < 4 * Math.Sqrt(exact * (1 - exact) / 20_000), $"{simulated} is not near {exact}.");
        Assert.Equal(simulated, ContingencyTest.SimulatedP(T23, 20_000, 7));
    }

    [Fact]
    public void Partial_correlations_are_those_of_residuals_in_R()
    {
        var pearson = PartialCorrelation.Pearson(RCalls.X, RCalls.Y, [RCalls.Z]);
        RCalls.Agree("pcor(x, y, z, identity)[1]", pearson.Estimate);
        RCalls.Agree("pcor(x, y, z, identity)[2]", pearson.Statistic);
        RCalls.Agree("pcor(x, y, z, identity)[3]", pearson.PValue);
        var one = PartialCorrelation.Spearman(RCalls.Xt, RCalls.Yt, [RCalls.Z]);
        RCalls.Agree("pcor(xt, yt, z, rank)[1]", one.Estimate);
        RCalls.Agree("pcor(xt, yt, z, rank)[3]", one.PValue);
        // A covariate twice is one.
        var two = PartialCorrelation.Spearman(RCalls.Xt, RCalls.Yt, [RCalls.Z, RCalls.W, RCalls.Z]);
        RCalls.Agree("pcor(xt, yt, cbind(z, w), rank)[1]", two.Estimate);
        RCalls.Agree("pcor(xt, yt, cbind(z, w), rank)[3]", two.PValue);
        Assert.True(double.IsNaN(PartialCorrelation.Pearson(RCalls.X, RCalls.Z, [RCalls.Z]).PValue));
    }

    [Fact]
    public void The_upper_tail_of_draws_without_replacement_is_phyper()
    {
        RCalls.Agree("phyper(2, 12, 88, 10, lower.tail = FALSE)", Hypergeometric.UpperTail(3, 12, 100, 10));
        RCalls.Agree("phyper(14, 50, 4950, 100, lower.tail = FALSE)", Hypergeometric.UpperTail(15, 50, 5000, 100), 1e-8);
        RCalls.Agree("phyper(0, 12, 88, 10, lower.tail = FALSE)", Hypergeometric.UpperTail(1, 12, 100, 10));
        Assert.Equal(1, Hypergeometric.UpperTail(0, 12, 100, 10));
    }

    [Fact]
    public void Intervals_of_correlations_are_those_of_Fishers_scale()
    {
        var pearson = CorrelationInterval.Pearson(RCalls.Value("cor.test(x, y, method = \"pearson\", exact = NULL)$estimate"), 12);
        RCalls.Agree("cor.test(x, y, method = \"pearson\", exact = NULL)$conf.int[1]", pearson.Low);
        RCalls.Agree("cor.test(x, y, method = \"pearson\", exact = NULL)$conf.int[2]", pearson.High);
        var biserial = CorrelationInterval.RankBiserial(0.3, 5, 7);
        RCalls.Agree("fisherz(0.3, (5 + 7 + 1) / (3 * 5 * 7))[1]", biserial.Low);
        RCalls.Agree("fisherz(0.3, (5 + 7 + 1) / (3 * 5 * 7))[2]", biserial.High);
        Assert.True(double.IsNaN(CorrelationInterval.Pearson(0.5, 3).Low));
        Assert.Equal(new EffectInterval(1, 1), CorrelationInterval.Spearman(1, 20));
    }

    private static readonly int[,] T23 = { { 3, 4, 0 }, { 1, 2, 6 } };
    private static readonly int[,] T33 = { { 5, 3, 0 }, { 2, 6, 3 }, { 1, 2, 7 } };
    private static readonly int[,] T34 = { { 4, 2, 1, 2 }, { 1, 5, 3, 2 }, { 0, 1, 6, 2 } };

    private static void Agree(string table, FisherResult fisher)
    {
        RCalls.Agree($"fisher.test({table})$p.value", fisher.P);
        // R's root finder stops at four digits; the equations solved to the end are beside it.
        RCalls.Agree($"fisher.test({table})$estimate", fisher.OddsRatio, 1e-4);
        RCalls.Agree($"fisher.test({table})$conf.int[1]", fisher.Low, 1e-4);
        RCalls.Agree($"fisher.test({table})$conf.int[2]", fisher.High, 1e-2);
        RCalls.Agree($"mle({table})", fisher.OddsRatio);
        RCalls.Agree($"lower({table})", fisher.Low);
        RCalls.Agree($"upper({table})", fisher.High);
    }

    // All 2 × 3 tables of the margins by their first row.
    private static double ExactChiSquaredP(int[,] table)
    {
        var columns = Enumerable.Range(0, 3).Select(c => table[0, c] + table[1, c]).ToArray();
        var row = table[0, 0] + table[0, 1] + table[0, 2];
        var observed = ContingencyTest.ChiSquared(table, yates: false).Statistic;
        double extreme = 0, all = 0;
        for (var a = 0; a <= columns[0]; a++)
        {
            for (var b = 0; b <= columns[1]; b++)
            {
                var c = row - a - b;
                if (c < 0 || c > columns[2])
                    continue;
                var ways = Choose(columns[0], a) * Choose(columns[1], b) * Choose(columns[2], c);
                all += ways;
                var other = ContingencyTest.ChiSquared(new[,] { { a, b, c }, { columns[0] - a, columns[1] - b, columns[2] - c } }, yates: false).Statistic;
                extreme += other >= observed - 1e-9 ? ways : 0;
            }
        }
        return extreme / all;
    }

    private static double Choose(int n, int k)
    {
        var ways = 1.0;
        for (var i = 1; i <= k; i++)
            ways = ways * (n - k + i) / i;
        return ways;
    }
}
