using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// The columns that a model reads, and z = (x − centre) / scale of each. Columns that are constant over the training rows say nothing and are
/// not among them.
/// </summary>
internal sealed class ColumnScaling
{
    private readonly string[] columns;
    private readonly double[] centres;
    private readonly double[] scales;

    /// <param name="scales">Positive.</param>
    public ColumnScaling(string[] columns, double[] centres, double[] scales) => (this.columns, this.centres, this.scales) = (columns, centres, scales);

    public IReadOnlyList<string> Columns => columns;

    public ReadOnlySpan<double> Centres => centres;

    public ReadOnlySpan<double> Scales => scales;

    /// <summary>Mean and sample standard deviation (n − 1), as R's <c>scale</c>; centre 0 and scale 1 unless <paramref name="standardise"/>.</summary>
    /// <exception cref="BadInputException">A value is missing or infinite, or too large to be squared.</exception>
    public static ColumnScaling Fit(Predictors predictors, string learner, bool standardise = true)
    {
        var columns = new List<string>(predictors.ColumnCount);
        var (centres, scales) = (new List<double>(predictors.ColumnCount), new List<double>(predictors.ColumnCount));
        for (var c = 0; c < predictors.ColumnCount; c++)
        {
            var values = predictors.Column(c);
            RefuseNotFinite(predictors, c, learner);
            if (values.IsEmpty || values.IndexOfAnyExcept(values[0]) < 0)
                continue;
            var (mean, deviation) = (Moments.Mean(values), Math.Sqrt(Moments.SampleVariance(values)));
            if (!double.IsFinite(mean) || !double.IsFinite(deviation))
                throw TooLarge(predictors.Columns[c]);
            // Differences so small that their squares vanish: as good as constant.
            if (!(deviation > 0))
                continue;
            columns.Add(predictors.Columns[c]);
            centres.Add(standardise ? mean : 0);
            scales.Add(standardise ? deviation : 1);
        }
        return new([.. columns], [.. centres], [.. scales]);
    }

    /// <summary>The scaled rows of a table.</summary>
    /// <exception cref="BadInputException">A column is absent, or a value missing or infinite; it names column and case.</exception>
    public RowMatrix Apply(Predictors predictors)
    {
        var at = predictors.IndexesOf(columns);
        var rows = new RowMatrix(predictors.RowCount, columns.Length);
        for (var c = 0; c < columns.Length; c++)
        {
            var values = predictors.Column(at[c]);
            for (var r = 0; r < values.Length; r++)
            {
                if (!double.IsFinite(values[r]))
                    throw NotFinite(columns[c], predictors.Rows[r]);
                rows.Row(r)[c] = (values[r] - centres[c]) / scales[c];
            }
        }
        return rows;
    }

    public object ToJson() => new { columns, centres, scales };

    public static ColumnScaling Read(JsonElement json)
    {
        var columns = PlainJson.Names(json, "columns");
        var scales = PlainJson.Numbers(json, "scales", columns.Length);
        return Array.TrueForAll(scales, s => s > 0)
            ? new(columns, PlainJson.Numbers(json, "centres", columns.Length), scales)
            : throw PlainJson.Invalid("scales", "holds a scale that is not positive");
    }

    /// <exception cref="BadInputException">A value of the column is missing or infinite.</exception>
    public static void RefuseNotFinite(Predictors predictors, int column, string learner)
    {
        foreach (var value in predictors.Column(column))
        {
            if (!double.IsFinite(value))
            {
                throw new BadInputException(
                    "learning.not_finite",
                    $"Column '{predictors.Columns[column]}' has a missing or infinite value; put median_imputation before '{learner}'.",
                    predictors.Columns[column]);
            }
        }
    }

    public static BadInputException NotFinite(string column, RowId row) => new(
        "learning.not_finite", $"Column '{column}' is missing or infinite for case '{row.Case}'; impute it before the model.", column);

    public static BadInputException TooLarge(string column) =>
        new("learning.too_large", $"Column '{column}' has values too large to be modelled; rescale it before the model.", column);

    /// <exception cref="BadInputException">A prediction is no number, because values of the row overflowed.</exception>
    public static Predictions Checked(Predictions predictions, Predictors predictors)
    {
        for (var r = 0; r < predictions.RowCount; r++)
        {
            foreach (var value in predictions.Row(r))
            {
                if (!double.IsFinite(value))
                    throw new BadInputException("learning.overflow", $"Case '{predictors.Rows[r].Case}' has values too large to be scored; check their unit.");
            }
        }
        return predictions;
    }
}
