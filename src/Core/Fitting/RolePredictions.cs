namespace RadiogenomicsCloud.Fitting;

/// <summary>
/// Predictions for rows that the model had not seen: the only ones that may be called performance. Made here alone, by comparing what
/// the model saw with the rows; a role is derived, never declared.
/// </summary>
public sealed class UnseenPredictions
{
    private UnseenPredictions(IReadOnlyList<RowId> rows, Predictions predictions) => (Rows, Predictions) = (rows, predictions);

    public IReadOnlyList<RowId> Rows { get; }

    public Predictions Predictions { get; }

    /// <summary>Probability of the event, one a row, of a model of a binary endpoint.</summary>
    public IReadOnlyList<double> Probabilities => Predictions.Scores();

    /// <summary>Scores rows, survival at the times given; one of a subject that the model saw is a <see cref="BadInputException"/>, and nothing is scored.</summary>
    public static UnseenPredictions Make(IScoringModel model, Predictors predictors, IReadOnlyList<double>? times = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(predictors);
        var seen = predictors.Rows.Count(model.HasSeen);
        if (seen > 0)
        {
            throw new BadInputException(
                "learning.rows_seen",
                $"{seen} of {predictors.RowCount} rows belong to patients that the model was trained on; leave them out of its validation.");
        }
        return new(predictors.Rows, model.Predict(predictors, times ?? []));
    }
}

/// <summary>Predictions for rows that the model was trained on: never performance, useful only to correct their optimism.</summary>
public sealed class ApparentPredictions
{
    private ApparentPredictions(IReadOnlyList<RowId> rows, Predictions predictions) => (Rows, Predictions) = (rows, predictions);

    public IReadOnlyList<RowId> Rows { get; }

    public Predictions Predictions { get; }

    /// <summary>Probability of the event, one a row, of a model of a binary endpoint.</summary>
    public IReadOnlyList<double> Probabilities => Predictions.Scores();

    /// <summary>Scores rows, survival at the times given; one of a subject that the model did not see is a <see cref="BadInputException"/>, and nothing is scored.</summary>
    public static ApparentPredictions Make(IScoringModel model, Predictors predictors, IReadOnlyList<double>? times = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(predictors);
        var unseen = predictors.Rows.Count(r => !model.HasSeen(r));
        if (unseen > 0)
            throw new BadInputException("learning.rows_unseen", $"{unseen} of {predictors.RowCount} rows were not in the training set; their predictions are not apparent.");
        return new(predictors.Rows, model.Predict(predictors, times ?? []));
    }
}
