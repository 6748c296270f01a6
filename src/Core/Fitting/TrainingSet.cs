namespace RadiogenomicsCloud.Fitting;

/// <summary>
/// All that a learner may look at. Rows of one subject (see <see cref="RowId.Subject"/>), hence also copies of a case in a bootstrap
/// sample, form one group and are never split across inner folds.
/// </summary>
/// <param name="Seed">Seed of everything random in the fit.</param>
public sealed record TrainingSet(Predictors Predictors, Endpoint Endpoint, ulong Seed)
{
    /// <summary>
    /// Case weights, positive and of mean 1, one a row; null where every row weighs the same. A learner honours them as R's <c>weights</c>
    /// (a weight of 2 is a row twice, but for the mean of 1) or refuses them by <see cref="RefuseWeights"/>; it never overlooks them.
    /// </summary>
    public double[]? Weights { get; init; }

    /// <summary>The rows at <paramref name="rowIndexes"/>, in that order, with their weights (whose mean is made 1 again); an index may repeat.</summary>
    public TrainingSet SelectRows(ReadOnlySpan<int> rowIndexes)
    {
        var selected = this with { Predictors = Predictors.SelectRows(rowIndexes), Endpoint = Endpoint.SelectRows(rowIndexes) };
        if (Weights is null)
            return selected;
        var weights = new double[rowIndexes.Length];
        var sum = 0.0;
        for (var r = 0; r < weights.Length; r++)
            sum += weights[r] = Weights[rowIndexes[r]];
        for (var r = 0; r < weights.Length; r++)
            weights[r] *= weights.Length / sum;
        return selected with { Weights = weights };
    }

    /// <exception cref="BadInputException">There are weights, and the learner has no use for them.</exception>
    public void RefuseWeights(string learner)
    {
        if (Weights is not null)
            throw new BadInputException("learning.weights", $"'{learner}' cannot weigh cases; take a resampling method of 'balance', or another model.", learner);
    }
}
