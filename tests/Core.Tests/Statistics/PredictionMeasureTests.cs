using CsCheck;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Statistics;

/// <summary>Expected numbers: R 4.2.2, pROC 1.18.0, <c>options(digits = 17)</c>, the call quoted beside them.</summary>
public sealed class PredictionMeasureTests
{
    // y <- c(1,0,1,1,...), p <- c(.82,.31,...), q <- c(.7,.4,...)
    internal static readonly bool[] Y =
        [.. new[] { 1, 0, 1, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0 }.Select(v => v == 1)];

    internal static readonly double[] P =
        [.82, .31, .55, .91, .42, .15, .60, .60, .48, .22, .55, .77, .35, .08, .66, .30, .44, .52, .88, .19];

    internal static readonly double[] Q =
        [.7, .4, .45, .8, .5, .3, .5, .35, .6, .15, .65, .6, .45, .2, .4, .55, .35, .3, .9, .25];

    private static readonly double[] W = [1, 2, 1, 3, 1, 1, 2, 1, 1, 2, 1, 1, 1, 1, 2, 1, 1, 3, 1, 1];

    [Fact]
    public void Auc_equals_pROC()
    {
        // auc(roc(y, p, direction = "<")), auc(roc(y, q, direction = "<")); w <- c(1,2,1,3,...): auc(roc(rep(y, w), rep(p, w), direction = "<"))
        Near(0.87878787878787878, Auc.Compute(P, Y));
        Near(0.89393939393939392, Auc.Compute(Q, Y));
        Near(0.91025641025641024, Auc.Compute(P, Y, W));
    }

