using System.Text.Json;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Trees as plain numbers: <c>nodes</c> (how many each tree has), <c>feature</c> (of each node in preorder, −1 for a leaf), and of the splits
/// alone <c>threshold</c> and <c>right</c> (how many nodes after the split its right child is).
/// </summary>
internal static class TreeJson
{
    /// <summary>Deeper trees are refused: nothing that is fitted here is as deep as it has rows.</summary>
    private const int GreatestDepth = 100_000;

    public static Dictionary<string, object> Write(TreeEnsemble trees)
    {
        var nodes = new int[trees.Trees];
        for (var t = 0; t < nodes.Length; t++)
            nodes[t] = trees.Starts[t + 1] - trees.Starts[t];
        var (threshold, right) = (new List<double>(), new List<int>());
        for (var i = 0; i < trees.Nodes; i++)
        {
            if (trees.Feature[i] < 0)
                continue;
            threshold.Add(trees.Threshold[i]);
            right.Add(trees.Next[i] - i);
        }
        return new(StringComparer.Ordinal)
        {
            ["nodes"] = nodes,
            ["feature"] = trees.Feature.ToArray(),
            ["threshold"] = threshold,
            ["right"] = right,
        };
    }

    /// <exception cref="BadInputException"><c>model.invalid</c>: anything but sound trees over <paramref name="columns"/> columns.</exception>
    public static TreeEnsemble Read(JsonElement json, int columns)
    {
        var nodes = Integers(json, "nodes", 1, int.MaxValue);
        var feature = Integers(json, "feature", -1, columns - 1);
        var splits = feature.Count(f => f >= 0);
        var thresholds = PlainJson.Numbers(json, "threshold", splits);
        var rights = Integers(json, "right", 2, int.MaxValue);
        if (rights.Length != splits)
            throw PlainJson.Invalid("right", $"has {rights.Length} numbers, not {splits}");
        if (nodes.Length == 0 || nodes.Sum(n => (long)n) != feature.Length)
            throw PlainJson.Invalid("nodes", "does not add up to the number of nodes");
        var starts = new int[nodes.Length + 1];
        for (var t = 0; t < nodes.Length; t++)
            starts[t + 1] = starts[t] + nodes[t];
        var (threshold, next) = (new double[feature.Length], new int[feature.Length]);
        int split = 0, leaf = 0;
        for (var i = 0; i < feature.Length; i++)
        {
            if (feature[i] < 0)
            {
                next[i] = leaf++;
                continue;
            }
            threshold[i] = thresholds[split];
            next[i] = (int)Math.Min(int.MaxValue, (long)i + rights[split++]);
        }
        for (var t = 0; t < nodes.Length; t++)
            Check(feature, next, starts[t], starts[t + 1]);
        return new(starts, feature, threshold, next);
    }

    /// <summary>A list of whole numbers in a range.</summary>
    public static int[] Integers(JsonElement json, string name, int least, int greatest)
    {
        var list = PlainJson.Array(json, name);
        var numbers = new int[list.GetArrayLength()];
        var i = 0;
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind is not JsonValueKind.Number || !item.TryGetInt32(out var number) || number < least || number > greatest)
                throw PlainJson.Invalid(name, "holds something that is not a whole number of its range");
            numbers[i++] = number;
        }
        return numbers;
    }

    // Every node is reached exactly once: the right child of a split begins where the subtree of its left child ends.
    private static void Check(int[] feature, int[] next, int start, int end)
    {
        var open = new Stack<int>();
        for (var i = start; i < end; i++)
        {
            if (feature[i] >= 0)
            {
                open.Push(next[i]);
                if (open.Count > GreatestDepth)
                    throw PlainJson.Invalid("feature", "is a tree that is too deep");
                continue;
            }
            if (open.TryPop(out var expected) ? expected != i + 1 || expected >= end : i + 1 != end)
                throw PlainJson.Invalid("right", "does not make trees");
        }
        if (open.Count > 0)
            throw PlainJson.Invalid("feature", "ends within a tree");
    }
}
