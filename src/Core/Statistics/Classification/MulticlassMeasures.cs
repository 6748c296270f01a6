namespace RadiogenomicsCloud.Statistics;

/// <summary>
/// How well classes are predicted, where a row is assigned to its most probable class (the first of several), and how near the probabilities come.
/// Held as sums over rows, so that those of folds are added. NaN of everything if there are no rows.
/// </summary>
public sealed class MulticlassMeasures
{
    private readonly double[] actual;       // rows of each class
    private readonly double[] assigned;     // rows assigned to it
    private readonly double[] right;        // rows of it that were assigned to it
    private readonly double total;
    private readonly double squares;

    private MulticlassMeasures(double[] actual, double[] assigned, double[] right, double total, double squares) =>
        (this.actual, this.assigned, this.right, this.total, this.squares) = (actual, assigned, right, total, squares);

    /// <summary>Share of the rows assigned rightly.</summary>
    public double Accuracy => right.Sum() / total;

    /// <summary>Mean over the classes that have rows of the share assigned rightly.</summary>
    public double BalancedAccuracy
    {
        get
        {
            double recall = 0, present = 0;
            for (var c = 0; c < actual.Length; c++)
            {
                recall += actual[c] > 0 ? right[c] / actual[c] : 0;
                present += actual[c] > 0 ? 1 : 0;
            }
            return recall / present;
        }
    }

    /// <summary>Mean over the classes that have rows of F1, 2 × right / (rows of it + rows assigned to it), as scikit-learn's <c>f1_score(average="macro")</c> over them.</summary>
    public double MacroF1
    {
        get
        {
            double sum = 0, present = 0;
            for (var c = 0; c < actual.Length; c++)
            {
                sum += actual[c] > 0 ? 2 * right[c] / (actual[c] + assigned[c]) : 0;
                present += actual[c] > 0 ? 1 : 0;
            }
            return sum / present;
        }
    }

    /// <summary>
    /// Gorodkin's correlation of K classes (Comput Biol Chem 2004, 28:367), for two classes Matthews's; NaN where all rows are of, or are assigned
    /// to, one class.
    /// </summary>
    public double MatthewsCorrelation
    {
        get
        {
            double product = 0, actualSquares = 0, assignedSquares = 0;
            for (var c = 0; c < actual.Length; c++)
            {
                product += actual[c] * assigned[c];
                actualSquares += actual[c] * actual[c];
                assignedSquares += assigned[c] * assigned[c];
            }
            var scale = Math.Sqrt((total * total) - actualSquares) * Math.Sqrt((total * total) - assignedSquares);
            return scale > 0 ? ((total * right.Sum()) - product) / scale : double.NaN;
        }
    }

    /// <summary>Mean over rows of Σ over classes (probability − indicator)², 0 … 2 (Brier 1950); twice the binary score for two classes.</summary>
    public double Brier => squares / total;

    /// <summary>One minus the Brier score over that of predicting the classes' frequencies among these rows.</summary>
    public double ScaledBrier => 1 - (Brier / (1 - (actual.Sum(a => a * a) / (total * total))));

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
    /// <exception cref="ArgumentException">The lengths differ, a probability is NaN, or a weight is negative or not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A class is outside its range.</exception>
    public static MulticlassMeasures Of(
        ReadOnlySpan<double> probabilities, ReadOnlySpan<int> classes, int classCount, ReadOnlySpan<double> weights = default)
    {
        MulticlassInput.Check(probabilities, classes, classCount, weights);
        double[] actual = new double[classCount], assigned = new double[classCount], right = new double[classCount];
        double total = 0, squares = 0;
        for (var r = 0; r < classes.Length; r++)
        {
            var weight = weights.IsEmpty ? 1 : weights[r];
            var row = probabilities.Slice(r * classCount, classCount);
            var most = MostProbable(row);
            for (var c = 0; c < classCount; c++)
            {
                var difference = row[c] - (classes[r] == c ? 1 : 0);
                squares += weight * difference * difference;
            }
            total += weight;
            actual[classes[r]] += weight;
            assigned[most] += weight;
            right[most] += most == classes[r] ? weight : 0;
        }
        return new(actual, assigned, right, total, squares);
    }

    /// <summary>Of the rows of both.</summary>
    /// <exception cref="ArgumentException">They are of different numbers of classes.</exception>
    public static MulticlassMeasures operator +(MulticlassMeasures a, MulticlassMeasures b) => Add(a, b);

    /// <inheritdoc cref="op_Addition"/>
    public static MulticlassMeasures Add(MulticlassMeasures a, MulticlassMeasures b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        MulticlassInput.RequireSame(a.actual.Length, b.actual.Length);
        return new(Sum(a.actual, b.actual), Sum(a.assigned, b.assigned), Sum(a.right, b.right), a.total + b.total, a.squares + b.squares);
    }

    private static double[] Sum(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];
}
