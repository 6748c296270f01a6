using System.Text.Json;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// See <see cref="LinearDiscriminant"/>: log-odds of each class against the first, weighted sums of the standardised columns. Of two classes
/// it is a <see cref="FittedBinaryDiscriminant"/>.
/// </summary>
public class FittedDiscriminant : IFittedModel
{
    private readonly int classes;
    private readonly int[] present;
    private readonly ColumnScaling scaling;
    private readonly RowMatrix weights;
    private readonly double[] constants;

    private protected FittedDiscriminant(
        EndpointKind kind,
        int classes,
        int[] present,
        ColumnScaling scaling,
        RowMatrix weights,
        double[] constants,
        double intensity,
        IReadOnlySet<(string Cohort, string Patient)> seen)
    {
        (EndpointKind, this.classes, this.present, this.scaling, this.weights, this.constants) = (kind, classes, present, scaling, weights, constants);
        (Intensity, Seen) = (intensity, seen);
    }

    public IReadOnlySet<(string Cohort, string Patient)> Seen { get; }

    public string Kind => DiscriminantOptions.RegistryName;

    public EndpointKind EndpointKind { get; }

    /// <summary>By how much the covariance was shrunk, from 0 (plain) to 1.</summary>
    public double Intensity { get; }

    public IReadOnlyList<string> Columns => scaling.Columns;

    public IReadOnlyList<string> Selected => scaling.Columns;

    /// <summary>A missing or infinite value is a <see cref="BadInputException"/> that names column and case.</summary>
    public Predictions Predict(Predictors predictors, IReadOnlyList<double> times)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        var rows = scaling.Apply(predictors);
        var scores = new double[rows.RowCount * classes];
        scores.AsSpan().Fill(double.NegativeInfinity);
        for (var r = 0; r < rows.RowCount; r++)
        {
            var row = scores.AsSpan(r * classes, classes);
            row[present[0]] = 0;
            for (var k = 1; k < present.Length; k++)
                row[present[k]] = PaddedKernels.Dot(rows.Row(r), weights.Row(k - 1)) + constants[k - 1];
            Softmax.Apply(row);
        }
        return ColumnScaling.Checked(ClassRows.Predictions(EndpointKind, classes, scores), predictors);
    }

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(new
    {
        kind = Kind,
        endpoint = EndpointNames.Of(EndpointKind),
        classes,
        present,
        shrinkage = Intensity,
        scaling = scaling.ToJson(),
        weights = weights.ToArray(),
        constants,
    });

    internal static FittedDiscriminant Of(
        EndpointKind kind,
        int classes,
        int[] present,
        ColumnScaling scaling,
        double[] weights,
        double[] constants,
        double intensity,
        IReadOnlySet<(string Cohort, string Patient)> seen)
    {
        var rows = RowMatrix.Of(constants.Length, scaling.Columns.Count, weights);
        return kind is EndpointKind.Binary
            ? new FittedBinaryDiscriminant(present, scaling, rows, constants, intensity, seen)
            : new FittedDiscriminant(kind, classes, present, scaling, rows, constants, intensity, seen);
    }

    internal static IFittedModel Read(JsonElement json)
    {
        var kind = EndpointNames.Read(json, EndpointKind.Binary, EndpointKind.Multiclass);
        var classes = ClassifierJson.Classes(json, kind);
        var present = ClassifierJson.Places(json, "present", classes, least: 2);
        var scaling = ColumnScaling.Read(PlainJson.Property(json, "scaling"));
        var weights = PlainJson.Numbers(json, "weights", (present.Length - 1) * (long)scaling.Columns.Count);
        var constants = PlainJson.Numbers(json, "constants", present.Length - 1);
        var intensity = PlainJson.Number(json, "shrinkage");
        return intensity is >= 0 and <= 1
            ? Of(kind, classes, present, scaling, weights, constants, intensity, Values.NoSubjects)
            : throw PlainJson.Invalid("shrinkage", "is not from 0 to 1");
    }
}
