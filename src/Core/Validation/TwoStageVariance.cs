namespace RadiogenomicsCloud.Validation;

/// <summary>
/// Sampling variance of a resampled estimate from a two-stage bootstrap: outer samples stand for other cohorts, in each the procedure is run
/// on a few inner resamples. A one-way random effects analysis of variance takes the inner Monte Carlo variance out (Cai et al.,
/// "Bootstrapping the cross-validation estimate", 2023; unbalanced form of Searle, Casella, McCulloch, Variance Components, 1992, 3.6).
/// </summary>
/// <param name="Between">Variance of the estimate between cohorts, were the inner resamples unlimited.</param>
/// <param name="Within">Variance of one inner resample.</param>
/// <param name="DegreesOfFreedom">Of <see cref="Between"/>, by Satterthwaite.</param>
internal readonly record struct TwoStageVariance(double Between, double Within, double DegreesOfFreedom)
{
    /// <summary>
    /// From values by outer sample; NaN values are left out. At least half of the variance of the outer means is kept, lest chance make the interval
    /// collapse. Null where fewer than ten outer samples have two values.
    /// </summary>
    public static TwoStageVariance? Estimate(IReadOnlyList<double[]> valuesByOuter)
    {
        var groups = valuesByOuter.Select(g => Array.FindAll(g, double.IsFinite)).Where(g => g.Length >= 2).ToArray();
        if (groups.Length < 10)
            return null;
        double total = 0, squares = 0, sum = 0;
        foreach (var group in groups)
        {
            total += group.Length;
            squares += (double)group.Length * group.Length;
            sum += group.Sum();
        }
        double mean = sum / total, between = 0, within = 0;
        foreach (var group in groups)
        {
            var groupMean = group.Sum() / group.Length;
            between += group.Length * (groupMean - mean) * (groupMean - mean);
            foreach (var value in group)
                within += (value - groupMean) * (value - groupMean);
        }
        double outerDf = groups.Length - 1, innerDf = total - groups.Length;
        var meanSquareBetween = between / outerDf;
        var meanSquareWithin = within / innerDf;
        var typicalSize = (total - (squares / total)) / outerDf;
        var component = Math.Max(meanSquareBetween - meanSquareWithin, meanSquareBetween / 2);
        var df = component * component
            / ((meanSquareBetween * meanSquareBetween / outerDf) + (meanSquareWithin * meanSquareWithin / innerDf));
        return new TwoStageVariance(component / typicalSize, meanSquareWithin, double.IsNaN(df) ? outerDf : Math.Min(df, outerDf));
    }
}
