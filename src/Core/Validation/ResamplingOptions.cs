using System.Globalization;

namespace RadiogenomicsCloud.Validation;

/// <summary>How a pipeline is resampled. Zero or null leaves a part out.</summary>
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
    /// <summary>Whether each site in turn is held out.</summary>
    public bool LeaveOneSiteOut { get; init; }

    public HoldOutOptions? HoldOut { get; init; }

    public PermutationOptions? Permutation { get; init; }

    /// <summary>How the cut-off of a binary endpoint's probability is fixed on the training rows of each fit.</summary>
    public CutOffOptions Threshold { get; init; } = new();

    /// <summary>Limits between categories of a binary endpoint's probability, ascending, within (0, 1); null where the study has none.</summary>
    public IReadOnlyList<double>? RiskCategories { get; init; }

    /// <summary>How the cut-off between a low and a high risk is fixed on the training rows of each fit, for survival.</summary>
    public RiskGroupRule RiskGroups { get; init; }

    /// <summary>Times at which survival is judged; empty takes the quartiles of the times of the events.</summary>
    public IReadOnlyList<double> Horizons { get; init; } = [];

    /// <exception cref="BadInputException">An option is outside its range, or nothing is asked for that gives an estimate on unseen cases.</exception>
    public void Check()
    {
        Range(nameof(BootstrapResamples), BootstrapResamples, 10, 100_000, zeroAllowed: true);
        Range(nameof(Folds), Folds, 2, 50, zeroAllowed: false);
        Range(nameof(Repeats), Repeats, 0, 10_000, zeroAllowed: true);
        Range(nameof(OuterResamples), OuterResamples, 10, 10_000, zeroAllowed: true);
        Range(nameof(InnerResamples), InnerResamples, 2, 1_000, zeroAllowed: false);
        Range(nameof(InnerRepeats), InnerRepeats, 2, 100, zeroAllowed: false);
        Require(Level is > 0.5 and < 1, nameof(Level), $"The coverage of the intervals must lie between 0.5 and 1, not {Level}.");
        if (HoldOut is { Column: null, Share: var share })
            Require(share is >= 0.05 and <= 0.8, nameof(HoldOut), $"The share of patients held out must lie between 0.05 and 0.8, not {share}.");
        if (Permutation is { } permutation)
        {
            Range(nameof(Permutation), permutation.Permutations, 19, 100_000, zeroAllowed: false);
            Range(nameof(Permutation), permutation.Fits, 2, 1_000, zeroAllowed: false);
        }
        if (Threshold is { Rule: ThresholdRule.Fixed, Value: var value })
            Require(value is > 0 and < 1, nameof(Threshold), $"A threshold is a probability between 0 and 1, not {value}.");
        if (RiskCategories is { } limits)
        {
            Require(
                limits.Count > 0 && limits.All(l => l is > 0 and < 1) && limits.Zip(limits.Skip(1)).All(pair => pair.First < pair.Second), nameof(RiskCategories),
                $"Limits of risk categories are ascending probabilities between 0 and 1, not {string.Join(", ", limits)}.");
        }
        Require(Horizons.Count <= 20, nameof(Horizons), $"{Horizons.Count} horizons are more than the 20 that a report can show.");
        foreach (var horizon in Horizons)
            Require(horizon > 0 && double.IsFinite(horizon), nameof(Horizons), $"A horizon is a positive time, not {horizon}.");
        Require(
            BootstrapResamples > 0 || Repeats > 0 || LeaveOneSiteOut || HoldOut is not null, nameof(Repeats),
            $"Validation needs bootstrap resamples, repeats of nested cross-validation, sites or a split to hold out; there are none.");
    }

    private static void Range(string name, int value, int low, int high, bool zeroAllowed) => Require(
        (value >= low && value <= high) || (zeroAllowed && value == 0), name, $"{name} must be {(zeroAllowed ? "0 or " : "")}{low} to {high}, not {value}.");

    private static void Require(bool condition, string name, FormattableString sentence)
    {
        if (!condition)
            throw new BadInputException("validation.option", sentence.ToString(CultureInfo.InvariantCulture), name);
    }
}

/// <summary>One split into training and held-out patients.</summary>
/// <param name="Share">Share of the patients held out, in every stratum of the outcome; taken no notice of where there is a column.</param>
/// <param name="Column">Column that names the part that a row belongs to (its texts come as the row attribute <c>hold_out</c>); null draws one.</param>
/// <param name="HeldOut">The text in that column of rows that are held out; all others are for training.</param>
public sealed record HoldOutOptions(double Share = 0.3, string? Column = null, string? HeldOut = null);

/// <summary>What is done again under each permutation of the outcomes.</summary>
public enum PermutationScheme
{
    /// <summary>One cross-validation.</summary>
    CrossValidation,

    /// <summary>Bootstrap samples, judged on the patients left out.</summary>
    OutOfBag,
}

/// <summary>
/// The label-permutation test of the whole pipeline: outcomes are dealt out anew to the patients, and everything that is learned is learned
/// again.
/// </summary>
/// <param name="Permutations">19 … 100,000; the least p-value is 1 / (this + 1).</param>
/// <param name="Fits">Folds of the cross-validation, or bootstrap samples, of each permutation.</param>
public sealed record PermutationOptions(int Permutations = 200, PermutationScheme Scheme = PermutationScheme.CrossValidation, int Fits = 5);

/// <summary>Where the threshold of a probability is put.</summary>
public enum ThresholdRule
{
    /// <summary>The share of events among the training rows.</summary>
    Prevalence,

    /// <summary>Where sensitivity + specificity is greatest on the training rows, by their apparent predictions.</summary>
    Youden,

    /// <summary>A number that the study gives.</summary>
    Fixed,
}

/// <param name="Value">Of <see cref="ThresholdRule.Fixed"/>.</param>
public sealed record CutOffOptions(ThresholdRule Rule = ThresholdRule.Prevalence, double Value = 0.5);

/// <summary>Where the cut-off of a risk is put.</summary>
public enum RiskGroupRule
{
    /// <summary>The median of the training rows' apparent risks.</summary>
    Median,

    /// <summary>Where the log-rank statistic of the training rows, by their apparent risks, is greatest with at least a tenth on each side.</summary>
    MaximallySelected,
}
