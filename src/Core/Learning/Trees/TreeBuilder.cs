namespace RadiogenomicsCloud.Learning;

/// <summary>Collects the nodes of trees in preorder.</summary>
internal sealed class TreeBuilder
{
    private readonly List<int> starts = [];
    private readonly List<int> feature = [];
    private readonly List<double> threshold = [];
    private readonly List<int> next = [];
    private readonly List<double> gains = [];
    private int leaves;

    /// <summary>The number that the next node gets.</summary>
    public int Next => feature.Count;

    public void BeginTree() => starts.Add(Next);

    /// <summary>Of each node what its split gained; 0 for a leaf.</summary>
    public IReadOnlyList<double> Gains => gains;

    public void Split(int column, double value, double gain = 0)
    {
        feature.Add(column);
        threshold.Add(value);
        next.Add(-1);
        gains.Add(gain);
    }

    /// <summary>Says that the next node is the right child of <paramref name="split"/>.</summary>
    public void RightOf(int split) => next[split] = Next;

    public void Leaf()
    {
        feature.Add(-1);
        threshold.Add(0);
        next.Add(leaves++);
        gains.Add(0);
    }

    public TreeEnsemble Build() => new([.. starts, Next], [.. feature], [.. threshold], [.. next]);
}
