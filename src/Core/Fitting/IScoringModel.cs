namespace RadiogenomicsCloud.Fitting;

/// <summary>What scores rows and knows which it has seen: a model just fitted, or a locked one read back from a file.</summary>
public interface IScoringModel
{
    /// <summary>The kind of endpoint that it predicts.</summary>
    EndpointKind EndpointKind { get; }

    /// <summary>The columns that the model reads.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>Whether a row of the same subject was in the training set.</summary>
    bool HasSeen(RowId row);

    /// <summary>One row of numbers a case; see <see cref="Predictions"/>.</summary>
    /// <param name="times">Ascending times at which survival is wanted; other endpoints take no notice of it.</param>
    Predictions Predict(Predictors predictors, IReadOnlyList<double> times);
}

/// <summary>Shorter ways of asking a model.</summary>
public static class ScoringModelExtensions
{
    /// <summary>Predictions without survival at any time.</summary>
    public static Predictions Predict(this IScoringModel model, Predictors predictors)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Predict(predictors, []);
    }
}
