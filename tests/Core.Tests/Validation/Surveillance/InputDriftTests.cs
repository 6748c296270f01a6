using RadiogenomicsCloud.Statistics;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Validation.Surveillance;

public class InputDriftTests
{
    private static readonly SurveillanceThresholds Thresholds = new();

    [Fact]
    public void A_scanner_that_measures_otherwise_is_an_alert_and_the_others_are_not()
    {
        var random = new DeterministicRandom(1);
        var then = Enumerable.Range(0, 4).Select(_ => Values(60, 0)).ToArray();
        var now = Enumerable.Range(0, 4).Select(column => Values(40, column == 2 ? 2 : 0)).ToArray();
        var drift = InputDrift.Of(["0", "1", "2", "3"], p => then[p[0] - '0'], p => now[p[0] - '0'], Thresholds);
        Assert.Equal([AlertLevel.None, AlertLevel.None, AlertLevel.Alert, AlertLevel.None], drift.Select(d => d.Level));
        Assert.Equal(Multiplicity.BenjaminiHochberg([.. drift.Select(d => d.PValue)]), drift.Select(d => d.QValue));
        Assert.All(drift, d => Assert.Equal((60, 40), (d.Training, d.New)));

        double[] Values(int count, double shift) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() + random.NextDouble() + shift)];
    }

    [Fact]
    public void Far_apart_but_too_few_to_tell_is_to_be_watched() => Assert.Equal(
        AlertLevel.Watch, Assert.Single(InputDrift.Of(["a"], _ => new double[] { 1, 2, 3 }, _ => new double[] { 2.5, 3.5, 4.5 }, Thresholds)).Level);

    [Fact]
    public void A_predictor_that_is_no_longer_recorded_is_an_alert()
    {
        double[] then = [1, 2, 3, 4], now = [double.NaN, 2, double.NaN, 4];
        var drift = Assert.Single(InputDrift.Of(["a"], _ => then, _ => now, Thresholds));
        Assert.Equal((0, 0.5, AlertLevel.Alert), (drift.MissingThen, drift.MissingNow, drift.Level));
    }
}
