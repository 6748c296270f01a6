namespace RadiogenomicsCloud.Statistics;

/// <summary>
/// How well classes are predicted, where a row is assigned to its most probable class (the first of several), and how near the probabilities come.
/// </summary>
/// <param name="Accuracy">Share of the rows assigned rightly.</param>
/// <param name="BalancedAccuracy">Mean over the classes that have rows of the share assigned rightly.</param>
/// <param name="MatthewsCorrelation">
/// Gorodkin's correlation of K classes (Comput Biol Chem 2004, 28:367), for two classes Matthews's; NaN where all rows are of, or are assigned to,
/// one class.
/// </param>
/// <param name="Brier">Mean over rows of Σ over classes (probability − indicator)², 0 … 2 (Brier 1950); twice the binary score for two classes.</param>
/// <param name="ScaledBrier">One minus the Brier score over that of predicting the classes' frequencies among these rows.</param>
public sealed record MulticlassMeasures(double Accuracy, double BalancedAccuracy, double MatthewsCorrelation, double Brier, double ScaledBrier)
{
    /// <summary>The class that a row is assigned to: the most probable, the first of equals.</summary>
    public static int MostProbable(ReadOnlySpan<double> probabilities)
    {
        var most = 0;
        for (var c = 1; c < probabilities.Length; c++)
            most = probabilities[c] > probabilities[most] ? c : most;
        return most;
    }

    /// <param name="probabilities">Row after row the probability of each class.</param>
    /// <param name="classes">The class of each row, 0 … <paramref name="classCount"/> − 1.</param>
    /// <param name="weights">How often each row counts; empty: once.</param>
    /// <returns>NaN of everything if there are no rows.</returns>
    /// <exception cref="ArgumentException">The lengths differ, a probability is NaN, or a weight is negative or not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A class is outside its range.</exception>
    public static MulticlassMeasures Of(
        ReadOnlySpan<double> probabilities, ReadOnlySpan<int> classes, int classCount, ReadOnlySpan<double> weights = default)
    {
        MulticlassInput.Check(probabilities, classes, classCount, weights);
        double[] actual = new double[classCount], assigned = new double[classCount], right = new double[classCount];
        double total = 0, brier = 0;
        for (var r = 0; r < classes.Length; r++)
        {
            var weight = weights.IsEmpty ? 1 : weights[r];
            var row = probabilities.Slice(r * classCount, classCount);
            var most = MostProbable(row);
            for (var c = 0; c < classCount; c++)
            {
                var difference = row[c] - (classes[r] == c ? 1 : 0);
                brier += weight * difference * difference;
            }
            total += weight;
            actual[classes[r]] += weight;
            assigned[most] += weight;
            right[most] += most == classes[r] ? weight : 0;
        }
        brier /= total;
        double rightSum = 0, recall = 0, present = 0, product = 0, actualSquares = 0, assignedSquares = 0;
        for (var c = 0; c < classCount; c++)
        {
            rightSum += right[c];
            recall += actual[c] > 0 ? right[c] / actual[c] : 0;
            present += actual[c] > 0 ? 1 : 0;
            product += actual[c] * assigned[c];
            actualSquares += actual[c] * actual[c];
            assignedSquares += assigned[c] * assigned[c];
        }
        var scale = Math.Sqrt((total * total) - actualSquares) * Math.Sqrt((total * total) - assignedSquares);
        return new(
            rightSum / total, recall / present, scale > 0 ? ((total * rightSum) - product) / scale : double.NaN,
            brier, 1 - (brier / (1 - (actualSquares / (total * total)))));
    }
}
