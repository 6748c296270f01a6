using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>What an endpoint is to a tree.</summary>
internal static class TreeOutcome
{
    /// <summary>The values less their mean, so that sums of squares do not cancel.</summary>
    public static double[] Centred(double[] values)
    {
        var mean = 0.0;
        foreach (var value in values)
            mean += value / values.Length;
        return [.. values.Select(v => v - mean)];
    }

    /// <summary>One number a row: the event as 1, the value, or the log-rank score; several classes have none.</summary>
    public static double[] Scores(Endpoint endpoint, double[] weights) => endpoint switch
    {
        BinaryEndpoint binary => [.. binary.Values.Select(v => v ? 1.0 : 0.0)],
        ContinuousEndpoint numbers => Centred(numbers.Values),
        SurvivalEndpoint survival => new EventGrid(survival).LogRankScores(weights),
        _ => throw new ArgumentException("Several classes have no score.", nameof(endpoint)),
    };

    /// <summary>What the leaves hold.</summary>
    /// <param name="weights">Of the rows; read anew at every leaf.</param>
    public static LeafValues Leaves(Endpoint endpoint, double[] weights) => endpoint switch
    {
        BinaryEndpoint => new MeanLeaves(Scores(endpoint, weights), weights),
        MulticlassEndpoint classes => new ClassLeaves(classes.Values, classes.Labels.Count, weights),
        ContinuousEndpoint numbers => new MeanLeaves(numbers.Values, weights),
        _ => new HazardLeaves(new EventGrid((SurvivalEndpoint)endpoint), weights),
    };

    /// <summary>The model, over the columns that its trees split.</summary>
    public static FittedTrees Fitted(string kind, TreeTable table, TreeEnsemble trees, LeafValues leaves)
    {
        var predictors = table.Training.Predictors;
        var used = trees.Used(table.Columns);
        return new(
            kind,
            table.Training.Endpoint.Kind,
            [.. used.Select(c => predictors.Columns[c])],
            trees.Over(used, table.Columns),
            leaves.Width,
            leaves.Values,
            (leaves as HazardLeaves)?.Build(),
            Subjects.Of(predictors.Rows));
    }
}
