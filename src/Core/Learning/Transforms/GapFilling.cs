using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>Fills each row's missing values from all that the row has, columns being in standard units.</summary>
internal static class GapFilling
{
    /// <param name="inputs">The columns that are read, each with its mean and standard deviation.</param>
    /// <param name="columns">Those of them that are filled and given back.</param>
    /// <param name="expected">From a row of the inputs in standard units, with NaN for what it lacks, what each input is expected to be.</param>
    public static Predictors Apply(
        Predictors predictors, IReadOnlyList<string> inputs, double[] means, double[] scales, string[] columns, Func<double[], Func<int, double>> expected)
    {
        var at = predictors.IndexesOf(inputs);
        var own = Values.Positions(inputs, columns);
        var rows = predictors.RowCount;
        var values = new double[checked(rows * columns.Length)];
        for (var c = 0; c < own.Length; c++)
            predictors.Column(at[own[c]]).CopyTo(values.AsSpan(c * rows, rows));
        var row = new double[at.Length];
        for (var r = 0; r < rows; r++)
        {
            Func<int, double>? known = null;
            for (var c = 0; c < own.Length; c++)
            {
                if (!double.IsNaN(values[(c * rows) + r]))
                    continue;
                known ??= expected(Standardised(r));
                values[(c * rows) + r] = means[own[c]] + (scales[own[c]] * known(own[c]));
            }
        }
        return predictors.With(columns, values);

        double[] Standardised(int r)
        {
            for (var i = 0; i < row.Length; i++)
                row[i] = (predictors.Column(at[i])[r] - means[i]) / scales[i];
            return row;
        }
    }
}
