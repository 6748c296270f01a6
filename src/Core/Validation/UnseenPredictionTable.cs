using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Validation;

/// <summary>One row of <c>predictions.csv</c>: a case in a resample in which it was unseen.</summary>
/// <param name="Method"><c>out_of_bag</c> or <c>nested_cv</c>.</param>
/// <param name="Resample">Number of the bootstrap sample or of the repeat, from 0.</param>
public sealed record UnseenPrediction(RowId Row, string Method, int Resample, double Probability, bool IsEvent);

/// <summary>Makes the rows of <c>predictions.csv</c>.</summary>
public static class UnseenPredictionTable
{
    /// <summary>In plan order, then table order; outer samples are not in it.</summary>
    public static IEnumerable<UnseenPrediction> Rows(ResamplingPlan plan, IReadOnlyList<ResampleResult> results)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(results);
        foreach (var result in results.OrderBy(r => r.Unit))
        {
            var unit = plan.Unit(result.Unit);
            if (unit.Kind is not (ResampleKind.Bootstrap or ResampleKind.CrossValidation))
                continue;
            var method = unit.Kind == ResampleKind.Bootstrap ? "out_of_bag" : "nested_cv";
            for (var i = 0; i < result.Rows.Length; i++)
            {
                var row = result.Rows[i];
                yield return new UnseenPrediction(plan.Rows[row], method, unit.Resample, result.Probabilities[i], plan.Endpoint.Values[row]);
            }
        }
    }
}
