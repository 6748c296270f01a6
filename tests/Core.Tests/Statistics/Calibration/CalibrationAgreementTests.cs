using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Statistics.Calibration;

/// <summary>The R calls stand in <c>Data/measures/make.R</c> and, beside each value, in <c>expected.json</c>.</summary>
public sealed class CalibrationAgreementTests
{
    private static readonly Dictionary<string, double[]> Aneurysm = RData.Table(RData.PathOf("aneurysm.csv"), "poor", "new");
    private static readonly bool[] Poor = [.. Aneurysm["poor"].Select(v => v == 1)];

    [Fact]
    public void Lowess_is_that_of_stats()
    {
        double[] sorted = [.. Aneurysm["new"]];
        var y = (double[])Aneurysm["poor"].Clone();
        RData.Near(RData.Numbers("asah.lowess"), InOrder(sorted, Lowess.Smooth(sorted, y)), 1e-9);
        RData.Near(RData.Numbers("asah.lowess.delta0"), InOrder(sorted, Lowess.Smooth(sorted, y, delta: 0)), 1e-9);
        var cars = RData.Expected("cars").EnumerateArray().ToArray();
        double[] speed = [.. cars.Select(c => c.GetProperty("speed").GetDouble())], distance = [.. cars.Select(c => c.GetProperty("dist").GetDouble())];
        RData.Near(RData.Numbers("cars.lowess"), Lowess.Smooth(speed, distance, 0.3, 0), 1e-9);
    }

    [Fact]
    public void Lowess_does_not_depend_on_the_order_of_rows()
    {
        var x = Aneurysm["new"];
        var y = Aneurysm["poor"];
        var smooth = Lowess.Smooth(x, y);
        double[] reversed = Lowess.Smooth([.. x.Reverse()], [.. y.Reverse()]);
        RData.Near(smooth, [.. reversed.Reverse()]);
    }

    [Fact]
    public void Lowess_of_few_points()
    {
        Assert.Empty(Lowess.Smooth([], []));
        Assert.Equal([3], Lowess.Smooth([1], [3]));
        RData.Near([2, 2, 2], Lowess.Smooth([1, 1, 1], [1, 2, 3]));
        RData.Near([1, 2, 3, 4], Lowess.Smooth([1, 2, 3, 4], [1, 2, 3, 4], 1));
        Assert.Throws<ArgumentException>(() => Lowess.Smooth([1, double.NaN], [1, 2]));
    }

    [Fact]
    public void Calibration_errors_are_those_of_val_prob()
    {
        Same("asah.val.prob", Aneurysm["new"], Poor);
        var d = RData.Lung();
        double[] risk = [.. RData.Columns(RData.Expected("lung.predictions").GetProperty("survival"))[2].Select(s => 1 - s)];
        Same("lung.val.prob", risk, [.. d.Times.Select((t, i) => t <= 365 && d.Events[i])]);

        static void Same(string name, double[] p, bool[] y)
        {
            var errors = SmoothCalibration.Errors(p, y);
            var expected = RData.Numbers(name);
            // The fourth and fifth are of a test of calibration.
            RData.Near([.. expected[..3], expected[5]], [errors.Mean, errors.Ninetieth, errors.Maximum, BrierScore.Compute(p, y)], 1e-9);
        }
    }

    [Fact]
    public void Copies_of_a_row_count_as_rows()
    {
        var p = Aneurysm["new"];
        double[] copies = [.. p.Select((_, i) => (double)(i % 3))];
        var expected = SmoothCalibration.Errors(
            [.. p.SelectMany((v, i) => Enumerable.Repeat(v, i % 3))], [.. Poor.SelectMany((v, i) => Enumerable.Repeat(v, i % 3))]);
        Assert.Equal(expected, SmoothCalibration.Errors(p, Poor, copies));
        Assert.Equal(double.NaN, SmoothCalibration.Errors([], []).Mean);
        Assert.Throws<ArgumentException>(() => SmoothCalibration.Errors([0.5], [true], [0.5]));
    }

    [Fact]
    public void Measures_of_a_number_are_those_of_R()
    {
        var cars = RData.Expected("cars").EnumerateArray().ToArray();
        double[] y = [.. cars.Select(c => c.GetProperty("dist").GetDouble())], p = [.. cars.Select(c => 3 * c.GetProperty("speed").GetDouble())];
        var m = ContinuousMeasures.Of(p, y, Reference(y.Length));
        var expected = RData.Numbers("cars.measures");
        RData.Near([.. expected[..3], .. expected[4..6]], [m.RootMeanSquaredError, m.MeanAbsoluteError, m.RSquared, m.CalibrationSlope, m.MeanError]);
        double[] weights = [.. y.Select((_, i) => (double)(i % 3))];
        var copied = ContinuousMeasures.Of(
            [.. p.SelectMany((v, i) => Enumerable.Repeat(v, i % 3))], [.. y.SelectMany((v, i) => Enumerable.Repeat(v, i % 3))], Reference(y.Select((_, i) => i % 3).Sum()));
        var weighted = ContinuousMeasures.Of(p, y, Reference(y.Length), weights);
        RData.Near([copied.RSquared, copied.CalibrationSlope, copied.MeanError], [weighted.RSquared, weighted.CalibrationSlope, weighted.MeanError]);
    }

    [Fact]
    public void A_constant_that_is_not_the_training_mean_is_worse_than_nothing() =>
        Assert.True(ContinuousMeasures.Of([9, 9, 9], [1, 2, 3], [2, 2, 2]).RSquared < 0);

    [Fact]
    public void A_constant_prediction_has_no_slope_however_its_mean_is_rounded() =>
        Assert.Equal(double.NaN, ContinuousMeasures.Of([0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1], [1, 2, 3, 5, 4, 6, 9], []).CalibrationSlope);

    private static double[] Reference(int count) => [.. Enumerable.Repeat(50.0, count)];

    private static double[] InOrder(double[] x, double[] smooth)
    {
        Array.Sort([.. x], smooth);
        return smooth;
    }
}
