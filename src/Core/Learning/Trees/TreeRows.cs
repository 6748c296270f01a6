using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>Rows to be scored, one after the other, as values of the columns that trees read.</summary>
internal sealed class TreeRows(Predictors predictors, string[] columns)
{
    private readonly int[] at = predictors.IndexesOf(columns);
    private readonly double[] row = new double[columns.Length];

    public int Count => predictors.RowCount;

    /// <summary>The values of a row, valid until the next is read; a missing or infinite one is a <see cref="BadInputException"/>.</summary>
    public ReadOnlySpan<double> Read(int index)
    {
        var all = predictors.All;
        var count = predictors.RowCount;
        for (var k = 0; k < row.Length; k++)
        {
            row[k] = all[(at[k] * count) + index];
            if (!double.IsFinite(row[k]))
            {
                throw new BadInputException(
                    "learning.not_finite",
                    $"Column '{columns[k]}' is missing or infinite for case '{predictors.Rows[index].Case}'; impute it before the model.",
                    columns[k]);
            }
        }
        return row;
    }
}
