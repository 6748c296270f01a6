using System.Text.Json;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// z = (x − mean) / sample standard deviation (n − 1) of the training rows. Missing values (NaN) take no part in the fit and stay missing.
/// A column of fewer than two values or without spread is only centred. The elastic net standardises by itself and does not need it.
/// </summary>
public sealed class ZScore : ITransformLearner
{
    internal const string RegistryName = "zscore";

    internal static readonly RegistryEntry Entry = new(
        RegistryName, RegistryKind.Transform, "Centres each column and divides it by its standard deviation over the training rows.", []);

    public string Name => RegistryName;

    public IFittedTransform Fit(TrainingSet training, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(training);
        var predictors = training.Predictors;
        var means = new double[predictors.ColumnCount];
        var scales = new double[predictors.ColumnCount];
        var buffer = new double[predictors.RowCount];
        for (var c = 0; c < means.Length; c++)
        {
            cancel.ThrowIfCancellationRequested();
            var present = Values.Present(predictors.Column(c), buffer);
            var mean = present.IsEmpty ? 0 : Moments.Mean(present);
            var deviation = Math.Sqrt(Moments.SampleVariance(present));
            if (!double.IsFinite(mean) || double.IsInfinity(deviation))
                throw Values.Infinite(predictors.Columns[c]);
            means[c] = mean;
            // NaN (fewer than two values) is not greater either.
            scales[c] = deviation > 0 ? deviation : 1;
        }
        return new FittedZScore([.. predictors.Columns], means, scales, Subjects.Of(predictors.Rows));
    }
}

/// <summary>See <see cref="ZScore"/>.</summary>
public sealed class FittedZScore : IFittedTransform, IColumnwise, IAffine
{
    private readonly string[] columns;
    private readonly double[] means;
    private readonly double[] scales;

    internal FittedZScore(string[] columns, double[] means, double[] scales, IReadOnlySet<(string Cohort, string Patient)> seen) =>
        (this.columns, this.means, this.scales, Seen) = (columns, means, scales, seen);

    public IReadOnlySet<(string Cohort, string Patient)> Seen { get; }

    public string Kind => ZScore.RegistryName;

    public IReadOnlyList<string> Columns => columns;

    public Predictors Apply(Predictors predictors)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        return Values.Map(predictors, columns, (c, source, target) =>
        {
            for (var r = 0; r < source.Length; r++)
                target[r] = (source[r] - means[c]) / scales[c];
        });
    }

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(new { kind = Kind, columns, means, scales });

    public IFittedTransform RestrictTo(IReadOnlyList<string> columns)
    {
        var at = Values.Positions(this.columns, columns);
        return new FittedZScore([.. columns], [.. at.Select(i => means[i])], [.. at.Select(i => scales[i])], Seen);
    }

    (double Centre, double Scale) IAffine.Of(string column)
    {
        var at = Array.IndexOf(columns, column);
        return (means[at], scales[at]);
    }

    internal static IFittedTransform Read(JsonElement json)
    {
        var columns = PlainJson.Names(json, "columns");
        var scales = PlainJson.Numbers(json, "scales", columns.Length);
        if (Array.Exists(scales, s => !(s > 0)))
            throw PlainJson.Invalid("scales", "holds a number that is not positive");
        return new FittedZScore(columns, PlainJson.Numbers(json, "means", columns.Length), scales, Values.NoSubjects);
    }
}
