namespace RadiogenomicsCloud.Fitting;

/// <summary>What scores rows and knows which it has seen: a model just fitted, or a locked one read back from a file.</summary>
public interface IScoringModel
{
    /// <summary>The columns that the model reads.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>Whether a row of the same subject was in the training set.</summary>
    bool HasSeen(RowId row);

    /// <summary>Probability of the event, one a row.</summary>
    double[] PredictProbability(Predictors predictors);
}
