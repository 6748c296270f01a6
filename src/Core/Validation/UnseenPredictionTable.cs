using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Validation;

/// <summary>A case in a resample in which it was unseen, as <c>predictions.csv</c> has it.</summary>
/// <param name="TableRow">Number of the row in the table.</param>
/// <param name="Method">The scheme: <c>out_of_bag</c>, <c>nested_cv</c>, <c>leave_one_site_out</c> or <c>hold_out</c>.</param>
/// <param name="Resample">Number of the bootstrap sample or of the repeat, from 0.</param>
/// <param name="Predicted">The numbers of its row of <see cref="Predictions"/>.</param>
public sealed record UnseenPrediction(RowId Row, int TableRow, string Method, int Resample, IReadOnlyList<double> Predicted);

/// <summary>Lists the predictions of unseen cases.</summary>
public static class UnseenPredictionTable
{
    /// <summary>In plan order, then table order; outer samples and permutations are not in it.</summary>
    /// <exception cref="ArgumentException">A result is of other rows than the plan holds out: the model may have seen them.</exception>
    public static IEnumerable<UnseenPrediction> Rows(ResamplingPlan plan, IReadOnlyList<ResampleResult> results)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(results);
        var schemes = Scheme.All.ToDictionary(s => s.Own);
        foreach (var result in results.OrderBy(r => r.Unit))
        {
            var unit = plan.Unit(result.Unit);
            if (!schemes.TryGetValue(unit.Kind, out var scheme) || result.HeldOut(plan, unit) is not { } held)
                continue;
            for (var i = 0; i < result.Rows.Length; i++)
                yield return new UnseenPrediction(plan.Rows[result.Rows[i]], result.Rows[i], scheme.Name, unit.Resample, held.Predictions.Row(i).ToArray());
        }
    }
}
