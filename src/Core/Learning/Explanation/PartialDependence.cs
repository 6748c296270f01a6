using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>How the predictions of a model change with one column, all others as they are.</summary>
/// <param name="Values">Values that the column was given, ascending.</param>
/// <param name="Means">For each value the mean over the rows of each number of a prediction (see <see cref="Predictions"/>).</param>
public sealed record PartialDependenceCurve(string Column, IReadOnlyList<double> Values, IReadOnlyList<IReadOnlyList<double>> Means);

/// <summary>
/// Partial dependence of any model (Friedman, Ann Stat 2001, 29:1189): every row is scored as if the column had one value, and the predictions are averaged.
/// It says what the model does, not what nature does, and with correlated columns looks at rows that cannot exist.
/// </summary>
public static class PartialDependence
{
    /// <summary>The curve at given values of the column; a model that does not read it has the same mean at all.</summary>
    /// <param name="rows">They may lack the column where the model does not read it.</param>
    public static PartialDependenceCurve At(
        IScoringModel model, Predictors rows, string column, IReadOnlyList<double> grid, IReadOnlyList<double> times, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(grid);
        var read = rows.SelectColumns(rows.IndexesOf(model.Columns));
        var at = read.Columns.ToList().IndexOf(column);
        var means = new double[grid.Count][];
        for (var g = 0; g < means.Length; g++)
        {
            cancel.ThrowIfCancellationRequested();
            if (at < 0 && g > 0)
            {
                means[g] = means[0];
                continue;
            }
            var values = read.All.ToArray();
            if (at >= 0)
                values.AsSpan(at * rows.RowCount, rows.RowCount).Fill(grid[g]);
            var predictions = model.Predict(read.With(read.Columns, values), times);
            means[g] = new double[predictions.Width];
            for (var r = 0; r < predictions.RowCount; r++)
            {
                var row = predictions.Row(r);
                for (var k = 0; k < row.Length; k++)
                    means[g][k] += row[k] / predictions.RowCount;
            }
        }
        return new(column, grid, means);
    }
}
