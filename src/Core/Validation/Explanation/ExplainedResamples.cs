namespace RadiogenomicsCloud.Validation;

/// <summary>One resample whose models are fitted again to be explained.</summary>
/// <param name="Outer">The outer sample; −1 for the cohort itself.</param>
/// <param name="Units">Its fits: one of a bootstrap sample, several of folds and sites.</param>
internal sealed record ExplainedResample(int Outer, int Resample, IReadOnlyList<ResampleUnit> Units);

/// <summary>
/// Which resamples are fitted again: the first of the leading scheme, and of every outer sample two inner bootstrap samples, so that their chance can be
/// told from that of the cohort, or one inner repeat of folds, sites or the split.
/// </summary>
internal static class ExplainedResamples
{
    private const int InnerBootstrap = 2;

    public static Scheme Leading(ResamplingPlan plan) => Scheme.Of(plan)[0];

    /// <summary>Inner resamples of each outer sample.</summary>
    public static int Inner(ResamplingPlan plan) =>
        plan.Options.OuterResamples == 0 ? 0 : Leading(plan).Own == ResampleKind.Bootstrap ? Math.Min(InnerBootstrap, plan.InnerResamples) : 1;

    /// <summary>In the order of the plan.</summary>
    /// <param name="most">Resamples of the cohort itself.</param>
    public static IReadOnlyList<ExplainedResample> Of(ResamplingPlan plan, int most)
    {
        var (scheme, inner) = (Leading(plan), Inner(plan));
        return
        [
            .. Enumerable.Range(0, plan.UnitCount).Select(plan.Unit)
                .Where(u => (u.Kind == scheme.Own && u.Resample < most) || (u.Kind == scheme.Outer && u.Resample < inner))
                .GroupBy(u => (u.Outer, u.Resample)).Select(g => new ExplainedResample(g.Key.Outer, g.Key.Resample, [.. g])),
        ];
    }

    /// <summary>One of several shares of about the same size, whose sum is the whole.</summary>
    public static IEnumerable<T> Part<T>(IReadOnlyList<T> all, int part, int parts) =>
        all.Where((_, place) => place % parts == part);
}
