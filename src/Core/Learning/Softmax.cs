namespace RadiogenomicsCloud.Learning;

/// <summary>Probabilities from linear predictors of classes.</summary>
internal static class Softmax
{
    /// <summary>Replaces each η by exp η / Σ exp η; −∞ is a class that cannot be.</summary>
    public static void Apply(Span<double> scores)
    {
        var greatest = double.NegativeInfinity;
        foreach (var score in scores)
            greatest = Math.Max(greatest, score);
        var sum = 0.0;
        for (var k = 0; k < scores.Length; k++)
            sum += scores[k] = Math.Exp(scores[k] - greatest);
        for (var k = 0; k < scores.Length; k++)
            scores[k] /= sum;
    }
}
