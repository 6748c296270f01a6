using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Validation;

/// <summary>Checks that a model says what a model of its endpoint must say.</summary>
internal static class PredictionChecks
{
    private const double Rounding = 1e-9;

    /// <exception cref="StudyFailedException">A probability is none, those of the classes do not sum to 1, or a number is not finite.</exception>
    /// <exception cref="BadInputException">The model is of another kind of endpoint.</exception>
    public static void Require(Predictions predictions, Endpoint endpoint, IReadOnlyList<double> times)
    {
        RequireKind(predictions.Kind, endpoint);
        if (FirstInvalid(predictions, endpoint, times) >= 0)
            throw new StudyFailedException("validation.no_probability", $"The model gave {What(endpoint)} for a case.");
    }

    public static void RequireKind(EndpointKind kind, Endpoint endpoint)
    {
        if (kind != endpoint.Kind)
            throw new BadInputException("validation.endpoint_kind", $"The model predicts a {Word(kind)} endpoint, but '{endpoint.Name}' is {Word(endpoint.Kind)}.", endpoint.Name);
    }

    /// <summary>The first row whose predictions are no predictions; −1 if all are.</summary>
    public static int FirstInvalid(Predictions predictions, Endpoint endpoint, IReadOnlyList<double> times)
    {
        var width = endpoint switch
        {
            MulticlassEndpoint multiclass => multiclass.Labels.Count,
            SurvivalEndpoint => 1 + times.Count,
            _ => 1,
        };
        if (predictions.Width != width)
            throw new InvalidOperationException($"The model gives {predictions.Width} numbers a case where the endpoint has {width}.");
        for (var row = 0; row < predictions.RowCount; row++)
        {
            if (!IsValid(predictions.Row(row), endpoint))
                return row;
        }
        return -1;
    }

    public static string What(Endpoint endpoint) => endpoint switch
    {
        BinaryEndpoint => "no probability between 0 and 1",
        MulticlassEndpoint => "no probabilities between 0 and 1 of sum 1",
        SurvivalEndpoint => "no finite risk or no survival between 0 and 1",
        _ => "no finite number",
    };

    private static bool IsValid(ReadOnlySpan<double> row, Endpoint endpoint)
    {
        switch (endpoint)
        {
            case ContinuousEndpoint:
                return double.IsFinite(row[0]);
            case SurvivalEndpoint:
                return double.IsFinite(row[0]) && AllProbabilities(row[1..]);
            case MulticlassEndpoint:
                var sum = 0.0;
                foreach (var value in row)
                    sum += value;
                return AllProbabilities(row) && Math.Abs(sum - 1) < Rounding * row.Length;
            default:
                return AllProbabilities(row);
        }
    }

    private static bool AllProbabilities(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (!(value is >= 0 and <= 1))
                return false;
        }
        return true;
    }

    private static string Word(EndpointKind kind) => kind.ToString().ToLowerInvariant();
}
