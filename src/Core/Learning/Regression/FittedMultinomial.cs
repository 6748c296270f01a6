using System.Text.Json;
using System.Text.Json.Nodes;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>The linear predictor of one class; the probability of a class is its share of Σ exp.</summary>
public sealed record ClassScore(double Intercept, IReadOnlyList<Coefficient> Coefficients);

/// <summary>
/// A multinomial regression: a linear predictor a class, over the columns that any class has a weight on. Penalised ones have no reference
/// class; in a plain one the first class that occurs is the reference and has zero weights.
/// </summary>
public sealed class FittedMultinomial : IFittedModel
{
    private readonly string[] columns;
    private readonly double[][] values;

    internal FittedMultinomial(
        string kind, IReadOnlyList<ClassScore> classes, PenaltyChoice? penalty, Inference? inference, IReadOnlySet<(string Cohort, string Patient)> seen)
    {
        (Kind, Classes, Penalty, Inference, Seen) = (kind, classes, penalty, inference, seen);
        columns = [.. classes[0].Coefficients.Select(c => c.Column)];
        values = [.. classes.Select(k => k.Coefficients.Select(c => c.Value).ToArray())];
    }

    public IReadOnlySet<(string Cohort, string Patient)> Seen { get; }

    public string Kind { get; }

    /// <summary>In the order of the endpoint's labels, each with the same columns.</summary>
    public IReadOnlyList<ClassScore> Classes { get; }

    /// <summary>Null for a plain regression.</summary>
    public PenaltyChoice? Penalty { get; }

    /// <summary>Of the coefficients of all classes but the reference, class after class, each with its intercept first; null for a penalised regression.</summary>
    public Inference? Inference { get; }

    public IReadOnlyList<string> Columns => columns;

    public IReadOnlyList<string> Selected => columns;

    public EndpointKind EndpointKind => EndpointKind.Multiclass;

    /// <summary>A missing or infinite value is a <see cref="BadInputException"/> that names column and case.</summary>
    public Predictions Predict(Predictors predictors, IReadOnlyList<double> times)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        var count = Classes.Count;
        var result = new double[predictors.RowCount * count];
        for (var k = 0; k < count; k++)
        {
            var linear = LinearScore.Of(predictors, columns, Classes[k].Intercept, values[k]);
            for (var r = 0; r < linear.Length; r++)
                result[(r * count) + k] = linear[r];
        }
        for (var r = 0; r < predictors.RowCount; r++)
            Softmax.Apply(result.AsSpan(r * count, count));
        return Predictions.Multiclass(count, result);
    }

    public JsonElement ToJson()
    {
        var json = new JsonObject { ["kind"] = Kind, ["endpoint"] = EndpointNames.Of(EndpointKind) };
        Penalty?.WriteTo(json);
        json["columns"] = JsonSerializer.SerializeToNode(columns);
        json["classes"] = JsonSerializer.SerializeToNode(Classes.Select((k, index) => new
        {
            intercept = k.Intercept,
            coefficients = values[index],
            standardised_coefficients = k.Coefficients.Select(c => c.Standardised),
        }));
        Inference?.WriteTo(json);
        return JsonSerializer.SerializeToElement(json);
    }

    internal static FittedMultinomial Of(
        string kind, Predictors predictors, ScorePoint[] scores, PenaltyChoice? penalty, Inference? inference)
    {
        int[] used = [.. scores.SelectMany(s => s.Indexes).Distinct().Order()];
        var classes = scores.Select(score =>
        {
            var dense = new double[used.Length];
            for (var k = 0; k < score.Indexes.Length; k++)
                dense[Array.BinarySearch(used, score.Indexes[k])] = score.Coefficients[k];
            return new ClassScore(score.Intercept, LinearPart.CoefficientsOf(predictors, used, dense));
        });
        return new(kind, [.. classes], penalty, inference, Subjects.Of(predictors.Rows));
    }

    internal static FittedMultinomial Read(string kind, JsonElement json, PenaltyChoice? penalty, Inference? inference)
    {
        var columns = PlainJson.Names(json, "columns");
        var classes = PlainJson.Array(json, "classes").EnumerateArray().Select(one =>
        {
            var values = PlainJson.Numbers(one, "coefficients", columns.Length);
            var standardised = PlainJson.Numbers(one, "standardised_coefficients", columns.Length);
            return new ClassScore(PlainJson.Number(one, "intercept"), [.. columns.Select((c, k) => new Coefficient(c, values[k], standardised[k]))]);
        }).ToArray();
        return classes.Length >= 2
            ? new FittedMultinomial(kind, classes, penalty, inference, Values.NoSubjects)
            : throw PlainJson.Invalid("classes", "has fewer than two");
    }
}
