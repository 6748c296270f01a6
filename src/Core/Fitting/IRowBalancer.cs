namespace RadiogenomicsCloud.Fitting;

/// <summary>
/// Answers imbalance of the endpoint by weighing or resampling training rows, after all transforms and before the model. Rows that are scored
/// are never touched. A row that it repeats or makes keeps the subject of the row it was made from, so that inner folds keep both together.
/// </summary>
public interface IRowBalancer
{
    /// <summary>Its name in the study file.</summary>
    string Name { get; }

    /// <summary>The rows to fit on. Deterministic given the training set; never changes its input.</summary>
    TrainingSet Balance(TrainingSet training, CancellationToken cancel);
}
