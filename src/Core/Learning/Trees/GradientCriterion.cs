namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Decrease of the second-order expansion of a penalised loss (Chen and Guestrin, KDD 2016, equation 7, without its factor ½ and before γ):
/// G²/(H + λ) of the sides less that of the node.
/// </summary>
/// <param name="gradient">First derivative of the loss of each row by its score.</param>
/// <param name="hessian">Second derivative.</param>
/// <param name="least">Least sum of second derivatives of a side.</param>
internal sealed class GradientCriterion(double[] gradient, double[] hessian, double lambda, double least) : SplitCriterion
{
    /// <summary>Gains of no more than this are none, as in XGBoost.</summary>
    private const double Floor = 1e-6;

    private double sum, curvature;

    public override double Begin(ReadOnlySpan<int> rows)
    {
        sum = curvature = 0;
        foreach (var row in rows)
        {
            sum += gradient[row];
            curvature += hessian[row];
        }
        return Floor;
    }

    public override void Scan(int column, ReadOnlySpan<int> sorted, ReadOnlySpan<int> codes, int least, ref Cut best)
    {
        var node = sum * sum / (curvature + lambda);
        double left = 0, leftCurvature = 0;
        var last = sorted.Length - least;
        for (var i = 0; i < last; i++)
        {
            var row = sorted[i];
            left += gradient[row];
            leftCurvature += hessian[row];
            if (i + 1 < least || codes[row] == codes[sorted[i + 1]])
                continue;
            var (right, rightCurvature) = (sum - left, curvature - leftCurvature);
            if (leftCurvature < LeastCurvature || rightCurvature < LeastCurvature)
                continue;
            var gain = (left * left / (leftCurvature + lambda)) + (right * right / (rightCurvature + lambda)) - node;
            if (gain > best.Bar)
                best.Take(column, row, sorted[i + 1], gain);
        }
    }

    private double LeastCurvature { get; } = Math.Max(least, 1e-12);
}

/// <summary>The sums of derivatives of each leaf.</summary>
internal sealed class GradientLeaves(double[] gradient, double[] hessian) : LeafValues
{
    private readonly List<double> sums = [];

    public override int Width => 2;

    public override double[] Values => [.. sums];

    public override void Add(ReadOnlySpan<int> rows)
    {
        double sum = 0, curvature = 0;
        foreach (var row in rows)
        {
            sum += gradient[row];
            curvature += hessian[row];
        }
        sums.Add(sum);
        sums.Add(curvature);
    }
}
