namespace RadiogenomicsCloud.Learning;

/// <summary>Logistic regression; probabilities nearer than 1e-9 to 0 or 1 are taken for these, as glmnet does.</summary>
internal sealed class BinomialFamily : PathFamily
{
    public const double LeastProbability = 1e-9;

    private static readonly double GreatestLogit = Math.Log((1 / LeastProbability) - 1);

    private readonly double[] weights;
    private readonly double[] outcome;        // 1 for the event
    private readonly double[] probability;
    private readonly double nullIntercept;

    public BinomialFamily(StandardisedDesign design, ReadOnlySpan<bool> events)
    {
        weights = design.Weights;
        outcome = new double[design.Stride];
        probability = new double[design.Stride];
        RowCount = design.RowCount;
        for (var i = 0; i < RowCount; i++)
            outcome[i] = events[i] ? 1 : 0;
        var prevalence = PaddedKernels.Dot(weights, outcome);
        if (prevalence <= LeastProbability || prevalence >= 1 - LeastProbability)
            throw new BadInputException("learning.one_class", "All training rows have the same outcome; a model needs both classes.");
        nullIntercept = Math.Log(prevalence / (1 - prevalence));
        NullLoss = -((nullIntercept * prevalence) + Math.Log(1 - prevalence));
    }

    public override double NullLoss { get; }

    public override double LeastVariance => (1 + LeastProbability) * LeastProbability * (1 - LeastProbability);

    private int RowCount { get; }

    public override double NullIntercept(int score) => nullIntercept;

    public override bool IsSpent(double devianceRatio, double before, double fourBefore) => devianceRatio - before < 1e-5;

    public override void MoveTo(double[][] linear)
    {
        var scores = linear[0];
        for (var i = 0; i < RowCount; i++)
            probability[i] = scores[i] < -GreatestLogit ? 0 : scores[i] > GreatestLogit ? 1 : 1 / (1 + Math.Exp(-scores[i]));
    }

    public override void Approximate(int score, Span<double> residual, Span<double> variance)
    {
        for (var i = 0; i < RowCount; i++)
        {
            variance[i] = weights[i] * probability[i] * (1 - probability[i]);
            residual[i] = weights[i] * (outcome[i] - probability[i]);
        }
    }

    public override double Loss()
    {
        var sum = 0.0;
        for (var i = 0; i < RowCount; i++)
        {
            var p = Math.Clamp(probability[i], LeastProbability, 1 - LeastProbability);
            sum -= weights[i] * Math.Log(outcome[i] > 0 ? p : 1 - p);
        }
        return sum;
    }
}
