namespace RadiogenomicsCloud.Fitting;

/// <summary>
/// What a model file can tell of single training cases, in words: a fixed list, never an id. What is not named here is made of all training
/// cases together (means, deviations, weights, priors). The list is explained in docs/security.md.
/// </summary>
public static class Disclosures
{
    /// <summary>Nearest neighbours, radial support vectors, donors of an imputation.</summary>
    public const string Rows = "values of training cases, case by case";

    /// <summary>Every distinct value of a column, without which case it is of.</summary>
    public const string ColumnValues = "values of training cases, column by column";

    /// <summary>A forest: many trees to small leaves, of which training cases can be put together again.</summary>
    public const string Forest = "trees with so small leaves that training cases can be put together from them";

    /// <summary>A tree: cut-offs lie between the values of two cases, and a leaf may be of few.</summary>
    public const string Leaves = "cut-offs between the values of two training cases, and outcomes of small groups of them";

    /// <summary>A baseline hazard, or the leaves of a survival tree: steps are at the times of single events.</summary>
    public const string EventTimes = "times of events of single training cases, without their predictors";

    /// <summary>The knots of an isotonic recalibration.</summary>
    public const string FittedPredictions = "predictions for single training cases";

    /// <summary>The bounds of an imputation.</summary>
    public const string Extremes = "the lowest and the highest training value of columns";

    /// <summary>The labels of categories or of sites that occurred, which may be of one case.</summary>
    public const string Labels = "labels of categories or sites that occur among the training cases";
}
