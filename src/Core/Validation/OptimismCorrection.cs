namespace RadiogenomicsCloud.Validation;

/// <summary>Corrections of the apparent AUC for its optimism.</summary>
public static class OptimismCorrection
{
    /// <summary>AUC of a model without information.</summary>
    public const double NoInformation = 0.5;

    /// <summary>
    /// Harrell (Stat Med 1996, 15:361): apparent − mean over bootstrap samples of (AUC of the sample's model on its own sample − on the cohort).
    /// </summary>
    public static double Harrell(double apparent, double meanOptimism) => apparent - meanOptimism;

    /// <summary>Efron (J Am Stat Assoc 1983, 78:316): 0.368 apparent + 0.632 out of bag.</summary>
    public static double Point632(double apparent, double outOfBag) => (0.368 * apparent) + (0.632 * outOfBag);

    /// <summary>
    /// Efron and Tibshirani (J Am Stat Assoc 1997, 92:548, eqs. 27–32), for the AUC, where higher is better and no information is ½: with
    /// o = max(out of bag, ½) and R = (apparent − o) / (apparent − ½), 0 unless ½ ≤ o &lt; apparent, the weight is w = 0.632 / (1 − 0.368 R) and
    /// the estimate (1 − w) apparent + w o.
    /// </summary>
    public static double Point632Plus(double apparent, double outOfBag)
    {
        var limited = Math.Max(outOfBag, NoInformation);
        var overfitting = apparent > NoInformation && limited < apparent ? (apparent - limited) / (apparent - NoInformation) : 0;
        var weight = 0.632 / (1 - (0.368 * overfitting));
        return ((1 - weight) * apparent) + (weight * limited);
    }
}
