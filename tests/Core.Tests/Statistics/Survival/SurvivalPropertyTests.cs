using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Statistics.Survival;

/// <summary>What holds of any rows: naive twins of the fast functions, and weights that are copies.</summary>
public sealed class SurvivalPropertyTests
{
    /// <summary>Few distinct times and scores, so that every kind of tie occurs.</summary>
    private static (double[] Times, bool[] Events, double[] Scores, double[] Weights) Rows(ulong seed, int count = 60)
    {
        var random = new DeterministicRandom(seed);
        double[] Draw(int distinct, int from) => [.. Enumerable.Range(0, count).Select(_ => (double)(random.NextInt(distinct) + from))];
        double[] times = Draw(25, 1), scores = Draw(15, 0), weights = Draw(4, 0);
        return (times, [.. Draw(5, 0).Select(v => v < 3)], scores, weights);
    }

    /// <summary>Each row as often as its weight says.</summary>
    private static T[] Copies<T>(T[] rows, double[] weights) => [.. rows.SelectMany((r, i) => Enumerable.Repeat(r, (int)weights[i]))];

    [Fact]
    public void Concordance_equals_its_naive_twin()
    {
        for (var seed = 1UL; seed <= 20; seed++)
        {
            var (t, e, s, w) = Rows(seed);
            var g = CensoringDistribution.Fit(t, e, w);
            Same(Naive(t, e, s, w, null, double.PositiveInfinity), SurvivalConcordance.Harrell(t, e, s, w));
            Same(Naive(t, e, s, w, g, 15), SurvivalConcordance.Uno(t, e, s, g, 15, w));
        }

        static void Same(ConcordanceCounts a, ConcordanceCounts b) =>
            RData.Near([a.Concordant, a.Discordant, a.TiedScores], [b.Concordant, b.Discordant, b.TiedScores]);
    }

    [Fact]
    public void Time_dependent_AUC_and_Brier_equal_their_naive_twins()
    {
        for (var seed = 1UL; seed <= 20; seed++)
        {
            var (t, e, s, w) = Rows(seed);
            double[] survival = [.. s.Select(v => Math.Exp(-v / 10))];
            var g = CensoringDistribution.Fit(t, e);
            foreach (var horizon in new[] { 5.0, 12.5, 20 })
            {
                double above = 0, pairs = 0, brier = 0;
                var omega = CensoringWeights.At(t, e, horizon, g);
                for (var i = 0; i < t.Length; i++)
                {
                    brier += w[i] * omega[i] * Math.Pow((t[i] > horizon ? 1 : 0) - survival[i], 2) / w.Sum();
                    for (var j = 0; j < t.Length; j++)
                    {
                        if (!(t[i] <= horizon && t[j] > horizon))
                            continue;
                        var pair = w[i] * omega[i] * w[j] * omega[j];
                        pairs += pair;
                        above += pair * (s[i] > s[j] ? 1 : s[i] == s[j] ? 0.5 : 0);
                    }
                }
                RData.Near(above / pairs, TimeDependentAuc.At(t, e, s, horizon, g, w));
                RData.Near(brier, SurvivalBrier.At(t, e, survival, horizon, g, w));
            }
        }
    }

