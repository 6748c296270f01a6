namespace RadiogenomicsCloud.Validation;

/// <summary>A way of estimating what a pipeline is worth on cases that it has not seen.</summary>
/// <param name="Name">In <c>performance.json</c> and <c>predictions.csv</c>.</param>
/// <param name="Own">Its fits in the cohort.</param>
/// <param name="Outer">Its fits in the outer bootstrap samples.</param>
internal sealed record Scheme(string Name, ResampleKind Own, ResampleKind Outer)
{
    public static readonly Scheme OutOfBag = new("out_of_bag", ResampleKind.Bootstrap, ResampleKind.OuterBootstrap);

    /// <summary>All, in the order in which the first that a plan has leads.</summary>
    public static readonly IReadOnlyList<Scheme> All =
    [
        OutOfBag,
        new("nested_cv", ResampleKind.CrossValidation, ResampleKind.OuterCrossValidation),
        new("leave_one_site_out", ResampleKind.LeaveSiteOut, ResampleKind.OuterLeaveSiteOut),
        new("hold_out", ResampleKind.HoldOut, ResampleKind.OuterHoldOut),
    ];

    public static IReadOnlyList<Scheme> Of(ResamplingPlan plan) => [.. All.Where(s => s.Resamples(plan) > 0)];

    /// <summary>Resamples (samples, repeats) in the cohort; each has a value of its own.</summary>
    public int Resamples(ResamplingPlan plan) => Own switch
    {
        ResampleKind.Bootstrap => plan.Options.BootstrapResamples,
        ResampleKind.CrossValidation => plan.Options.Repeats,
        ResampleKind.LeaveSiteOut => plan.Sites.Count > 0 ? 1 : 0,
        _ => plan.Options.HoldOut is null ? 0 : 1,
    };

    /// <summary>Resamples in each outer sample.</summary>
    public int InnerResamples(ResamplingPlan plan) => Own switch
    {
        ResampleKind.Bootstrap => plan.InnerResamples,
        ResampleKind.CrossValidation => plan.InnerRepeats,
        _ => Resamples(plan),
    };

    /// <summary>What is run in each outer sample, for the description of an interval; null where it is the scheme itself, once.</summary>
    public string? Inner(ResamplingPlan plan) => Own switch
    {
        ResampleKind.Bootstrap => ResamplingIntervals.InnerBootstrap(plan),
        ResampleKind.CrossValidation => ResamplingIntervals.InnerFolds(plan),
        _ => null,
    };
}
