namespace RadiogenomicsCloud.Validation;

/// <summary>How a pipeline is resampled. Zero leaves a part out.</summary>
/// <param name="BootstrapResamples">Bootstrap samples for the out-of-bag and optimism-corrected estimates; 0 or 10 … 100,000; default 500.</param>
/// <param name="Folds">Folds of the nested cross-validation, 2 … 50; default 5.</param>
/// <param name="Repeats">Repeats of the nested cross-validation; 0 … 10,000; default 10.</param>
/// <param name="OuterResamples">Bootstrap samples in which the whole procedure is run again for its interval; 0 or 10 … 10,000; default 100.</param>
/// <param name="InnerResamples">Bootstrap samples within each of those, 2 … 1,000; default 10.</param>
/// <param name="InnerRepeats">Repeats of the nested cross-validation within each of those, 2 … 100; default 2.</param>
/// <param name="Level">Coverage of the intervals, in (0.5, 1); default 0.95.</param>
public sealed record ResamplingOptions(
    int BootstrapResamples = 500,
    int Folds = 5,
    int Repeats = 10,
    int OuterResamples = 100,
    int InnerResamples = 10,
    int InnerRepeats = 2,
    double Level = 0.95)
{
    /// <exception cref="BadInputException">An option is outside its range.</exception>
    public void Check()
    {
        Range(nameof(BootstrapResamples), BootstrapResamples, 10, 100_000, zeroAllowed: true);
        Range(nameof(Folds), Folds, 2, 50, zeroAllowed: false);
        Range(nameof(Repeats), Repeats, 0, 10_000, zeroAllowed: true);
        Range(nameof(OuterResamples), OuterResamples, 10, 10_000, zeroAllowed: true);
        Range(nameof(InnerResamples), InnerResamples, 2, 1_000, zeroAllowed: false);
        Range(nameof(InnerRepeats), InnerRepeats, 2, 100, zeroAllowed: false);
        if (!(Level is > 0.5 and < 1))
        {
            throw new BadInputException(
                "validation.option", $"The coverage of the intervals must lie between 0.5 and 1, not {Invariant(Level)}.", nameof(Level));
        }
        if (BootstrapResamples == 0 && Repeats == 0)
        {
            throw new BadInputException(
                "validation.option", "Validation needs bootstrap resamples or repeats of nested cross-validation; both are 0.", nameof(Repeats));
        }
    }

    private static void Range(string name, int value, int low, int high, bool zeroAllowed)
    {
        if ((value < low || value > high) && !(zeroAllowed && value == 0))
        {
            throw new BadInputException(
                "validation.option", $"{name} must be {(zeroAllowed ? "0 or " : "")}{Invariant(low)} to {Invariant(high)}, not {Invariant(value)}.", name);
        }
    }

    private static string Invariant(IFormattable value) => value.ToString(null, System.Globalization.CultureInfo.InvariantCulture);
}
