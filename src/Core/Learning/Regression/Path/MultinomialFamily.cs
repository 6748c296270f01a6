namespace RadiogenomicsCloud.Learning;

/// <summary>Multinomial regression with one linear predictor a class (no reference class), as glmnet's <c>type.multinomial = "ungrouped"</c>.</summary>
internal sealed class MultinomialFamily : PathFamily
{
    private const double LeastProbability = 1e-9;

    private readonly StandardisedDesign design;
    private readonly int[] classes;
    private readonly double[][] probability;  // one array of rows a class
    private readonly double[] nullIntercepts;

    /// <param name="classes">Of each row from 0 to <paramref name="count"/> − 1; every class occurs.</param>
    public MultinomialFamily(StandardisedDesign design, ReadOnlySpan<int> classes, int count)
    {
        (this.design, this.classes) = (design, classes.ToArray());
        ScoreCount = count;
        probability = new double[count][];
        nullIntercepts = new double[count];
        for (var k = 0; k < count; k++)
            probability[k] = new double[design.Stride];
        for (var i = 0; i < classes.Length; i++)
            nullIntercepts[classes[i]] += design.Weights[i];
        foreach (var share in nullIntercepts)
        {
            if (share < LeastProbability || share > 1 - LeastProbability)
                throw new BadInputException("learning.one_class", "A class has no training row, or all of them; a model needs two classes at least.");
            NullLoss -= share * Math.Log(share);
        }
        for (var k = 0; k < count; k++)
            nullIntercepts[k] = Math.Log(nullIntercepts[k]);
        var mean = nullIntercepts.Average();
        for (var k = 0; k < count; k++)
            nullIntercepts[k] -= mean;
    }

    public override int ScoreCount { get; }

    public override double NullLoss { get; }

    public override double LeastVariance => LeastProbability;

    public override double NullIntercept(int score) => nullIntercepts[score];

    public override bool IsSpent(double devianceRatio, double before, double fourBefore) => devianceRatio - before < 1e-5;

    public override void MoveTo(double[][] linear)
    {
        for (var i = 0; i < classes.Length; i++)
        {
            var greatest = double.NegativeInfinity;
            foreach (var scores in linear)
                greatest = Math.Max(greatest, scores[i]);
            var sum = 0.0;
            for (var k = 0; k < linear.Length; k++)
                sum += probability[k][i] = Math.Exp(linear[k][i] - greatest);
            for (var k = 0; k < linear.Length; k++)
                probability[k][i] /= sum;
        }
    }

    public override void Approximate(int score, Span<double> residual, Span<double> variance)
    {
        var p = probability[score];
        for (var i = 0; i < classes.Length; i++)
        {
            variance[i] = design.Weights[i] * p[i] * (1 - p[i]);
            residual[i] = design.Weights[i] * ((classes[i] == score ? 1 : 0) - p[i]);
        }
    }

    public override double Loss()
    {
        var sum = 0.0;
        for (var i = 0; i < classes.Length; i++)
            sum -= design.Weights[i] * Math.Log(Math.Max(probability[classes[i]][i], LeastProbability));
        return sum;
    }
}
