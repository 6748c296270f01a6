using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Statistics.Utility;

/// <summary>The R calls stand in <c>Data/measures/make.R</c> and, beside each value, in <c>expected.json</c>.</summary>
public sealed class UtilityAgreementTests
{
    private static readonly Dictionary<string, double[]> Aneurysm = RData.Table(RData.PathOf("aneurysm.csv"), "poor", "old", "new");
    private static readonly bool[] Poor = [.. Aneurysm["poor"].Select(v => v == 1)];

    [Fact]
    public void Reclassification_is_that_of_improveProb()
    {
        var (before, after) = (Aneurysm["old"], Aneurysm["new"]);
        var expected = RData.Numbers("asah.improve");
        RData.Near(expected[..6], Parts(Reclassification.Continuous(before, after, Poor)));
        var idi = Reclassification.IntegratedDiscrimination(before, after, Poor);
        RData.Near(expected[6..], [idi.Value, idi.StandardError]);
        RData.Near(RData.Numbers("asah.improve.categories")[..6], Parts(Reclassification.Categorical(before, after, Poor, [0.2, 0.5])));
    }

    [Fact]
    public void Wald_intervals_are_symmetric_and_agree_with_the_test()
    {
        var estimate = new WaldEstimate(1.959963984540054, 1);
        RData.Near(0.05, estimate.PValue);
        Assert.Equal(0, estimate.Interval(0.95).Low, 12);
        Assert.Equal(2 * estimate.Value, estimate.Interval(0.95).High, 12);
    }

    [Fact]
    public void The_same_prediction_reclassifies_nobody()
    {
        var p = Aneurysm["new"];
        Assert.Equal(0, Reclassification.Continuous(p, p, Poor).Total.Value);
        Assert.Equal(0, Reclassification.IntegratedDiscrimination(p, p, Poor).Value);
        Assert.Throws<ArgumentException>(() => Reclassification.Categorical(p, p, Poor, [0.5, 0.5]));
    }

    [Fact]
    public void Net_benefit_is_its_definition()
    {
        double[] at = [0.1, 0.3, 0.6];
        var expected = RData.Expected("asah.net.benefit").EnumerateArray().Select(RData.Numbers).ToArray();
        for (var k = 0; k < at.Length; k++)
        {
            var point = DecisionCurve.At(Aneurysm["new"], Poor, at[k]);
            RData.Near(expected[k], [point.Model, point.All]);
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => DecisionCurve.At([0.5], [true], 1));
    }

    [Fact]
    public void Net_benefit_at_a_horizon_takes_Kaplan_Meier_among_those_treated()
    {
        var d = RData.Lung();
        double[] risk = [.. RData.Columns(RData.Expected("lung.predictions").GetProperty("survival"))[2].Select(s => 1 - s)];
        double[] at = [0.2, 0.5, 0.7];
        var expected = RData.Expected("lung.net.benefit.365").EnumerateArray().Select(RData.Numbers).ToArray();
        for (var k = 0; k < at.Length; k++)
        {
            var point = DecisionCurve.AtHorizon(d.Times, d.Events, risk, 365, at[k]);
            RData.Near(expected[k], [point.Model, point.All]);
        }
    }

    [Fact]
    public void Without_censoring_both_net_benefits_are_one()
    {
        var random = new DeterministicRandom(5);
        double[] times = [.. Enumerable.Range(0, 80).Select(_ => random.NextDouble())], risk = [.. times.Select(t => Math.Round(1 - (t * t), 1))];
        bool[] all = [.. times.Select(_ => true)], within = [.. times.Select(t => t <= 0.5)];
        double[] weights = [.. times.Select((_, i) => (double)(i % 3))];
        for (var threshold = 0.1; threshold < 1; threshold += 0.2)
        {
            NetBenefitPoint a = DecisionCurve.At(risk, within, threshold, weights), b = DecisionCurve.AtHorizon(times, all, risk, 0.5, threshold, weights);
            RData.Near([a.Model, a.All], [b.Model, b.All], 1e-9);
        }
        Assert.Equal(0, DecisionCurve.AtHorizon(times, all, new double[80], 0.5, 0.2).Model);
    }

    [Fact]
    public void A_permutation_p_value_is_never_zero()
    {
        Assert.Equal(0.01, PermutationTest.PValue(0, 99));
        Assert.Equal(3.0 / 5, PermutationTest.PValue(PermutationTest.Extreme(0.7, [0.7, 0.6, 0.8, 0.5]), 4));
        Assert.Equal(1, PermutationTest.PValue(0, 0));
        Assert.Equal(2, PermutationTest.Extreme(0.7, [double.NaN, 0.7, 0.6]));
        Assert.Throws<ArgumentException>(() => PermutationTest.Extreme(double.NaN, [0.5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => PermutationTest.PValue(3, 2));
    }

    private static double[] Parts(NetReclassification nri) =>
    [
        nri.Total.Value, nri.Total.StandardError, nri.Events.Value, nri.Events.StandardError, nri.NonEvents.Value, nri.NonEvents.StandardError,
    ];
}
