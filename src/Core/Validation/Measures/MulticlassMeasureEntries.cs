using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>Measures of the probabilities of several classes.</summary>
internal static class MulticlassMeasureEntries
{
    private const EndpointKind Kind = EndpointKind.Multiclass;

    public static IReadOnlyList<Measure> All { get; } =
    [
        new("auc_hand_till", "AUC of Hand and Till", Kind, MeasureScale.Proportion,
            "Mean over pairs of classes of how well each one's probability tells it from the other (Mach Learn 2001, 45:171); pairs of cases within a fold only, "
            + "pairs of classes that no fold holds left out.")
        {
            Ideal = 1, NoInformation = 0.5, Compared = true,
            Of = (held, _) => HandTill(held),
        },
        new("brier", "Brier score", Kind, MeasureScale.NotNegative, "Sum over classes of the squared difference of probability and outcome, mean over cases; from 0 to 2.")
        {
            Ideal = 0, Compared = true,
            Of = Measure.Ratio((h, _) =>
            {
                double sum = 0, count = 0;
                for (var i = 0; i < h.Count; i++)
                {
                    var row = h.Predictions.Row(i);
                    for (var k = 0; k < row.Length; k++)
                    {
                        var difference = row[k] - (h.Classes.Values[i] == k ? 1 : 0);
                        sum += h.Weights[i] * difference * difference;
                    }
                    count += h.Weights[i];
                }
                return (sum, count);
            }),
        },
        new("accuracy", "Accuracy", Kind, MeasureScale.Proportion, "Share of cases whose most probable class, the first of equals, is the right one.")
        {
            Ideal = 1,
            Of = Measure.Ratio((h, _) => (Right(h, _ => true), h.Weights.Sum())),
        },
        new("balanced_accuracy", "Balanced accuracy", Kind, MeasureScale.Proportion, "Mean over the classes held out of the share of their cases that are recognised.")
        {
            Ideal = 1,
            Of = (held, _) => Recall(held),
        },
    ];

    private static double HandTill(IReadOnlyList<HeldOut> held)
    {
        if (held.Count == 0)
            return double.NaN;
        var classes = held[0].Classes.Labels.Count;
        double sum = 0;
        var pairs = 0;
        for (var a = 0; a < classes; a++)
        {
            for (var b = a + 1; b < classes; b++)
            {
                var both = (Told(held, a, b) + Told(held, b, a)) / 2;
                if (double.IsNaN(both))
                    continue;
                sum += both;
                pairs++;
            }
        }
        return sum / pairs;
    }

    /// <summary>How well the probability of class <paramref name="of"/> tells its cases from those of the other.</summary>
    private static double Told(IReadOnlyList<HeldOut> held, int of, int other)
    {
        double concordant = 0, pairs = 0;
        foreach (var h in held)
        {
            int[] rows = [.. Enumerable.Range(0, h.Count).Where(i => h.Classes.Values[i] == of || h.Classes.Values[i] == other)];
            var part = Auc.Concordance(
                [.. rows.Select(i => h.Predictions.Row(i)[of])], [.. rows.Select(i => h.Classes.Values[i] == of)], [.. rows.Select(i => h.Weights[i])]);
            (concordant, pairs) = (concordant + part.Concordant, pairs + part.Pairs);
        }
        return concordant / pairs;
    }

    private static double Right(HeldOut h, Func<int, bool> counts)
    {
        var sum = 0.0;
        for (var i = 0; i < h.Count; i++)
        {
            if (!counts(i))
                continue;
            var row = h.Predictions.Row(i);
            var best = 0;
            for (var k = 1; k < row.Length; k++)
                best = row[k] > row[best] ? k : best;
            sum += best == h.Classes.Values[i] ? h.Weights[i] : 0;
        }
        return sum;
    }

    private static double Recall(IReadOnlyList<HeldOut> held)
    {
        double sum = 0;
        var present = 0;
        for (var k = 0; held.Count > 0 && k < held[0].Classes.Labels.Count; k++)
        {
            var total = held.Sum(h => h.Classes.Values.Select((v, i) => v == k ? h.Weights[i] : 0).Sum());
            if (total == 0)
                continue;
            sum += held.Sum(h => Right(h, i => h.Classes.Values[i] == k)) / total;
            present++;
        }
        return sum / present;
    }
}
