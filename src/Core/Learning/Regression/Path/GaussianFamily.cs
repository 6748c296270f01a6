namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Least squares; the loss is half the mean square. As glmnet does, the ridge part of the penalty is that of an outcome in units of its standard
/// deviation s, λ(1−α)‖β‖²/(2s).
/// </summary>
internal sealed class GaussianFamily : PathFamily
{
    private readonly double[] weights;
    private readonly double[] outcome;
    private readonly double[] difference;
    private readonly double mean;

    public GaussianFamily(StandardisedDesign design, ReadOnlySpan<double> values)
    {
        weights = design.Weights;
        outcome = new double[design.Stride];
        difference = new double[design.Stride];
        values.CopyTo(outcome);
        mean = PaddedKernels.Dot(weights, outcome);
        for (var i = 0; i < design.RowCount; i++)
            difference[i] = outcome[i] - mean;
        NullLoss = PaddedKernels.WeightedSquares(weights, difference) / 2;
        if (!(NullLoss > 0) || !double.IsFinite(NullLoss))
        {
            throw NullLoss == 0
                ? new BadInputException("learning.one_value", "All training rows have the same value of the endpoint; nothing can be learned.")
                : new BadInputException("learning.not_finite", "The endpoint has missing, infinite or too large values; rescale it.");
        }
    }

    public override bool IsQuadratic => true;

    public override double NullLoss { get; }

    public override double ThresholdUnit => 2 * NullLoss;

    /// <summary>glmnet counts λ in units of the outcome, and its ridge part after the outcome was divided by its standard deviation.</summary>
    public override double RidgeScale => 1 / Math.Sqrt(2 * NullLoss);

    public override double NullIntercept(int score) => mean;

    // glmnet's gaussian path asks for a gain relative to what is explained; the others for one of the null deviance.
    public override bool IsSpent(double devianceRatio, double before, double fourBefore) => devianceRatio - before < 1e-5 * devianceRatio;

    public override void MoveTo(double[][] linear)
    {
        for (var i = 0; i < difference.Length; i++)
            difference[i] = outcome[i] - linear[0][i];
    }

    public override void Approximate(int score, Span<double> residual, Span<double> variance)
    {
        weights.CopyTo(variance);
        for (var i = 0; i < difference.Length; i++)
            residual[i] = weights[i] * difference[i];
    }

    public override double Loss() => PaddedKernels.WeightedSquares(weights, difference) / 2;
}