    [Fact]
    public void A_weight_is_a_number_of_copies()
    {
        for (var seed = 1UL; seed <= 10; seed++)
        {
            var (t, e, s, w) = Rows(seed);
            double[] tc = Copies(t, w), sc = Copies(s, w);
            var ec = Copies(e, w);
            CensoringDistribution g = CensoringDistribution.Fit(t, e, w), gc = CensoringDistribution.Fit(tc, ec);
            RData.Near(gc.Values.ToArray(), g.Values.ToArray());
            SurvivalCurve curve = KaplanMeier.Fit(t, e, w), copied = KaplanMeier.Fit(tc, ec);
            RData.Near(copied.Survival, curve.Survival);
            RData.Near(curve.StandardErrorAt(15), copied.StandardErrorAt(15));
            RData.Near(SurvivalConcordance.Uno(tc, ec, sc, gc, 20).Index, SurvivalConcordance.Uno(t, e, s, g, 20, w).Index);
            RData.Near(TimeDependentAuc.At(tc, ec, sc, 10, gc), TimeDependentAuc.At(t, e, s, 10, g, w));
            int[] groups = [.. s.Select(v => (int)v / 5)];
            var groupsCopied = Copies(groups, w);
            RData.Near(LogRank.Test(tc, ec, groupsCopied, 3).ChiSquare, LogRank.Test(t, e, groups, 3, w).ChiSquare);
            MaximallySelectedCutoff a = MaximallySelectedLogRank.Find(tc, ec, sc)!, b = MaximallySelectedLogRank.Find(t, e, s, 0.1, 0.9, w)!;
            RData.Near([a.Cutoff, a.Statistic, a.PValue], [b.Cutoff, b.Statistic, b.PValue]);
            RData.Near(new UnivariateCox(tc, ec, TiedEvents.Breslow).Fit(sc).Value, new UnivariateCox(t, e, TiedEvents.Breslow, w).Fit(s).Value, 1e-8);
            int[] causes = [.. e.Select((d, i) => d ? 1 + (i % 2) : 0)];
            var causesCopied = Copies(causes, w);
            CumulativeIncidence f = CumulativeIncidence.Fit(t, causes, 1, w), fc = CumulativeIncidence.Fit(tc, causesCopied, 1);
            RData.Near([fc.At(15), fc.VarianceAt(15)], [f.At(15), f.VarianceAt(15)]);
            RData.Near(GrayTest.Test(tc, causesCopied, 1, groupsCopied, 3).ChiSquare, GrayTest.Test(t, causes, 1, groups, 3, w).ChiSquare);
            double[] survival = [.. s.Select(v => Math.Exp(-v / 10))], survivalCopied = Copies(survival, w);
            RData.Near(
                SurvivalCalibration.ObservedToExpected(tc, ec, survivalCopied, 10), SurvivalCalibration.ObservedToExpected(t, e, survival, 10, w));
        }
    }

    [Fact]
    public void A_horizon_beyond_the_follow_up_of_the_censoring_rows_gives_no_number()
    {
        var g = CensoringDistribution.Fit([1, 2, 3], [true, false, false]);
        Assert.Equal(0, g.At(3));
        double[] t = [1, 2, 5, 6];
        bool[] e = [true, true, true, false];
        Assert.Equal(double.NaN, TimeDependentAuc.At(t, e, [4, 3, 2, 1], 5, g));
        Assert.Equal(double.NaN, SurvivalBrier.At(t, e, [0.1, 0.2, 0.3, 0.4], 5, g));
        Assert.Equal(double.NaN, SurvivalConcordance.Uno(t, e, [4, 3, 2, 1], g, 6).Index);
        Assert.Equal(1, SurvivalConcordance.Uno(t, e, [4, 3, 2, 1], g, 2).Index);
    }

    [Fact]
    public void Nothing_is_said_of_no_rows()
    {
        Assert.Equal(1, KaplanMeier.Fit([], []).At(3));
        Assert.Equal(double.NaN, KaplanMeier.Fit([], []).Median);
        Assert.Equal(double.NaN, SurvivalConcordance.Harrell([], [], []).Index);
        Assert.Equal(double.NaN, LogRank.Test([], [], [], 2).ChiSquare);
        Assert.Equal(double.NaN, TimeDependentAuc.At([1], [true], [1], 5, CensoringDistribution.Fit([1], [true])));
    }

    [Fact]
    public void What_is_no_time_no_score_and_no_weight_is_refused()
    {
        Assert.Throws<ArgumentException>(() => KaplanMeier.Fit([double.NaN], [true]));
        Assert.Throws<ArgumentException>(() => KaplanMeier.Fit([1], [true], [-1]));
        Assert.Throws<ArgumentException>(() => KaplanMeier.Fit([1, 2], [true]));
        Assert.Throws<ArgumentException>(() => SurvivalConcordance.Harrell([1, 2], [true, true], [1, double.NaN]));
        Assert.Throws<ArgumentException>(() => SurvivalBrier.Integrate([2, 1], [0.1, 0.1], 0, 2));
        Assert.Throws<ArgumentException>(() => CumulativeIncidence.Fit([1], [-1], 1));
    }

    private static ConcordanceCounts Naive(double[] t, bool[] e, double[] s, double[] w, CensoringDistribution? g, double tau)
    {
        double concordant = 0, discordant = 0, tied = 0;
        for (var i = 0; i < t.Length; i++)
        {
            for (var j = 0; j < t.Length; j++)
            {
                if (!e[i] || t[i] > tau || !(t[i] < t[j] || (t[i] == t[j] && !e[j])))
                    continue;
                var pair = w[i] * w[j] / Math.Pow(g?.Before(t[i]) ?? 1, 2);
                if (s[i] > s[j])
                    concordant += pair;
                else if (s[i] < s[j])
                    discordant += pair;
                else
                    tied += pair;
            }
        }
        return new(concordant, discordant, tied);
    }
}
