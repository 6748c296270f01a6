using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Puts in place of a missing value (NaN) the mean of its column over the <c>k</c> nearest training rows that have it. Distance is the root
/// mean square difference over the columns that both rows have, standardised over the training rows; equally near rows count in the order
/// of their ids. Where training has no gaps that is R's <c>caret::preProcess(method = "knnImpute")</c> (which leaves values standardised and
/// takes complete training rows only). A row that shares no column with any that has the value gets the training mean; a column that is
/// missing in every training row is dropped. The fitted transform holds the training rows.
/// </summary>
public sealed class KnnImputation(OptionValues options) : IImputation
{
    internal const string RegistryName = "knn_imputation";

    internal static readonly RegistryEntry Entry = new(
        RegistryName, RegistryKind.Transform, "Replaces missing values by the mean over the nearest training rows, which the model then holds.",
    [
        new("k", OptionType.Integer, 5, 1, 1000, null, "How many rows are averaged.") { Search = new(3, 20) },
    ]);

    private readonly int neighbours = options.Integer("k");

    public string Name => RegistryName;

    public IFittedTransform Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        var predictors = CanonicalOrder.Of(training).Predictors;
        var (names, means, scales, kept) = (new List<string>(), new List<double>(), new List<double>(), new List<int>());
        var buffer = new double[predictors.RowCount];
        for (var c = 0; c < predictors.ColumnCount; c++)
        {
            cancel.ThrowIfCancellationRequested();
            var present = Values.Present(predictors.Column(c), buffer);
            if (present.IsEmpty)
                continue;
            var (mean, variance) = (Moments.Mean(present), Moments.SampleVariance(present));
            if (!double.IsFinite(mean) || double.IsInfinity(variance))
                throw Values.Infinite(predictors.Columns[c]);
            kept.Add(c);
            names.Add(predictors.Columns[c]);
            means.Add(mean);
            scales.Add(variance > 0 ? Math.Sqrt(variance) : 1);
        }
        var donors = new double[predictors.RowCount][];
        for (var i = 0; i < donors.Length; i++)
        {
            donors[i] = new double[kept.Count];
            for (var c = 0; c < kept.Count; c++)
                donors[i][c] = (predictors.Column(kept[c])[i] - means[c]) / scales[c];
        }
        return new FittedKnnImputation([.. names], [.. names], [.. means], [.. scales], donors, neighbours, Subjects.Of(predictors.Rows));
    }
}
