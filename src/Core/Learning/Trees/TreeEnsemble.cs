namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Trees as arrays, each tree in preorder: the left child of a split is the next node, so that a walk only ever goes forward. A value of at
/// most the threshold goes left. Immutable; validated by <see cref="TreeJson"/> when read.
/// </summary>
/// <param name="starts">The first node of each tree, then the number of nodes.</param>
/// <param name="feature">Of each node the column that it splits, or −1 for a leaf.</param>
/// <param name="threshold">Of each split; 0 for a leaf.</param>
/// <param name="next">Of a split its right child, of a leaf its number among the leaves of all trees.</param>
internal sealed class TreeEnsemble(int[] starts, int[] feature, double[] threshold, int[] next)
{
    public int Trees => starts.Length - 1;

    public int Nodes => feature.Length;

    public ReadOnlySpan<int> Starts => starts;

    public ReadOnlySpan<int> Feature => feature;

    public ReadOnlySpan<double> Threshold => threshold;

    public ReadOnlySpan<int> Next => next;

    /// <summary>The leaf in which a row of values ends, numbered over all trees.</summary>
    public int Leaf(int tree, ReadOnlySpan<double> row)
    {
        var node = starts[tree];
        int column;
        while ((column = feature[node]) >= 0)
            node = row[column] <= threshold[node] ? node + 1 : next[node];
        return next[node];
    }

    /// <summary>The columns that are split somewhere, ascending.</summary>
    public int[] Used(int columns)
    {
        var used = new bool[columns];
        foreach (var column in feature)
        {
            if (column >= 0)
                used[column] = true;
        }
        return [.. Enumerable.Range(0, columns).Where(c => used[c])];
    }

    /// <summary>The same trees over the columns <paramref name="used"/> alone.</summary>
    public TreeEnsemble Over(int[] used, int columns)
    {
        var place = new int[columns];
        for (var k = 0; k < used.Length; k++)
            place[used[k]] = k;
        var moved = new int[feature.Length];
        for (var i = 0; i < moved.Length; i++)
            moved[i] = feature[i] < 0 ? -1 : place[feature[i]];
        return new(starts, moved, threshold, next);
    }
}
