using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// The likelihood-ratio test of predictors that one plain regression has beyond another, of the same rows and endpoint: twice the difference of the
/// log likelihoods by χ², as R's <c>anova(smaller, larger, test = "LRT")</c> of <c>glm</c> and <c>coxph</c>.
/// </summary>
/// <param name="Statistic">χ²; at least 0.</param>
/// <param name="DegreesOfFreedom">How many parameters more the larger model has.</param>
public sealed record LikelihoodRatioTest(double Statistic, int DegreesOfFreedom, double PValue)
{
    /// <exception cref="ArgumentException">The larger model has no more parameters, lacks one of the smaller, or was fitted to other rows.</exception>
    public static LikelihoodRatioTest Of(Inference smaller, Inference larger)
    {
        ArgumentNullException.ThrowIfNull(smaller);
        ArgumentNullException.ThrowIfNull(larger);
        if (smaller.Observations != larger.Observations || smaller.Terms.Except(larger.Terms, StringComparer.Ordinal).Any())
            throw new ArgumentException("The models are not nested in the same rows.", nameof(smaller));
        var degrees = larger.Parameters - smaller.Parameters;
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1, nameof(larger));
        var statistic = Math.Max(0, 2 * (larger.LogLikelihood - smaller.LogLikelihood));
        return new(statistic, degrees, ChiSquare.UpperTail(statistic, degrees));
    }
}