    [Fact]
    public void Auc_equals_counting_all_pairs_and_is_never_flipped()
    {
        Gen.Select(Gen.Int[0, 6].Array[2, 40], Gen.Bool.Array[40]).Sample((levels, outcomes) =>
        {
            var scores = levels.Select(v => (double)v).ToArray();
            var isEvent = outcomes[..scores.Length];
            double wins = 0, pairs = 0;
            for (var i = 0; i < scores.Length; i++)
            {
                for (var j = 0; j < scores.Length; j++)
                {
                    if (!isEvent[i] || isEvent[j])
                        continue;
                    pairs++;
                    wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }
            var auc = Auc.Compute(scores, isEvent);
            Assert.Equal(pairs > 0 ? wins / pairs : double.NaN, auc, 12);
            Assert.Equal(1 - auc, Auc.Compute([.. scores.Select(s => -s)], isEvent), 12);
        });
        Assert.Throws<ArgumentException>(() => Auc.Compute([1, double.NaN], [true, false]));
    }

    [Fact]
    public void Variance_of_the_auc_equals_DeLong_in_pROC()
    {
        // var(roc(y, p), method = "delong"), the same of q; cov(roc(y, p), roc(y, q), method = "delong")
        var p = new AucComponents(P, Y);
        var q = new AucComponents(Q, Y);
        int[] own = [.. Enumerable.Range(0, 20)];
        Near(0.87878787878787878, p.Auc);
        Near(0.006612845627997143, AucComponents.Covariance(p, p, own, 20));
        Near(0.0052175798387919595, AucComponents.Covariance(q, q, own, 20));
        Near(0.0009603611876339152, AucComponents.Covariance(p, q, own, 20));
    }

    [Fact]
    public void Clustered_variance_of_the_auc_equals_the_written_out_formula()
    {
        // R, cl <- rep(1:10, each = 2), Obuchowski 1997 from the full matrix psi(X, Y): S10/m + S01/n + 2*S11/(m*n)
        var p = new AucComponents(P, Y);
        int[] pairs = [.. Enumerable.Range(0, 20).Select(i => i / 2)];
        Near(0.0040998441463143565, AucComponents.Covariance(p, p, pairs, 10));
    }

    [Fact]
    public void Roc_points_are_those_of_pROC_and_their_trapezoids_have_the_area()
    {
        var curve = RocCurve.Compute(P, Y);
        // coords(roc(y, p, direction = "<"), "all"): 19 thresholds; three of them
        Assert.Equal(19, curve.Count);
        Assert.Contains(curve, c => Math.Abs(1 - c.FalsePositiveRate - 0.63636363636363635) < 1e-12 && Math.Abs(c.TruePositiveRate - 0.88888888888888884) < 1e-12);
        Assert.Contains(curve, c => c.FalsePositiveRate == 0 && Math.Abs(c.TruePositiveRate - 0.55555555555555558) < 1e-12);
        Assert.Contains(curve, c => Math.Abs(1 - c.FalsePositiveRate - 0.45454545454545453) < 1e-12 && Math.Abs(c.TruePositiveRate - 0.88888888888888884) < 1e-12);
        var area = 0.0;
        for (var i = 1; i < curve.Count; i++)
            area += (curve[i].FalsePositiveRate - curve[i - 1].FalsePositiveRate) * (curve[i].TruePositiveRate + curve[i - 1].TruePositiveRate) / 2;
        Near(Auc.Compute(P, Y), area);
        Assert.Equal(6.0 / 9, RocCurve.SensitivityAt(curve, 1.0 / 11), 12);
        Assert.Equal(1, RocCurve.SensitivityAt(curve, 1));
    }

    [Fact]
    public void Calibration_equals_glm()
    {
        // lp <- qlogis(p); glm(y ~ 1, offset = lp, family = binomial); glm(y ~ lp, family = binomial): coef; m <- fitted(f), X <- cbind(1, lp): sqrt(diag(solve(t(X) %*% (m * (1 - m) * X))))
        var large = LogisticRecalibration.InTheLarge(P, Y);
        Near(-0.20714078125417565, large.Value);
        Near(0.51043597031535082, large.StandardError, 1e-9);
        var slope = LogisticRecalibration.Slope(P, Y);
        Near(2.07914919094941508, slope.Value, 1e-9);
        Near(0.98631754204224431, slope.StandardError, 1e-9);
        // glm(y ~ lp, weights = w, family = binomial)
        Near(2.51857633711192497, LogisticRecalibration.Slope(P, Y, W).Value, 1e-9);
    }

    [Fact]
    public void Calibration_that_does_not_exist_is_undefined()
    {
        Assert.Equal(MaximumLikelihood.Undefined, LogisticRecalibration.Slope([.1, .2, .8, .9], [false, false, true, true]));
        Assert.Equal(MaximumLikelihood.Undefined, LogisticRecalibration.Slope([.5, .5, .5], [false, true, true]));
        Assert.Equal(MaximumLikelihood.Undefined, LogisticRecalibration.InTheLarge([.5, .6], [true, true]));
        Assert.Equal(MaximumLikelihood.Undefined, LogisticRecalibration.Slope([.5, .6], [true, true]));
    }

    [Fact]
    public void Certain_predictions_keep_calibration_finite()
    {
        var large = LogisticRecalibration.InTheLarge([0, 1, 1, 0, 0.5, 0], [false, true, false, true, true, false]);
        Assert.True(double.IsFinite(large.Value));
    }

    [Fact]
    public void Brier_score_equals_its_definition()
    {
        // mean((p - y)^2); 1 - mean((p - y)^2)/(mean(y)*(1 - mean(y)))
        Near(0.14906, BrierScore.Compute(P, Y));
        Near(0.39773737373737383, BrierScore.Scaled(BrierScore.Compute(P, Y), 9 / 20.0));
    }

    [Fact]
    public void Smooth_equals_loess()
    {
        // predict(loess(y ~ p, span = .75, degree = 1, control = loess.control(surface = "direct")), data.frame(p = c(.1, .25, .5, .8)))
        var smooth = LocalLinear.Smooth(P, [.. Y.Select(v => v ? 1.0 : 0)], 0.75, [.1, .25, .5, .8]);
        double[] expected = [0.0035505213112278916, 0.1384648971548708141, 0.4008002627338201895, 0.9312727058865203356];
        for (var i = 0; i < 4; i++)
            Near(expected[i], smooth[i]);
    }

    [Fact]
    public void Smooth_of_tied_positions_is_their_mean() =>
        Assert.Equal([0.5], LocalLinear.Smooth([0.3, 0.3, 0.3, 0.3], [0, 1, 1, 0], 0.75, [0.3]));

    [Fact]
    public void Wilson_interval_equals_prop_test()
    {
        // prop.test(x, n, correct = FALSE)$conf.int
        foreach (var (x, n, low, high) in new[] { (7, 20, 0.18119182410108206, 0.56714572331476365), (3, 7, 0.15821985525146970, 0.74954163547234265), (0, 5, 0, 0.43448246478317465) })
        {
            Assert.Equal(low, Proportion.Wilson(x, n, 0.95).Low, 12);
            Assert.Equal(high, Proportion.Wilson(x, n, 0.95).High, 12);
        }
    }

    private static void Near(double expected, double actual, double relative = 1e-12) =>
        Assert.InRange(actual, expected - (relative * Math.Abs(expected)), expected + (relative * Math.Abs(expected)));
}
