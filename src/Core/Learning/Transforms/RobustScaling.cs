using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// z = (x − median) / scale of the training rows, scale being the interquartile range (quantiles of R's type 7, as R's <c>IQR</c>) or the
/// median absolute deviation times 1.4826 (as R's <c>mad</c>). Missing values (NaN) take no part in the fit and stay missing. A column
/// without such spread (more than half its values are one) is divided by its standard deviation, one without any is only centred.
/// </summary>
public sealed class RobustScaling(OptionValues options) : ITransformLearner
{
    internal const string RegistryName = "robust_scaling";

    internal static readonly RegistryEntry Entry = new(
        RegistryName, RegistryKind.Transform, "Takes the median from each column and divides it by a spread that outliers do not move.",
    [
        new("spread", OptionType.String, "iqr", null, null, ["iqr", "mad"], "Interquartile range, or median absolute deviation (times 1.4826)."),
    ]);

    // 1 / Φ⁻¹(¾): the deviation of a normal distribution is the standard deviation; R's constant.
    private const double NormalConsistency = 1.4826;

    private readonly bool byDeviation = options.String("spread") == "mad";

    public string Name => RegistryName;

    public IFittedTransform Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        var predictors = training.Predictors;
        var medians = new double[predictors.ColumnCount];
        var scales = new double[predictors.ColumnCount];
        var buffer = new double[predictors.RowCount];
        for (var c = 0; c < medians.Length; c++)
        {
            cancel.ThrowIfCancellationRequested();
            var present = Values.Present(predictors.Column(c), buffer);
            present.Sort();
            if (!present.IsEmpty && (double.IsInfinity(present[0]) || double.IsInfinity(present[^1])))
                throw Values.Infinite(predictors.Columns[c]);
            medians[c] = present.IsEmpty ? 0 : Quantiles.SortedQuantile(present, 0.5);
            var ordinary = Math.Sqrt(Moments.SampleVariance(present));
            var spread = present.IsEmpty ? 0 : Spread(present, medians[c]);
            scales[c] = spread > 0 ? spread : ordinary > 0 ? ordinary : 1;
            if (!double.IsFinite(scales[c]))
                throw Values.Infinite(predictors.Columns[c]);
        }
        return new FittedRobustScaling([.. predictors.Columns], medians, scales, Subjects.Of(predictors.Rows));
    }

    // Overwrites the sorted values.
    private double Spread(Span<double> sorted, double median)
    {
        if (!byDeviation)
            return Quantiles.SortedQuantile(sorted, 0.75) - Quantiles.SortedQuantile(sorted, 0.25);
        foreach (ref var value in sorted)
            value = Math.Abs(value - median);
        sorted.Sort();
        return NormalConsistency * Quantiles.SortedQuantile(sorted, 0.5);
    }
}

/// <summary>See <see cref="RobustScaling"/>.</summary>
public sealed class FittedRobustScaling : IFittedTransform, IColumnwise, IAffine
{
    private readonly string[] columns;
    private readonly double[] medians;
    private readonly double[] scales;

    internal FittedRobustScaling(string[] columns, double[] medians, double[] scales, IReadOnlySet<(string Cohort, string Patient)> seen) =>
        (this.columns, this.medians, this.scales, Seen) = (columns, medians, scales, seen);

    public IReadOnlySet<(string Cohort, string Patient)> Seen { get; }

    public string Kind => RobustScaling.RegistryName;

    public IReadOnlyList<string> Columns => columns;

    public Predictors Apply(Predictors predictors)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        return Values.Map(predictors, columns, (c, source, target) =>
        {
            for (var r = 0; r < source.Length; r++)
                target[r] = (source[r] - medians[c]) / scales[c];
        });
    }

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(new { kind = Kind, columns, medians, scales });

    public IFittedTransform RestrictTo(IReadOnlyList<string> columns)
    {
        var at = Values.Positions(this.columns, columns);
        return new FittedRobustScaling([.. columns], [.. at.Select(i => medians[i])], [.. at.Select(i => scales[i])], Seen);
    }

    (double Centre, double Scale) IAffine.Of(string column)
    {
        var at = Array.IndexOf(columns, column);
        return (medians[at], scales[at]);
    }

    internal static IFittedTransform Read(JsonElement json)
    {
        var columns = PlainJson.Names(json, "columns");
        var scales = PlainJson.Numbers(json, "scales", columns.Length);
        if (Array.Exists(scales, s => !(s > 0)))
            throw PlainJson.Invalid("scales", "holds a number that is not positive");
        return new FittedRobustScaling(columns, PlainJson.Numbers(json, "medians", columns.Length), scales, Values.NoSubjects);
    }
}
