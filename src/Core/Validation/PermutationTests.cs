using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Validation;

/// <summary>Makes the <see cref="PermutationResult"/> of a plan's results.</summary>
internal static class PermutationTests
{
    private const double Upper = 0.95;

    /// <summary>
    /// Null where the plan has no permutations, or the outcomes as they are gave no value. The value of the outcomes as they are is made in the very way
    /// of the others, so that under the hypothesis all are exchangeable and p is valid whatever the scheme (Phipson, Smyth, Stat Appl
    /// Genet Mol Biol 2010, 9:39).
    /// </summary>
    public static PermutationResult? Make(ResampleScores scores, ResamplingPlan plan)
    {
        if (plan.Options.Permutation is not { } options)
            return null;
        var measure = scores.Leading;
        var values = Enumerable.Range(0, options.Permutations + 1).Select(p => Value(measure, options.Scheme, scores.Parts(ResampleKind.Permutation, -1, p))).ToArray();
        if (!double.IsFinite(values[0]))
            return null;
        var dealt = values[1..];
        var known = Array.FindAll(dealt, double.IsFinite);
        // All leading measures are better when higher.
        var asExtreme = PermutationTest.Extreme(values[0], dealt);
        return new(
            measure.Name, options.Scheme == PermutationScheme.OutOfBag ? "out_of_bag" : "cross_validation", values[0], dealt.Length, asExtreme,
            PermutationTest.PValue(asExtreme, dealt.Length), Moments.Mean(known), Quantiles.Quantile(known, Upper));
    }

    private static double Value(Measure measure, PermutationScheme scheme, IReadOnlyList<HeldOut>? parts) => parts is null
        ? double.NaN
        : scheme == PermutationScheme.OutOfBag
            ? EstimateList.FiniteMean([.. parts.Select(p => measure.Of([p], double.NaN))])
            : measure.Of(parts, double.NaN);
}
