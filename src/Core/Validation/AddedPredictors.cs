using System.Globalization;
using RadiogenomicsCloud.Learning;

namespace RadiogenomicsCloud.Validation;

/// <summary>A predictor set with the model that was locked on it.</summary>
/// <param name="Missing">Whether a value of these columns is missing in some case.</param>
public sealed record LockedPredictors(string Set, IReadOnlyList<string> Columns, LockedModel Model, bool Missing);

/// <summary>
/// The likelihood-ratio test of what a predictor set adds to one within it, on the cases that the models were fitted on. It is valid for
/// maximum-likelihood models of predictors that were fixed before the outcomes were looked at, and is refused, with the reason, for all others
/// (Harrell, Regression Modeling Strategies, 2nd ed., 4.3 and 9.3): a penalty, a selection or weights that the outcomes shaped leave no χ².
/// </summary>
public static class AddedPredictors
{
    private const double FewInformativeAParameter = 10;

    /// <summary>Steps that never see the outcome and make each column of itself alone, so that sets stay within each other.</summary>
    private static readonly string[] Blind =
        [MedianImputation.RegistryName, ZScore.RegistryName, RobustScaling.RegistryName, RankNormal.RegistryName, Encode.RegistryName, NearZeroVariance.RegistryName, TopVariance.RegistryName];

    /// <summary>Every set within another, in the order of <paramref name="sets"/>; empty where there is none.</summary>
    /// <param name="model">The model's name in the study.</param>
    /// <param name="reweighted">The step that weighs or multiplies rows; null where there is none.</param>
    public static IReadOnlyList<AddedPredictorsTest> Test(ResamplingPlan plan, string model, IReadOnlyList<LockedPredictors> sets, string? reweighted)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(sets);
        var tests = new List<AddedPredictorsTest>();
        foreach (var larger in sets)
        {
            foreach (var smaller in sets)
            {
                if (smaller.Columns.Count < larger.Columns.Count && !smaller.Columns.Except(larger.Columns, StringComparer.Ordinal).Any())
                    tests.Add(Test(plan, model, smaller, larger, reweighted));
            }
        }
        return tests;
    }

    private static AddedPredictorsTest Test(ResamplingPlan plan, string model, LockedPredictors smaller, LockedPredictors larger, string? reweighted)
    {
        var test = new AddedPredictorsTest(model, smaller.Set, larger.Set);
        if ((Refusal(plan, smaller.Model, reweighted) ?? Refusal(plan, larger.Model, reweighted)) is { } refusal)
            return test with { Refusal = refusal };
        var (of, with) = (InferenceOf(smaller.Model)!, InferenceOf(larger.Model)!);
        if (of.Observations != with.Observations || of.Terms.Except(with.Terms, StringComparer.Ordinal).Any())
            return test with { Refusal = "the fitted models are not nested: columns of the smaller set depend on others, or were left out, in the larger" };
        if (with.Parameters == of.Parameters)
            return test with { Refusal = "the larger set adds no column that does not depend on those of the smaller" };
        var result = LikelihoodRatioTest.Of(of, with);
        return test with
        {
            ChiSquare = result.Statistic,
            DegreesOfFreedom = result.DegreesOfFreedom,
            PValue = result.PValue,
            Caution = Caution(plan, with, larger.Missing),
        };
    }

    private static string? Refusal(ResamplingPlan plan, LockedModel locked, string? reweighted)
    {
        var pipeline = locked.Pipeline;
        if (InferenceOf(locked) is null)
            return "it needs regression without penalty, fitted by maximum likelihood as the last step";
        if (pipeline.Tuning is not null || pipeline.Choice is not null)
            return "options were tuned on the outcomes";
        if (reweighted is not null)
            return $"'{reweighted}' weighs or multiplies cases, so that the likelihood is not that of the cases";
        if (pipeline.Steps.FirstOrDefault(s => !Blind.Contains(s.Kind, StringComparer.Ordinal)) is { } step)
            return $"'{step.Kind}' chooses or makes predictors from the data, so that the models were not fixed beforehand";
        return plan.Rows.Select(r => r.Subject).Distinct().Count() < plan.Rows.Count ? "some patients have several cases, which the likelihood takes as independent" : null;
    }

    private static Inference? InferenceOf(LockedModel locked) => locked.Pipeline.Model switch
    {
        FittedRegression regression => regression.Inference,
        FittedMultinomial { Kind: PlainRegression.RegistryName } multinomial => multinomial.Inference,
        _ => null,
    };

    private static string? Caution(ResamplingPlan plan, Inference larger, bool missing)
    {
        var sentences = new List<string>();
        if (plan.RarerClassSubjects < FewInformativeAParameter * larger.Parameters)
        {
            sentences.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{plan.RarerClassSubjects} informative patients for {larger.Parameters} parameters: p from χ² is too small in samples of this size."));
        }
        if (missing)
            sentences.Add("Missing values were filled in, and the test takes them as measured.");
        return sentences.Count == 0 ? null : string.Join(' ', sentences);
    }
}
