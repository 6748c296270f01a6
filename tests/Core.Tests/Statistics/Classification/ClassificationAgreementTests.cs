using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Core.Tests.Statistics.Classification;

/// <summary>The R calls stand in <c>Data/measures/make.R</c> and, beside each value, in <c>expected.json</c>.</summary>
public sealed class ClassificationAgreementTests
{
    private static readonly Dictionary<string, double[]> Aneurysm = RData.Table(RData.PathOf("aneurysm.csv"), "poor", "s100b", "ndka");
    private static readonly bool[] Poor = [.. Aneurysm["poor"].Select(v => v == 1)];

    [Fact]
    public void DeLongs_variance_and_paired_test_are_those_of_pROC()
    {
        int[] own = [.. Enumerable.Range(0, Poor.Length)];
        AucComponents a = new(Aneurysm["s100b"], Poor), b = new(Aneurysm["ndka"], Poor);
        var expected = RData.Numbers("asah.auc");
        double variance = AucComponents.Covariance(a, a, own, own.Length), half = Normal.Quantile(0.975) * Math.Sqrt(variance);
        RData.Near(expected, [a.Auc, a.Auc - half, a.Auc + half, variance]);
        var difference = variance + AucComponents.Covariance(b, b, own, own.Length) - (2 * AucComponents.Covariance(a, b, own, own.Length));
        var z = (a.Auc - b.Auc) / Math.Sqrt(difference);
        RData.Near(RData.Numbers("asah.roc.test"), [a.Auc, b.Auc, z, Normal.TwoSidedP(z)], 1e-9);
    }

    [Fact]
    public void Counts_at_a_threshold_are_those_of_coords()
    {
        var c = ConfusionCounts.At(Aneurysm["s100b"], Poor, 0.205);
        RData.Near(
            RData.Numbers("asah.at.0.205"),
            [
                c.TruePositives, c.FalsePositives, c.TrueNegatives, c.FalseNegatives, c.Sensitivity.Value, c.Specificity.Value,
                c.PositivePredictiveValue.Value, c.NegativePredictiveValue.Value, c.Accuracy.Value,
            ]);
        RData.Near(RData.Numbers("exact.26.of.41"), [c.Sensitivity.ClopperPearson(0.95).Low, c.Sensitivity.ClopperPearson(0.95).High]);
        Assert.Equal(Proportion.Wilson(26, 41, 0.95), c.Sensitivity.Wilson(0.95));
        RData.Near(RData.Numbers("exact.0.of.7"), [Proportion.ClopperPearson(0, 7, 0.95).Low, Proportion.ClopperPearson(0, 7, 0.95).High]);
    }

    [Fact]
    public void F1_and_Matthews_correlation_are_their_definitions()
    {
        var c = new ConfusionCounts(26, 14, 58, 15);
        RData.Near(2 * 0.65 * (26.0 / 41) / (0.65 + (26.0 / 41)), c.F1);
        // The correlation of the two indicators; sqrt of chi-square over n.
        double[] predicted = [.. Spread(1, 0, 1, 0)], actual = [.. Spread(1, 0, 0, 1)];
        RData.Near(Correlation.Pearson(predicted, actual), c.MatthewsCorrelation);
        RData.Near(((26.0 / 41) + (58.0 / 72)) / 2, c.BalancedAccuracy);

        static IEnumerable<double> Spread(double tp, double tn, double fp, double fn) =>
            Enumerable.Repeat(tp, 26).Concat(Enumerable.Repeat(tn, 58)).Concat(Enumerable.Repeat(fp, 14)).Concat(Enumerable.Repeat(fn, 15));
    }

