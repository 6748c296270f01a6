namespace RadiogenomicsCloud.Learning;

/// <summary>The models made of trees, in the order in which the documentation lists them.</summary>
internal static class TreeRegistrations
{
    public static readonly ModelRegistration[] All =
    [
        new(RandomForest.Entry, o => new RandomForest(o), FittedTrees.Read),
        new(DecisionTree.Entry, o => new DecisionTree(o), FittedTrees.Read),
        new(ConditionalTree.Entry, o => new ConditionalTree(o), FittedTrees.Read),
        new(BoostedTrees.Entry, o => new BoostedTrees(o), FittedBoostedTrees.Read),
    ];
}
