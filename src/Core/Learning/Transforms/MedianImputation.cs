using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Puts the training median of its column in place of a missing value (NaN). A column that is missing in every training row is dropped
/// and listed in <see cref="FittedMedianImputation.Dropped"/>.
/// </summary>
public sealed class MedianImputation : IImputation
{
    internal const string RegistryName = "median_imputation";

    internal static readonly RegistryEntry Entry = new(
        RegistryName, RegistryKind.Transform, "Replaces missing values by the median of the training rows; drops columns without any value.", []);

    public string Name => RegistryName;

    public IFittedTransform Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        var predictors = training.Predictors;
        var columns = new List<string>(predictors.ColumnCount);
        var medians = new List<double>(predictors.ColumnCount);
        var dropped = new List<string>();
        var buffer = new double[predictors.RowCount];
        for (var c = 0; c < predictors.ColumnCount; c++)
        {
            cancel.ThrowIfCancellationRequested();
            var present = Values.Present(predictors.Column(c), buffer);
            if (present.IsEmpty)
            {
                dropped.Add(predictors.Columns[c]);
                continue;
            }
            present.Sort();
            if (double.IsInfinity(present[0]) || double.IsInfinity(present[^1]))
                throw Values.Infinite(predictors.Columns[c]);
            columns.Add(predictors.Columns[c]);
            medians.Add(Quantiles.SortedQuantile(present, 0.5));
        }
        return new FittedMedianImputation([.. columns], [.. medians], [.. dropped], Subjects.Of(predictors.Rows));
    }
}

/// <summary>See <see cref="MedianImputation"/>.</summary>
public sealed class FittedMedianImputation : IFittedTransform, IColumnwise
{
    private readonly string[] columns;
    private readonly double[] medians;
    private readonly string[] dropped;

    internal FittedMedianImputation(string[] columns, double[] medians, string[] dropped, IReadOnlySet<(string Cohort, string Patient)> seen) =>
        (this.columns, this.medians, this.dropped, Seen) = (columns, medians, dropped, seen);

    public IReadOnlySet<(string Cohort, string Patient)> Seen { get; }

    public string Kind => MedianImputation.RegistryName;

    public IReadOnlyList<string> Columns => columns;

    /// <summary>One a column.</summary>
    public IReadOnlyList<double> Medians => medians;

    /// <summary>Columns that no training row had a value of.</summary>
    public IReadOnlyList<string> Dropped => dropped;

    public Predictors Apply(Predictors predictors)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        return Values.Map(predictors, columns, (c, source, target) =>
        {
            for (var r = 0; r < source.Length; r++)
                target[r] = double.IsNaN(source[r]) ? medians[c] : source[r];
        });
    }

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(new { kind = Kind, columns, medians });

    public IFittedTransform RestrictTo(IReadOnlyList<string> columns)
    {
        var at = Values.Positions(this.columns, columns);
        return new FittedMedianImputation([.. columns], [.. at.Select(i => medians[i])], dropped, Seen);
    }

    internal static IFittedTransform Read(JsonElement json)
    {
        var columns = PlainJson.Names(json, "columns");
        return new FittedMedianImputation(columns, PlainJson.Numbers(json, "medians", columns.Length), [], Values.NoSubjects);
    }
}