    [Fact]
    public void What_has_no_rows_has_no_proportion()
    {
        var none = ConfusionCounts.At([0.1, 0.2], [false, false], 0.5);
        Assert.Equal(double.NaN, none.Sensitivity.Value);
        Assert.Equal(double.NaN, none.PositivePredictiveValue.Value);
        Assert.Equal(double.NaN, none.F1);
        Assert.Equal(double.NaN, none.MatthewsCorrelation);
        Assert.Equal(1, none.Specificity.Value);
        Assert.Equal(double.NaN, PrecisionRecall.Average([0.1], [false]));
        Assert.Equal(double.NaN, Thresholds.Youden([0.1, 0.2], [true, true]));
        Assert.Equal(double.NaN, MulticlassAuc.Of([1, 0, 1, 0], [0, 0], 2).HandTill);
        Assert.Throws<InvalidOperationException>(() => new Share(0.5, 2).Wilson(0.95));
        Assert.Throws<ArgumentException>(() => ConfusionCounts.At([double.NaN], [true], 0.5));
    }

    [Fact]
    public void Youdens_threshold_is_that_of_coords()
    {
        var expected = RData.Numbers("asah.youden");
        var threshold = Thresholds.Youden(Aneurysm["s100b"], Poor);
        var counts = ConfusionCounts.At(Aneurysm["s100b"], Poor, threshold);
        RData.Near(expected, [threshold, counts.Sensitivity.Value, counts.Specificity.Value]);
    }

    [Fact]
    public void Thresholds_take_weights_for_copies()
    {
        double[] scores = [0.1, 0.2, 0.3, 0.3, 0.6, 0.7], weights = [2, 0, 1, 3, 2, 1];
        bool[] events = [false, true, false, true, true, false];
        double[] copies = [.. scores.SelectMany((s, i) => Enumerable.Repeat(s, (int)weights[i]))];
        bool[] copied = [.. events.SelectMany((e, i) => Enumerable.Repeat(e, (int)weights[i]))];
        Assert.Equal(Thresholds.Youden(copies, copied), Thresholds.Youden(scores, events, weights));
        Assert.Equal(ConfusionCounts.At(copies, copied, 0.25), ConfusionCounts.At(scores, events, 0.25, weights));
        RData.Near(PrecisionRecall.Average(copies, copied), PrecisionRecall.Average(scores, events, weights));
    }

    [Fact]
    public void Hand_and_Tills_area_is_that_of_pROC()
    {
        var (probabilities, classes) = Iris();
        RData.Near(RData.Numbers("iris.hand.till")[0], MulticlassAuc.Of(probabilities, classes, 3).HandTill);
        RData.Near(RData.Numbers("iris.hand.till.by.hand")[0], MulticlassAuc.Of(probabilities, classes, 3).HandTill);
    }

    [Fact]
    public void Two_classes_have_the_binary_measures()
    {
        var risk = Aneurysm["new"];
        double[] both = [.. risk.SelectMany(p => new[] { 1 - p, p })];
        int[] classes = [.. Poor.Select(p => p ? 1 : 0)];
        var measures = MulticlassMeasures.Of(both, classes, 2);
        var counts = ConfusionCounts.At(risk, Poor, Math.BitIncrement(0.5));
        var brier = BrierScore.Compute(risk, Poor);
        RData.Near(Auc.Compute(risk, Poor), MulticlassAuc.Of(both, classes, 2).HandTill);
        RData.Near(
            [counts.Accuracy.Value, counts.BalancedAccuracy, counts.MatthewsCorrelation, 2 * brier, BrierScore.Scaled(brier, Poor.Average(p => p ? 1.0 : 0))],
            [measures.Accuracy, measures.BalancedAccuracy, measures.MatthewsCorrelation, measures.Brier, measures.ScaledBrier]);
    }

