namespace RadiogenomicsCloud.Statistics;

/// <summary>
/// Hand and Till's M (Mach Learn 2001, 45:171): the mean over pairs of classes i, j of the areas under the ROC curves that separate i from j by the
/// probability of i and by that of j; independent of the classes' frequencies, as R's <c>pROC::multiclass.roc(classes, probabilities, direction =
/// "&gt;")</c>, which takes as controls the class whose probability it reads. Never flipped; chance is one half.
/// </summary>
public static class MulticlassAuc
{
    /// <param name="probabilities">Row after row the probability of each class.</param>
    /// <param name="classes">The class of each row, 0 … <paramref name="classCount"/> − 1.</param>
    /// <param name="weights">How often each row counts; empty: once.</param>
    /// <returns>The mean over the pairs of classes that have rows; NaN if fewer than two have.</returns>
    /// <exception cref="ArgumentException">The lengths differ, a probability is NaN, or a weight is negative or not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A class is outside its range.</exception>
    public static double HandTill(
        ReadOnlySpan<double> probabilities, ReadOnlySpan<int> classes, int classCount, ReadOnlySpan<double> weights = default)
    {
        MulticlassInput.Check(probabilities, classes, classCount, weights);
        var sum = 0.0;
        var pairs = 0;
        for (var i = 0; i < classCount; i++)
        {
            for (var j = i + 1; j < classCount; j++)
            {
                var pair = (Separation(probabilities, classes, classCount, weights, i, j)
                    + Separation(probabilities, classes, classCount, weights, j, i)) / 2;
                if (double.IsNaN(pair))
                    continue;
                sum += pair;
                pairs++;
            }
        }
        return pairs > 0 ? sum / pairs : double.NaN;
    }

    /// <summary>The area that separates one class from all others by its probability.</summary>
    /// <param name="weights">How often each row counts; empty: once.</param>
    /// <returns>NaN if there are no rows in or outside the class.</returns>
    public static double OneAgainstOthers(
        ReadOnlySpan<double> probabilities, ReadOnlySpan<int> classes, int classCount, int of, ReadOnlySpan<double> weights = default)
    {
        MulticlassInput.Check(probabilities, classes, classCount, weights);
        var scores = new double[classes.Length];
        var own = new bool[classes.Length];
        for (var r = 0; r < scores.Length; r++)
            (scores[r], own[r]) = (probabilities[(r * classCount) + of], classes[r] == of);
        return Auc.Compute(scores, own, weights);
    }

    private static double Separation(
        ReadOnlySpan<double> probabilities, ReadOnlySpan<int> classes, int classCount, ReadOnlySpan<double> weights, int own, int other)
    {
        double[] scores = new double[classes.Length], pairWeights = new double[classes.Length];
        var isOwn = new bool[classes.Length];
        var n = 0;
        for (var r = 0; r < classes.Length; r++)
        {
            if (classes[r] != own && classes[r] != other)
                continue;
            scores[n] = probabilities[(r * classCount) + own];
            isOwn[n] = classes[r] == own;
            pairWeights[n++] = weights.IsEmpty ? 1 : weights[r];
        }
        return Auc.Compute(scores.AsSpan(0, n), isOwn.AsSpan(0, n), pairWeights.AsSpan(0, n));
    }
}
