using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>The columns that have a value, missing ones in the place of their median: for looking at importance, never for a model.</summary>
internal static class MedianFilled
{
    /// <exception cref="BadInputException"><c>learning.infinite</c>.</exception>
    /// <returns>The table, and of each of its columns which one of the training set it is.</returns>
    public static (TreeTable Table, int[] Columns) Of(TrainingSet training, string learner)
    {
        var predictors = training.Predictors;
        var rows = predictors.RowCount;
        var (columns, values, buffer) = (new List<int>(), new List<double>(), new double[rows]);
        for (var c = 0; c < predictors.ColumnCount; c++)
        {
            if (predictors.Column(c).ContainsAny(double.PositiveInfinity, double.NegativeInfinity))
                throw Values.Infinite(predictors.Columns[c]);
            var present = Values.Present(predictors.Column(c), buffer);
            if (present.Length == 0)
                continue;
            var median = Quantiles.Median(present);
            columns.Add(c);
            foreach (var value in predictors.Column(c))
                values.Add(double.IsNaN(value) ? median : value);
        }
        string[] names = [.. columns.Select(c => predictors.Columns[c])];
        return (TreeTable.Of(training with { Predictors = predictors.With(names, [.. values]) }, learner), [.. columns]);
    }
}
