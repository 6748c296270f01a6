using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Core.Tests.Validation.Surveillance;

public class FigureChangesTests
{
    private static readonly SurveillanceThresholds Thresholds = new();

    [Theory]
    [InlineData(0.80, 0.71, 0.60, 0.82, AlertLevel.None)] // fell by less than 0.1
    [InlineData(0.80, 0.65, 0.50, 0.85, AlertLevel.Watch)] // fell by more, but the interval holds 0.80
    [InlineData(0.80, 0.60, 0.50, 0.70, AlertLevel.Alert)]
    [InlineData(0.80, 0.95, 0.90, 0.99, AlertLevel.None)] // a rise is no worry
    public void A_fall_of_the_AUC_is_an_alert_where_its_interval_leaves_the_locked_figure(
        double locked, double now, double low, double high, AlertLevel level)
    {
        var change = Assert.Single(FigureChanges.Of(
            Document(Unseen("auc", "out_of_bag", locked)), Document(Unseen("auc", "external", now, low, high)), Thresholds));
        Assert.Equal((level, "out_of_bag", now - locked), (change.Level, change.LockedMethod, change.Change));
    }

    [Theory]
    [InlineData(0.7, 0.2, 1.2, AlertLevel.Alert)]
    [InlineData(-0.7, -1.2, -0.2, AlertLevel.Alert)]
    [InlineData(0.7, -0.2, 1.6, AlertLevel.Watch)]
    [InlineData(0.4, 0.2, 0.6, AlertLevel.None)]
    public void Calibration_is_lost_either_way_and_measured_from_the_ideal_where_nothing_was_locked(double now, double low, double high, AlertLevel level)
    {
        var change = Assert.Single(FigureChanges.Of(
            Document(Unseen("brier", "out_of_bag", 0.2)), Document(Unseen("calibration_in_the_large", "external", now, low, high)), Thresholds));
        Assert.Equal((0.0, "ideal", level), (change.Locked, change.LockedMethod, change.Level));
    }

    [Fact]
    public void The_locked_figure_is_never_an_apparent_one()
    {
        var locked = Document(new Estimate("auc", "apparent", EstimateRole.Apparent, 0.99, null), Unseen("auc", "out_of_bag", 0.7));
        Assert.Equal(0.7, Assert.Single(FigureChanges.Of(locked, Document(Unseen("auc", "external", 0.7)), Thresholds)).Locked);
        Assert.Empty(FigureChanges.Of(
            Document(new Estimate("auc", "apparent", EstimateRole.Apparent, 0.99, null)), Document(Unseen("auc", "external", 0.5)), Thresholds));
    }

    private static Estimate Unseen(string measure, string method, double value, double? low = null, double? high = null) =>
        new(measure, method, EstimateRole.Unseen, value, low is null ? null : new(low.Value, high!.Value, 0.95, "test"));

    private static PerformanceDocument Document(params Estimate[] estimates) => new(
        1, "internal", "event", [new("all", "elastic_net", 40, 20, 3, 2, false, estimates, [], [], [], [], [])], []);
}
