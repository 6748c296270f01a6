using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Validation;

/// <summary>
/// Scores of one locked model on rows that it never saw, with their outcome: the only thing that DeLong's variance is made for (it knows
/// nothing of a model's own variability, nor of rows that shaped it).
/// </summary>
public sealed class LockedScores
{
    private LockedScores(IReadOnlyList<RowId> rows, double[] probabilities, BinaryEndpoint endpoint) =>
        (Rows, Probabilities, Endpoint) = (rows, probabilities, endpoint);

    public IReadOnlyList<RowId> Rows { get; }

    /// <summary>Probability of the event, one a row.</summary>
    public ReadOnlyMemory<double> Probabilities { get; }

    public BinaryEndpoint Endpoint { get; }

    /// <summary>Scores rows with one locked model.</summary>
    /// <exception cref="BadInputException">
    /// A row is of a subject that the model saw, a column is absent, the endpoint has one class, or a prediction is no probability.
    /// </exception>
    public static LockedScores Make(IScoringModel locked, Predictors predictors, BinaryEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var unseen = UnseenPredictions.Make(locked, predictors);
        if (unseen.Rows.Count != endpoint.Count)
            throw new ArgumentException($"{unseen.Rows.Count} rows and {endpoint.Count} outcomes do not match.", nameof(endpoint));
        BinaryEndpoints.RequireBothClasses(endpoint);
        for (var i = 0; i < unseen.Rows.Count; i++)
        {
            if (!(unseen.Probabilities[i] is >= 0 and <= 1))
            {
                throw new BadInputException(
                    "validation.no_probability", $"The model gives no probability for case '{unseen.Rows[i].Case}'; see its predictors.", unseen.Rows[i].Case);
            }
        }
        return new LockedScores(unseen.Rows, [.. unseen.Probabilities], endpoint);
    }
}
