namespace RadiogenomicsCloud.Validation;

/// <summary>Corrections of an apparent measure for its optimism. Higher is better, and the measure of a model without information is known.</summary>
public static class OptimismCorrection
{
    /// <summary>
    /// Harrell (Stat Med 1996, 15:361): apparent − mean over bootstrap samples of (the measure of the sample's model on its own sample − on the cohort).
    /// </summary>
    public static double Harrell(double apparent, double meanOptimism) => apparent - meanOptimism;

    /// <summary>Efron (J Am Stat Assoc 1983, 78:316): 0.368 apparent + 0.632 out of bag.</summary>
    public static double Point632(double apparent, double outOfBag) => (0.368 * apparent) + (0.632 * outOfBag);

    /// <summary>
    /// Efron and Tibshirani (J Am Stat Assoc 1997, 92:548, eqs. 27–32), for a measure of which higher is better and <paramref name="noInformation"/>
    /// (γ) is the value of a model that knows nothing: ½ for AUCs and concordances, 0 for R² (predicting the mean for all). With o = max(out of
    /// bag, γ) and R = (apparent − o) / (apparent − γ), 0 unless γ ≤ o &lt; apparent, the weight is w = 0.632 / (1 − 0.368 R) and the estimate
    /// (1 − w) apparent + w o.
    /// </summary>
    public static double Point632Plus(double apparent, double outOfBag, double noInformation)
    {
        var limited = Math.Max(outOfBag, noInformation);
        var overfitting = apparent > noInformation && limited < apparent ? (apparent - limited) / (apparent - noInformation) : 0;
        var weight = 0.632 / (1 - (0.368 * overfitting));
        return ((1 - weight) * apparent) + (weight * limited);
    }
}
