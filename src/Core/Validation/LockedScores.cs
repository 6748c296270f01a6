using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Validation;

/// <summary>
/// Scores of one locked model on rows that it never saw, with their outcome: the only thing that DeLong's variance is made for (it knows
/// nothing of a model's own variability, nor of rows that shaped it).
/// </summary>
public sealed class LockedScores
{
    private LockedScores(IReadOnlyList<RowId> rows, Predictions predictions, Endpoint endpoint) =>
        (Rows, Predictions, Endpoint) = (rows, predictions, endpoint);

    public IReadOnlyList<RowId> Rows { get; }

    public Predictions Predictions { get; }

    public Endpoint Endpoint { get; }

    /// <summary>Probability of the event, one a row.</summary>
    /// <exception cref="InvalidOperationException">The endpoint is not binary.</exception>
    public ReadOnlyMemory<double> Probabilities => Endpoint is BinaryEndpoint ? Predictions.Scores() : throw NotBinary();

    /// <exception cref="InvalidOperationException">The endpoint is not binary.</exception>
    internal BinaryEndpoint Binary => Endpoint as BinaryEndpoint ?? throw NotBinary();

    /// <summary>Scores rows with one locked model.</summary>
    /// <param name="times">Times at which survival is wanted, ascending.</param>
    /// <exception cref="BadInputException">
    /// A row is of a subject that the model saw, a column is absent, the model is of another kind of endpoint, the endpoint does not differ between
    /// the rows, or a prediction is none.
    /// </exception>
    public static LockedScores Make(IScoringModel locked, Predictors predictors, Endpoint endpoint, IReadOnlyList<double>? times = null)
    {
        ArgumentNullException.ThrowIfNull(locked);
        ArgumentNullException.ThrowIfNull(endpoint);
        PredictionChecks.RequireKind(locked.EndpointKind, endpoint);
        var unseen = UnseenPredictions.Make(locked, predictors, times);
        if (unseen.Rows.Count != endpoint.Count)
            throw new ArgumentException($"{unseen.Rows.Count} rows and {endpoint.Count} outcomes do not match.", nameof(endpoint));
        EndpointChecks.RequireDifferences(endpoint);
        var invalid = PredictionChecks.FirstInvalid(unseen.Predictions, endpoint, times ?? []);
        if (invalid >= 0)
        {
            var name = unseen.Rows[invalid].Case;
            throw new BadInputException("validation.no_probability", $"The model gives {PredictionChecks.What(endpoint)} for case '{name}'; see its predictors.", name);
        }
        return new LockedScores(unseen.Rows, unseen.Predictions, endpoint);
    }

    private InvalidOperationException NotBinary() => new($"'{Endpoint.Name}' is not binary: its models give no probability of an event.");
}
