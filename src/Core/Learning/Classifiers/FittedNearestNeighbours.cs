using System.Text.Json;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>See <see cref="NearestNeighbours"/>: the standardised training rows, what was known of them, and their weights.</summary>
/// <param name="kind">Not survival.</param>
/// <param name="classes">1 of a continuous endpoint.</param>
/// <param name="outcome">The class of each row, or its value.</param>
internal sealed class FittedNearestNeighbours(
    EndpointKind kind,
    int classes,
    int k,
    ColumnScaling scaling,
    RowMatrix neighbours,
    double[] outcome,
    double[] weights,
    IReadOnlySet<(string Cohort, string Patient)> seen) : IFittedModel
{
    /// <summary>The fuzz of <c>class::knn</c>: distances are equal in spite of rounding.</summary>
    private const double Fuzz = 1e-4;

    private const int GreatestNeighbours = 1000;

    public IReadOnlySet<(string Cohort, string Patient)> Seen => seen;

    public string Kind => NearestNeighbours.RegistryName;

    public bool HoldsRows => true;

    public IReadOnlyList<string> Discloses => [Disclosures.Rows];

    public EndpointKind EndpointKind => kind;

    public IReadOnlyList<string> Columns => scaling.Columns;

    public IReadOnlyList<string> Selected => scaling.Columns;

    /// <summary>A missing or infinite value is a <see cref="BadInputException"/> that names column and case.</summary>
    public Predictions Predict(Predictors predictors, IReadOnlyList<double> times)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        var rows = scaling.Apply(predictors);
        var result = new double[rows.RowCount * classes];
        var distances = new double[neighbours.RowCount];
        var sorted = new double[neighbours.RowCount];
        for (var r = 0; r < rows.RowCount; r++)
        {
            Distances(rows.Row(r), distances);
            distances.CopyTo(sorted, 0);
            Array.Sort(sorted);
            var greatest = sorted[Math.Min(k, sorted.Length) - 1] * (1 + Fuzz);
            if (!double.IsFinite(greatest))
                throw new BadInputException("learning.overflow", $"Case '{predictors.Rows[r].Case}' has values too large to be scored; check their unit.");
            Vote(distances, greatest, result.AsSpan(r * classes, classes));
        }
        return kind is EndpointKind.Continuous ? Predictions.Continuous(result) : ClassRows.Predictions(kind, classes, result);
    }

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(new
    {
        kind = Kind,
        endpoint = EndpointNames.Of(kind),
        classes,
        k,
        scaling = scaling.ToJson(),
        rows = neighbours.RowCount,
        values = neighbours.ToArray(),
        outcome,
        weights,
    });

    public static IFittedModel Read(JsonElement json)
    {
        var kind = EndpointNames.Read(json, EndpointKind.Binary, EndpointKind.Multiclass, EndpointKind.Continuous);
        var classes = kind is EndpointKind.Continuous ? ClassifierJson.Whole(json, "classes", 1, 1) : ClassifierJson.Classes(json, kind);
        var scaling = ColumnScaling.Read(PlainJson.Property(json, "scaling"));
        var count = PlainJson.Array(json, "outcome").GetArrayLength();
        var columns = scaling.Columns.Count;
        if (count == 0 || count != ClassifierJson.Whole(json, "rows", 1, int.MaxValue))
            throw PlainJson.Invalid("rows", "is not the number of outcomes");
        var numbers = PlainJson.Array(json, "values").GetArrayLength();
        if (numbers != (long)count * columns)
            throw PlainJson.Invalid("values", $"has {numbers} numbers, not {count} times {columns}");
        var outcome = PlainJson.Numbers(json, "outcome", count);
        var weights = PlainJson.Numbers(json, "weights", count);
        if (kind is not EndpointKind.Continuous && !Array.TrueForAll(outcome, v => v >= 0 && v < classes && v == Math.Floor(v)))
            throw PlainJson.Invalid("outcome", "holds something that is no class");
        if (!Array.TrueForAll(weights, w => w > 0))
            throw PlainJson.Invalid("weights", "holds a weight that is not positive");
        return new FittedNearestNeighbours(
            kind,
            classes,
            ClassifierJson.Whole(json, "k", 1, GreatestNeighbours),
            scaling,
            RowMatrix.Of(count, columns, PlainJson.Numbers(json, "values", numbers)),
            outcome,
            weights,
            Values.NoSubjects);
    }

    /// <summary>Squares of differences rather than products: only they are exactly 0 for equal rows.</summary>
    private void Distances(ReadOnlySpan<double> row, Span<double> distances)
    {
        for (var n = 0; n < distances.Length; n++)
        {
            var other = neighbours.Row(n);
            var sum = 0.0;
            for (var c = 0; c < row.Length; c++)
                sum += (row[c] - other[c]) * (row[c] - other[c]);
            distances[n] = sum;
        }
    }

    private void Vote(ReadOnlySpan<double> distances, double greatest, Span<double> result)
    {
        var votes = 0.0;
        for (var n = 0; n < distances.Length; n++)
        {
            if (!(distances[n] <= greatest))
                continue;
            votes += weights[n];
            if (kind is EndpointKind.Continuous)
                result[0] += weights[n] * outcome[n];
            else
                result[(int)outcome[n]] += weights[n];
        }
        foreach (ref var value in result)
            value /= votes;
    }
}
