namespace RadiogenomicsCloud.Learning;

/// <summary>What a split of a node is worth. Holds the buffers of one fit; not for several threads.</summary>
internal abstract class SplitCriterion
{
    /// <summary>Takes note of the rows of a node; negative where no split can gain anything, else what a gain must exceed.</summary>
    public abstract double Begin(ReadOnlySpan<int> rows);

    /// <summary>Looks for a better cut along a column.</summary>
    /// <param name="sorted">The rows of the node by ascending value.</param>
    /// <param name="codes">Of every row the rank of its value: a cut lies only between different ones.</param>
    /// <param name="least">Rows that each side must have.</param>
    public abstract void Scan(int column, ReadOnlySpan<int> sorted, ReadOnlySpan<int> codes, int least, ref Cut best);
}

/// <summary>
/// Decrease of the weighted sum of squares about the mean: regression trees, and trees of two classes coded 0 and 1, for which it is half the
/// decrease of the Gini impurity. Also the two-sample statistic of conditional trees up to a factor of the node.
/// </summary>
/// <param name="y">Of each row; best centred, so that sums do not cancel.</param>
/// <param name="weights">May change between trees; a row of weight 0 is never in a node.</param>
internal sealed class VarianceCriterion(double[] y, double[] weights) : SplitCriterion
{
    private double sum, total;

    public override double Begin(ReadOnlySpan<int> rows)
    {
        double first = y[rows[0]], squares = 0;
        var differ = false;
        sum = total = 0;
        foreach (var row in rows)
        {
            differ |= y[row] != first;
            sum += weights[row] * y[row];
            total += weights[row];
            squares += weights[row] * y[row] * y[row];
        }
        return differ ? 1e-12 * squares : -1;
    }

    public override void Scan(int column, ReadOnlySpan<int> sorted, ReadOnlySpan<int> codes, int least, ref Cut best)
    {
        double left = 0, leftWeight = 0, bar = best.Bar + (sum * sum / total), taken = 0;
        var at = -1;
        var row = sorted[0];
        var code = codes[row];
        var last = sorted.Length - least;
        for (var i = 1; i <= last; i++)
        {
            left += weights[row] * y[row];
            leftWeight += weights[row];
            row = sorted[i];
            var here = code;
            code = codes[row];
            if (code == here || i < least)
                continue;
            var right = sum - left;
            var value = (left * left / leftWeight) + (right * right / (total - leftWeight));
            if (value > bar)
                (at, taken, bar) = (i, value, value);
        }
        if (at > 0)
            best.Take(column, sorted[at - 1], sorted[at], taken - (sum * sum / total));
    }
}

/// <summary>
/// Decrease of the weighted Gini impurity over several classes. With <paramref name="standardised"/> each class counts by the inverse of its
/// share in the node: then the gain is the two-sample quadratic statistic of conditional trees up to a factor of the node.
/// </summary>
internal sealed class GiniCriterion(int[] classes, int count, double[] weights, bool standardised) : SplitCriterion
{
    private readonly double[] totals = new double[count];
    private readonly double[] factors = new double[count];
    private readonly double[] left = new double[count];
    private double total, squares;

    public override double Begin(ReadOnlySpan<int> rows)
    {
        Array.Clear(totals);
        total = 0;
        foreach (var row in rows)
        {
            totals[classes[row]] += weights[row];
            total += weights[row];
        }
        squares = 0;
        var present = 0;
        for (var k = 0; k < totals.Length; k++)
        {
            present += totals[k] > 0 ? 1 : 0;
            factors[k] = !standardised ? 1 : totals[k] > 0 ? total / totals[k] : 0;
            squares += factors[k] * totals[k] * totals[k];
        }
        return present > 1 ? 1e-12 * total : -1;
    }

    public override void Scan(int column, ReadOnlySpan<int> sorted, ReadOnlySpan<int> codes, int least, ref Cut best)
    {
        Array.Clear(left);
        double leftSquares = 0, rightSquares = squares, leftWeight = 0;
        var parent = squares / total;
        var last = sorted.Length - least;
        for (var i = 0; i < last; i++)
        {
            var row = sorted[i];
            var (k, w) = (classes[row], weights[row]);
            var right = totals[k] - left[k];
            leftSquares += factors[k] * w * ((2 * left[k]) + w);
            rightSquares -= factors[k] * w * ((2 * right) - w);
            left[k] += w;
            leftWeight += w;
            if (i + 1 < least || codes[row] == codes[sorted[i + 1]])
                continue;
            var gain = (leftSquares / leftWeight) + (rightSquares / (total - leftWeight)) - parent;
            if (gain > best.Bar)
                best.Take(column, row, sorted[i + 1], gain);
        }
    }
}
