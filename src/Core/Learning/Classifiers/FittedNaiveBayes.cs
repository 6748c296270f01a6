using System.Text.Json;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>See <see cref="NaiveBayes"/>: means and standard deviations, class after class. A missing value of a case is left out of its sum.</summary>
internal sealed class FittedNaiveBayes(
    EndpointKind kind,
    int classes,
    int[] present,
    double[] priors,
    string[] columns,
    double[] means,
    double[] deviations,
    IReadOnlySet<(string Cohort, string Patient)> seen) : IFittedModel
{
    public IReadOnlySet<(string Cohort, string Patient)> Seen => seen;

    public string Kind => NaiveBayes.RegistryName;

    public EndpointKind EndpointKind => kind;

    public IReadOnlyList<string> Columns => columns;

    public IReadOnlyList<string> Selected => columns;

    /// <summary>An infinite value is a <see cref="BadInputException"/> that names the column.</summary>
    public Predictions Predict(Predictors predictors, IReadOnlyList<double> times)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        var at = predictors.IndexesOf(columns);
        var scores = new double[predictors.RowCount * classes];
        scores.AsSpan().Fill(double.NegativeInfinity);
        for (var r = 0; r < predictors.RowCount; r++)
        {
            for (var k = 0; k < present.Length; k++)
                scores[(r * classes) + present[k]] = Math.Log(priors[k]);
        }
        for (var c = 0; c < columns.Length; c++)
        {
            var values = predictors.Column(at[c]);
            for (var r = 0; r < values.Length; r++)
            {
                if (double.IsInfinity(values[r]))
                    throw ColumnScaling.NotFinite(columns[c], predictors.Rows[r]);
                if (double.IsNaN(values[r]))
                    continue;
                for (var k = 0; k < present.Length; k++)
                {
                    var deviation = deviations[(k * columns.Length) + c];
                    var z = (values[r] - means[(k * columns.Length) + c]) / deviation;
                    scores[(r * classes) + present[k]] -= (0.5 * z * z) + Math.Log(deviation);
                }
            }
        }
        for (var r = 0; r < predictors.RowCount; r++)
            Softmax.Apply(scores.AsSpan(r * classes, classes));
        return ColumnScaling.Checked(ClassRows.Predictions(kind, classes, scores), predictors);
    }

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(new
    {
        kind = Kind,
        endpoint = EndpointNames.Of(kind),
        classes,
        present,
        priors,
        columns,
        means,
        standard_deviations = deviations,
    });

    public static IFittedModel Read(JsonElement json)
    {
        var kind = EndpointNames.Read(json, EndpointKind.Binary, EndpointKind.Multiclass);
        var classes = ClassifierJson.Classes(json, kind);
        var present = ClassifierJson.Places(json, "present", classes, least: 2);
        var columns = PlainJson.Names(json, "columns");
        var priors = PlainJson.Numbers(json, "priors", present.Length);
        var deviations = PlainJson.Numbers(json, "standard_deviations", present.Length * (long)columns.Length);
        if (!Array.TrueForAll(priors, p => p > 0) || !Array.TrueForAll(deviations, d => d > 0))
            throw PlainJson.Invalid("priors", "or standard deviations are not positive");
        return new FittedNaiveBayes(
            kind, classes, present, priors, columns, PlainJson.Numbers(json, "means", deviations.Length), deviations, Values.NoSubjects);
    }
}
