namespace RadiogenomicsCloud.Association;

/// <summary>
/// Average linkage (UPGMA) by chains of nearest neighbours (Murtagh, Computer Journal 1983, 26:354; Müllner, J Stat Softw 2013, 53:9) on single-
/// precision distances of thousands of features: n²/2 floats and nothing more. Among equal distances the smaller index is taken.
/// </summary>
internal static class AverageLinkage
{
    /// <summary>Place of a pair among the distances: those of the first item with all later ones, then the second's, as R's <c>dist</c>.</summary>
    public static long Index(int a, int b, int n)
    {
        var (i, j) = a < b ? (a, b) : (b, a);
        return ((long)i * n) - ((long)i * (i + 1) / 2) + (j - i - 1);
    }

    /// <summary>The merges by increasing height, numbered as R's <c>hclust</c>; overwrites the distances.</summary>
    public static IReadOnlyList<TreeMerge> OfInPlace(float[] distances, int n, CancellationToken cancel)
    {
        var found = new List<(int A, int B, float Height)>(n - 1);
        var sizes = new int[n];
        Array.Fill(sizes, 1);
        int[] alive = [.. Enumerable.Range(0, n)];
        var count = n;
        var chain = new int[n];
        var length = 0;
        while (count > 1)
        {
            cancel.ThrowIfCancellationRequested();
            if (length == 0)
                chain[length++] = alive[0];
            var tip = chain[length - 1];
            var before = length > 1 ? chain[length - 2] : -1;
            // The one before wins a draw: else the chain would not end.
            var (nearest, least) = (before, before >= 0 ? distances[Index(tip, before, n)] : float.PositiveInfinity);
            for (var k = 0; k < count; k++)
            {
                var other = alive[k];
                if (other == tip)
                    continue;
                var distance = distances[Index(tip, other, n)];
                if (distance < least)
                    (nearest, least) = (other, distance);
            }
            if (nearest != before)
            {
                chain[length++] = nearest;
                continue;
            }
            length -= 2;
            var (into, gone) = (Math.Max(tip, nearest), Math.Min(tip, nearest));
            found.Add((gone, into, least));
            var at = Array.BinarySearch(alive, 0, count, gone);
            Array.Copy(alive, at + 1, alive, at, --count - at);
            for (var k = 0; k < count; k++)
            {
                var other = alive[k];
                if (other == into)
                    continue;
                ref var joined = ref distances[Index(into, other, n)];
                joined = (float)(((double)sizes[into] * joined + (double)sizes[gone] * distances[Index(gone, other, n)]) / (sizes[into] + sizes[gone]));
            }
            sizes[into] += sizes[gone];
        }
        return Numbered(found, n);
    }

    /// <summary>The leaves from left to right.</summary>
    public static int[] Order(IReadOnlyList<TreeMerge> merges, int leaves)
    {
        if (merges.Count == 0)
            return [.. Enumerable.Range(0, leaves)];
        var order = new List<int>(leaves);
        var open = new Stack<int>();
        open.Push(merges.Count);
        while (open.TryPop(out var node))
        {
            if (node < 0)
            {
                order.Add(-node - 1);
                continue;
            }
            open.Push(merges[node - 1].Right);
            open.Push(merges[node - 1].Left);
        }
        return [.. order];
    }

    private static List<TreeMerge> Numbered(List<(int A, int B, float Height)> found, int n)
    {
        // A stable sort: of equal heights the one found first comes first, and a child before its parent.
        var current = new int[n];
        var tops = new int[n];
        for (var i = 0; i < n; i++)
            (current[i], tops[i]) = (-(i + 1), i);
        int Top(int i)
        {
            while (tops[i] != i)
                i = tops[i] = tops[tops[i]];
            return i;
        }
        var merges = new List<TreeMerge>(found.Count);
        foreach (var (a, b, height) in found.OrderBy(f => f.Height))
        {
            int left = Top(a), right = Top(b);
            var (first, second) = (current[left], current[right]);
            // As hclust: single items before clusters, each by number.
            if ((first > 0 && second < 0) || (first < 0 == second < 0 && Math.Abs(first) > Math.Abs(second)))
                (first, second) = (second, first);
            merges.Add(new(first, second, height));
            tops[left] = right;
            current[right] = merges.Count;
        }
        return merges;
    }
}