    [Fact]
    public void Measures_of_several_classes_take_weights_for_copies()
    {
        var (probabilities, classes) = Iris();
        double[] weights = [.. classes.Select((_, i) => (double)(i % 3))];
        double[] copies = [.. classes.SelectMany((_, i) => Enumerable.Repeat(probabilities[(3 * i)..((3 * i) + 3)], i % 3).SelectMany(r => r))];
        int[] copied = [.. classes.SelectMany((c, i) => Enumerable.Repeat(c, i % 3))];
        RData.Near(MulticlassAuc.Of(copies, copied, 3).HandTill, MulticlassAuc.Of(probabilities, classes, 3, weights).HandTill);
        MulticlassMeasures a = MulticlassMeasures.Of(copies, copied, 3), b = MulticlassMeasures.Of(probabilities, classes, 3, weights);
        RData.Near([a.Accuracy, a.BalancedAccuracy, a.MatthewsCorrelation, a.Brier], [b.Accuracy, b.BalancedAccuracy, b.MatthewsCorrelation, b.Brier]);
    }

    [Fact]
    public void Figures_of_folds_are_added_and_their_rows_not_compared()
    {
        var (probabilities, classes) = Iris();
        int[] first = [.. Enumerable.Range(0, classes.Length).Where(r => r % 2 == 0)], second = [.. Enumerable.Range(0, classes.Length).Where(r => r % 2 == 1)];
        double[] Rows(int[] rows) => [.. rows.SelectMany(r => probabilities[(3 * r)..((3 * r) + 3)])];
        int[] Of(int[] rows) => [.. rows.Select(r => classes[r])];
        var all = MulticlassMeasures.Of(probabilities, classes, 3);
        var sum = MulticlassMeasures.Of(Rows(first), Of(first), 3) + MulticlassMeasures.Of(Rows(second), Of(second), 3);
        RData.Near(
            [all.Accuracy, all.BalancedAccuracy, all.MatthewsCorrelation, all.Brier, all.ScaledBrier],
            [sum.Accuracy, sum.BalancedAccuracy, sum.MatthewsCorrelation, sum.Brier, sum.ScaledBrier]);
        // The same rows twice over are the same areas, although a row is better than none of the other copy's.
        var auc = MulticlassAuc.Of(probabilities, classes, 3);
        RData.Near(auc.HandTill, (auc + auc).HandTill);
        // Each fold is perfect by itself; together a row of class 0 in the second has less of it than one of class 1 in the first.
        var low = MulticlassAuc.Of([0.9, 0.1, 0.8, 0.2], [0, 1], 2) + MulticlassAuc.Of([0.3, 0.7, 0.2, 0.8], [0, 1], 2);
        Assert.Equal(1, low.HandTill);
        Assert.Equal(0.75, MulticlassAuc.Of([0.9, 0.1, 0.8, 0.2, 0.3, 0.7, 0.2, 0.8], [0, 1, 0, 1], 2).HandTill);
        Assert.Throws<ArgumentException>(() => auc + low);
    }

    [Fact]
    public void Average_precision_is_the_mean_precision_at_the_events()
    {
        // Ranks of the events 1, 3, 4 of 5 without ties: (1/1 + 2/3 + 3/4) / 3.
        RData.Near((1 + (2.0 / 3) + 0.75) / 3, PrecisionRecall.Average([0.9, 0.8, 0.7, 0.6, 0.5], [true, false, true, true, false]));
        // One score for all: the prevalence.
        RData.Near(0.25, PrecisionRecall.Average([1, 1, 1, 1], [true, false, false, false]));
        var curve = PrecisionRecall.Curve([0.9, 0.8, 0.7], [true, false, true]);
        Assert.Equal([new(0.5, 1, 0.9), new(0.5, 0.5, 0.8), new(1, 2.0 / 3, 0.7)], curve);
    }

    private static (double[] Probabilities, int[] Classes) Iris()
    {
        var table = RData.Table(RData.PathOf("iris.posterior.csv"), "species", "setosa", "versicolor", "virginica");
        int[] classes = [.. table["species"].Select(v => (int)v)];
        return ([.. classes.SelectMany((_, i) => new[] { table["setosa"][i], table["versicolor"][i], table["virginica"][i] })], classes);
    }
}
