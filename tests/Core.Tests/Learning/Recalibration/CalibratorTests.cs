using RadiogenomicsCloud.Core.Tests.Learning.Classifiers;
using RadiogenomicsCloud.Learning;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Learning.Recalibration;

public class CalibratorTests
{
    private static (double[] Scores, bool[] Events, Dictionary<string, double[]> Expected) Data()
    {
        var data = Iris.Read("calibration.csv");
        return (data["score"], [.. data["event"].Select(e => e == 1)], data);
    }

    /// <summary><c>glm(target ~ score, family = binomial)</c> with Platt's targets: (N₊ + 1) / (N₊ + 2) of events, 1 / (N₋ + 2) of others.</summary>
    [Fact]
    public void Platt_scaling_is_the_logistic_regression_of_his_targets()
    {
        var (scores, events, expected) = Data();
        var platt = PlattScaling.Fit(scores, events, []);
        for (var r = 0; r < scores.Length; r++)
            Assert.Equal(expected["platt"][r], platt.Apply(scores[r]), 1e-8);
    }

    /// <summary><c>isoreg(mean_of_equals[ordered])$yf</c></summary>
    [Fact]
    public void Isotonic_regression_equals_isoreg()
    {
        var (scores, events, expected) = Data();
        double[] p = [.. scores.Select(LogisticRecalibration.Expit)];
        var isotonic = IsotonicRegression.Fit(p, [.. events.Select(e => e ? 1.0 : 0)], []);
        for (var r = 0; r < p.Length; r++)
            Assert.Equal(expected["isotonic"][r], isotonic.At(p[r]), 1e-12);
    }

    [Fact]
    public void Isotonic_regression_is_linear_between_its_knots_and_flat_outside()
    {
        var isotonic = IsotonicRegression.Fit([0.1, 0.3, 0.5], [0, 1, 2], []);
        Assert.Equal([0, 0.5, 1.5, 2], ((double[])[0, 0.2, 0.4, 0.9]).Select(x => Math.Round(isotonic.At(x), 12)));
    }

    [Fact]
    public void Weights_of_isotonic_regression_are_so_many_rows()
    {
        var a = IsotonicRegression.Fit([1, 2, 3], [1, 0, 3], [2, 1, 1]);
        var b = IsotonicRegression.Fit([1, 1, 2, 3], [1, 1, 0, 3], []);
        Assert.Equal((2.0 / 3, 2.0 / 3, 3.0), (a.At(1), a.At(2), a.At(3)));
        Assert.Equal((a.At(1), a.At(2.5)), (b.At(1), b.At(2.5)));
    }

    [Fact]
    public void Scores_that_order_the_rows_wrongly_give_all_but_the_prevalence_and_keep_their_order()
    {
        double[] scores = [.. Enumerable.Range(0, 40).Select(r => r / 10.0)];
        bool[] events = [.. Enumerable.Range(0, 40).Select(r => r < 10)];
        var platt = PlattScaling.Fit(scores, events, []);
        Assert.True(platt.Slope > 0);
        Assert.All(scores, s => Assert.Equal(0.25, platt.Apply(s), 0.02));
    }

    [Fact]
    public void Platt_scaling_of_scores_without_differences_is_the_smoothed_prevalence()
    {
        var platt = PlattScaling.Fit([3, 3, 3, 3], [true, false, false, false], []);
        Assert.Equal((0.0, 2.0 / 6), (platt.Slope, Math.Round(platt.Apply(3), 12)));
    }

    [Fact]
    public void A_weight_is_so_many_rows_to_a_shift_of_the_intercept()
    {
        double[] p = [0.2, 0.6, 0.7];
        var a = Calibrator.Fit(CalibrationMethod.Intercept, p, [false, true, false], [2, 1, 1]);
        var b = Calibrator.Fit(CalibrationMethod.Intercept, [0.2, 0.2, 0.6, 0.7], [false, false, true, false], []);
        Assert.Equal(b.Apply(0.4), a.Apply(0.4), 1e-10);
        Assert.Equal(1, ((LogisticCalibrator)a).Slope);
    }
}
