using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>Weighted sums of columns.</summary>
internal static class LinearScore
{
    /// <exception cref="BadInputException">A value is missing or infinite, or so large that the sum is.</exception>
    public static double[] Of(Predictors predictors, string[] columns, double intercept, double[] coefficients)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        var at = predictors.IndexesOf(columns);
        var result = new double[predictors.RowCount];
        result.AsSpan().Fill(intercept);
        for (var k = 0; k < columns.Length; k++)
        {
            var values = predictors.Column(at[k]);
            for (var r = 0; r < result.Length; r++)
            {
                if (!double.IsFinite(values[r]))
                {
                    throw new BadInputException(
                        "learning.not_finite",
                        $"Column '{columns[k]}' is missing or infinite for case '{predictors.Rows[r].Case}'; impute it before the model.",
                        columns[k]);
                }
                result[r] += coefficients[k] * values[r];
            }
        }
        for (var r = 0; r < result.Length; r++)
        {
            if (!double.IsFinite(result[r]))
                throw new BadInputException("learning.overflow", $"Case '{predictors.Rows[r].Case}' has values too large to be scored; check their unit.");
        }
        return result;
    }

    /// <exception cref="BadInputException">A value of a training row is missing or infinite.</exception>
    public static void RefuseNotFinite(Predictors predictors, string learner)
    {
        for (var c = 0; c < predictors.ColumnCount; c++)
        {
            foreach (var value in predictors.Column(c))
            {
                if (!double.IsFinite(value))
                {
                    throw new BadInputException(
                        "learning.not_finite",
                        $"Column '{predictors.Columns[c]}' has a missing or infinite value; put median_imputation before '{learner}'.",
                        predictors.Columns[c]);
                }
            }
        }
    }
}
