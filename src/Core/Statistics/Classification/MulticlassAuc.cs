namespace RadiogenomicsCloud.Statistics;

/// <summary>
/// Hand and Till's M (Mach Learn 2001, 45:171): the mean over pairs of classes i, j of the areas under the ROC curves that separate i from j by the
/// probability of i and by that of j; independent of the classes' frequencies, as R's <c>pROC::multiclass.roc(classes, probabilities, direction =
/// "&gt;")</c>, which takes as controls the class whose probability it reads. Never flipped; chance is one half. Held as the pairs of rows behind
/// each area, so that those of folds, whose rows different models scored, are added and never compared with each other.
/// </summary>
public sealed class MulticlassAuc
{
    private readonly int classCount;
    private readonly double[] concordant;   // of class i against class j by the probability of i, row after row
    private readonly double[] pairs;

    private MulticlassAuc(int classCount)
    {
        this.classCount = classCount;
        (concordant, pairs) = (new double[classCount * classCount], new double[classCount * classCount]);
    }

    /// <summary>The mean over the pairs of classes that have rows; NaN if fewer than two have.</summary>
    public double HandTill
    {
        get
        {
            var sum = 0.0;
            var compared = 0;
            for (var i = 0; i < classCount; i++)
            {
                for (var j = i + 1; j < classCount; j++)
                {
                    var both = (Area(i, j) + Area(j, i)) / 2;
                    if (double.IsNaN(both))
                        continue;
                    sum += both;
                    compared++;
                }
            }
            return compared > 0 ? sum / compared : double.NaN;
        }
    }

    /// <param name="probabilities">Row after row the probability of each class.</param>
    /// <param name="classes">The class of each row, 0 … <paramref name="classCount"/> − 1.</param>
    /// <param name="weights">How often each row counts; empty: once.</param>
    /// <exception cref="ArgumentException">The lengths differ, a probability is NaN, or a weight is negative or not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A class is outside its range.</exception>
    public static MulticlassAuc Of(
        ReadOnlySpan<double> probabilities, ReadOnlySpan<int> classes, int classCount, ReadOnlySpan<double> weights = default)
    {
        MulticlassInput.Check(probabilities, classes, classCount, weights);
        var result = new MulticlassAuc(classCount);
        double[] scores = new double[classes.Length], pairWeights = new double[classes.Length];
        var isOwn = new bool[classes.Length];
        for (var own = 0; own < classCount; own++)
        {
            for (var other = 0; other < classCount; other++)
            {
                var n = 0;
                for (var r = 0; own != other && r < classes.Length; r++)
                {
                    if (classes[r] != own && classes[r] != other)
                        continue;
                    scores[n] = probabilities[(r * classCount) + own];
                    isOwn[n] = classes[r] == own;
                    pairWeights[n++] = weights.IsEmpty ? 1 : weights[r];
                }
                var at = (own * classCount) + other;
                (result.concordant[at], result.pairs[at]) = Auc.Concordance(scores.AsSpan(0, n), isOwn.AsSpan(0, n), pairWeights.AsSpan(0, n));
            }
        }
        return result;
    }

    /// <summary>Both taken together, rows of the one not compared with those of the other.</summary>
    /// <exception cref="ArgumentException">They are of different numbers of classes.</exception>
    public static MulticlassAuc operator +(MulticlassAuc a, MulticlassAuc b) => Add(a, b);

    /// <inheritdoc cref="op_Addition"/>
    public static MulticlassAuc Add(MulticlassAuc a, MulticlassAuc b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        MulticlassInput.RequireSame(a.classCount, b.classCount);
        var sum = new MulticlassAuc(a.classCount);
        for (var k = 0; k < sum.pairs.Length; k++)
            (sum.concordant[k], sum.pairs[k]) = (a.concordant[k] + b.concordant[k], a.pairs[k] + b.pairs[k]);
        return sum;
    }

    private double Area(int own, int other)
    {
        var at = (own * classCount) + other;
        return pairs[at] > 0 ? concordant[at] / pairs[at] : double.NaN;
    }
}
