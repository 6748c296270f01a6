using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Validation;

/// <summary>How a measure's interval is made, and between which values it lies.</summary>
public enum MeasureScale
{
    /// <summary>From 0 to 1; the interval is symmetric on the logit scale.</summary>
    Proportion,

    /// <summary>From 0 to 1; the interval is symmetric.</summary>
    UnitInterval,

    /// <summary>From −1 to 1; the interval is symmetric.</summary>
    SignedUnit,

    /// <summary>At most 1, and below 0 where a model is worse than none; the interval is symmetric.</summary>
    AtMostOne,

    /// <summary>At least 0; the interval is symmetric.</summary>
    NotNegative,

    /// <summary>Any number, with a variance that need not exist (a slope can be very large by chance); the interval is of percentiles.</summary>
    Unbounded,
}

/// <summary>What a measure needs beside predictions and outcome.</summary>
public enum MeasureParameter
{
    None,

    /// <summary>A time.</summary>
    Horizon,

    /// <summary>A probability from which on something would be done.</summary>
    Threshold,

    /// <summary>One of several classes, by its place among the labels.</summary>
    Class,
}

/// <summary>
/// One measure of what predictions of unseen cases are worth: an entry of <see cref="MeasureRegistry"/>, and all that resampling, report and
/// documentation know of it.
/// </summary>
/// <param name="Name">In <c>performance.json</c>.</param>
/// <param name="Title">In tables and figures.</param>
/// <param name="Kind">The endpoint that it is of.</param>
/// <param name="Description">One sentence: what it is, how folds are put together, and the source where it has one.</param>
public sealed record Measure(string Name, string Title, EndpointKind Kind, MeasureScale Scale, string Description)
{
    /// <summary>The value that cannot be bettered.</summary>
    public required double Ideal { get; init; }

    /// <summary>The value of a model that knows nothing, where it has one.</summary>
    public double? NoInformation { get; init; }

    public MeasureParameter Parameter { get; init; }

    /// <summary>
    /// Made of all held-out predictions of a scheme together, each fit weighing the same, rather than of each resample by itself: for measures
    /// that few cases do not have (a slope where the classes separate).
    /// </summary>
    public bool Stacked { get; init; }

    /// <summary>Whether predictor sets are compared by it.</summary>
    public bool Compared { get; init; }

    /// <summary>Not listed among the estimates: made into a figure of its own.</summary>
    public bool FigureOnly { get; init; }

    /// <summary>
    /// The value for the parts of one resample (the folds of a repeat, the sites, or a single one); NaN where it does not exist. Cases of different
    /// parts were scored by different models and are never compared with each other.
    /// </summary>
    internal Func<IReadOnlyList<HeldOut>, double, double> Of { get; init; } = (_, _) => double.NaN;

    /// <summary>Where the measure is another one put differently: a function of that one's value, which its interval follows too.</summary>
    internal Derivation? From { get; init; }

    /// <summary>A ratio of two sums over parts.</summary>
    internal static Func<IReadOnlyList<HeldOut>, double, double> Ratio(Func<HeldOut, double, (double Sum, double Count)> parts) => (held, parameter) =>
    {
        double sum = 0, count = 0;
        foreach (var one in held)
        {
            var part = parts(one, parameter);
            (sum, count) = (sum + part.Sum, count + part.Count);
        }
        return sum / count;
    };
}

/// <param name="Measure">Name of the measure that it is made of.</param>
/// <param name="Value">From that one's value and the outcomes of the cohort.</param>
/// <param name="Note">Added to the description of the interval.</param>
internal sealed record Derivation(string Measure, Func<double, Endpoint, double> Value, string Note)
{
    /// <summary>The value and both limits put differently.</summary>
    public (double Value, Interval? Interval) Apply((double Value, Interval? Interval) of, Endpoint cohort)
    {
        var value = Value(of.Value, cohort);
        if (of.Interval is not { } interval)
            return (value, null);
        double a = Value(interval.Low, cohort), b = Value(interval.High, cohort);
        return (value, interval with { Low = Math.Min(a, b), High = Math.Max(a, b), Method = $"{interval.Method}; {Note}" });
    }
}
