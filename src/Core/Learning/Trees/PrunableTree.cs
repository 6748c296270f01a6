namespace RadiogenomicsCloud.Learning;

/// <summary>
/// One tree grown to its full size, with what pruning needs of each node (Breiman and others, Classification and Regression Trees, 1984,
/// chapter 3): its rows, its loss, and its complexity, the cost of a split from which on the node is better a leaf.
/// </summary>
internal sealed class PrunableTree
{
    private readonly TreeTable table;
    private readonly TreeEnsemble tree;
    private readonly int[][] members;
    private readonly double[] values;
    private readonly double[] losses;
    private readonly double[] complexity;

    public PrunableTree(TreeTable table, TreeEnsemble tree, int[] rows, NodeLoss loss, double[] weights)
    {
        (this.table, this.tree) = (table, tree);
        members = new int[tree.Nodes][];
        (values, losses, complexity) = (new double[tree.Nodes], new double[tree.Nodes], new double[tree.Nodes]);
        members[0] = rows;
        loss.Begin(rows);
        for (var i = 0; i < tree.Nodes; i++)
        {
            values[i] = loss.Value(members[i]);
            foreach (var row in members[i])
                losses[i] += weights[row] * loss.Of(row, values[i]);
            if (tree.Feature[i] >= 0)
            {
                members[i + 1] = [.. members[i].Where(row => GoesLeft(i, row))];
                members[tree.Next[i]] = [.. members[i].Where(row => !GoesLeft(i, row))];
            }
        }
        Weigh();
    }

    /// <summary>Loss of the tree without a split.</summary>
    public double RootLoss => losses[0];

    /// <summary>The complexities at which the pruned tree changes, descending, each with the splits and the loss of the tree just below it.</summary>
    public IReadOnlyList<(double Complexity, int Splits, double Loss)> Sequence(double least)
    {
        var distinct = new SortedSet<double>(Comparer<double>.Create((a, b) => b.CompareTo(a)));
        Visit(least, (i, effective) => distinct.Add(effective), (_, _) => { });
        var sequence = new List<(double, int, double)> { (distinct.Count > 0 ? distinct.First() : least, 0, RootLoss) };
        double[] steps = [.. distinct, least];
        for (var k = 1; k < steps.Length; k++)
        {
            // Complexities that differ by rounding are one.
            if (k + 1 < steps.Length && steps[k - 1] - steps[k] <= 1e-10 * RootLoss)
                continue;
            var (splits, total) = (0, 0.0);
            Visit(steps[k], (_, _) => splits++, (i, _) => total += losses[i]);
            sequence.Add((steps[k], splits, total));
        }
        return sequence;
    }

    /// <summary>What the tree pruned at <paramref name="complexity"/> says of a row.</summary>
    public double ValueOf(int row, double complexity)
    {
        var node = 0;
        while (tree.Feature[node] >= 0 && this.complexity[node] > complexity)
            node = GoesLeft(node, row) ? node + 1 : tree.Next[node];
        return values[node];
    }

    /// <summary>The tree without the splits that are worth no more than <paramref name="complexity"/>.</summary>
    public TreeEnsemble Prune(double complexity, LeafValues leaves)
    {
        var builder = new TreeBuilder();
        builder.BeginTree();
        var open = new Stack<(int Node, int RightOf)>();
        open.Push((0, -1));
        while (open.TryPop(out var next))
        {
            var (node, rightOf) = next;
            if (rightOf >= 0)
                builder.RightOf(rightOf);
            if (tree.Feature[node] < 0 || this.complexity[node] <= complexity)
            {
                builder.Leaf();
                leaves.Add(members[node]);
                continue;
            }
            var split = builder.Next;
            builder.Split(tree.Feature[node], tree.Threshold[node]);
            open.Push((tree.Next[node], split));
            open.Push((node + 1, -1));
        }
        return builder.Build();
    }

    private bool GoesLeft(int node, int row) => table.Column(tree.Feature[node])[row] <= tree.Threshold[node];

    // From the leaves up: the decrease of loss per split of the subtree, after a child that is worth less than the whole has been cut off.
    private void Weigh()
    {
        var (below, splits) = ((double[])losses.Clone(), new int[tree.Nodes]);
        for (var i = tree.Nodes - 1; i >= 0; i--)
        {
            if (tree.Feature[i] < 0)
                continue;
            var (weak, strong) = (i + 1, tree.Next[i]);
            if (complexity[weak] > complexity[strong])
                (weak, strong) = (strong, weak);
            var (weakLoss, weakSplits, strongLoss, strongSplits) = (below[weak], splits[weak], below[strong], splits[strong]);
            if (PerSplit() > complexity[weak])
            {
                (weakLoss, weakSplits) = (losses[weak], 0);
                if (PerSplit() > complexity[strong])
                    (strongLoss, strongSplits) = (losses[strong], 0);
            }
            complexity[i] = PerSplit();
            below[i] = weakLoss + strongLoss;
            splits[i] = weakSplits + strongSplits + 1;

            double PerSplit() => (losses[i] - weakLoss - strongLoss) / (weakSplits + strongSplits + 1);
        }
    }

    private void Visit(double least, Action<int, double> split, Action<int, double> leaf)
    {
        var open = new Stack<(int Node, double Above)>();
        open.Push((0, double.PositiveInfinity));
        while (open.TryPop(out var next))
        {
            var effective = Math.Min(next.Above, complexity[next.Node]);
            if (tree.Feature[next.Node] < 0 || complexity[next.Node] <= least)
            {
                leaf(next.Node, effective);
                continue;
            }
            split(next.Node, effective);
            open.Push((tree.Next[next.Node], effective));
            open.Push((next.Node + 1, effective));
        }
    }
}
