using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>When a tree stops growing.</summary>
/// <param name="Mtry">Columns that are drawn at each node to be split; all without drawing where it is at least their number.</param>
/// <param name="MinSplit">Nodes of fewer rows (copies counted) are leaves.</param>
/// <param name="MinBucket">Distinct rows that each side of a split must have.</param>
/// <param name="MaxDepth">Splits on a way from the root.</param>
/// <param name="Midpoint">Thresholds half-way between two values rather than at the lower one.</param>
internal sealed record TreeSettings(int Mtry, int MinSplit, int MinBucket, int MaxDepth, bool Midpoint);

/// <summary>
/// Grows binary trees of numeric splits, each node to its best cut. One grower serves many trees of one table and allocates nothing for a
/// node. Not for several threads.
/// </summary>
internal class TreeGrower(TreeTable table, TreeSettings settings)
{
    /// <summary>Up to so many rows are sorted by insertion where walking all rows of the table would take longer.</summary>
    private const int Few = 24;

    private readonly int[] rows = new int[table.Rows];
    private readonly int[] buffer = new int[table.Rows + 1];
    private readonly long[] keys = new long[table.Rows];
    private readonly byte[] inNode = new byte[table.Rows];
    private int[] columns = Enumerable.Range(0, table.Columns).ToArray();
    private Pending[] pending = new Pending[64];

    private readonly record struct Pending(int Start, int Count, int Depth, int RightOf);

    protected TreeTable Table => table;

    protected TreeSettings Settings => settings;

    /// <summary>The columns that may be split, in the order in which they are tried; all unless set.</summary>
    public int[] Candidates
    {
        set => columns = value;
    }

    /// <summary>Grows one tree on the rows of <paramref name="sample"/>.</summary>
    /// <param name="counts">How often each row is in the sample; null for once each.</param>
    /// <param name="random">Draws columns; may be null where none are drawn.</param>
    public void Grow(
        ReadOnlySpan<int> sample, int[]? counts, SplitCriterion criterion, LeafValues leaves, DeterministicRandom? random, TreeBuilder builder)
    {
        builder.BeginTree();
        sample.CopyTo(rows);
        pending[0] = new(0, sample.Length, 0, -1);
        var open = 1;
        while (open > 0)
        {
            var node = pending[--open];
            if (node.RightOf >= 0)
                builder.RightOf(node.RightOf);
            var members = rows.AsSpan(node.Start, node.Count);
            var cut = node.Depth < settings.MaxDepth && Size(members, counts) >= settings.MinSplit && members.Length >= 2 * LeastRows(members.Length)
                ? Find(members, criterion, random)
                : new Cut(0);
            if (cut.Column < 0)
            {
                builder.Leaf();
                leaves.Add(members);
                continue;
            }
            var split = builder.Next;
            builder.Split(cut.Column, Threshold(cut), cut.Bar);
            var left = Partition(members, cut);
            if (open + 2 > pending.Length)
                Array.Resize(ref pending, 2 * pending.Length);
            pending[open++] = new(node.Start + left, node.Count - left, node.Depth + 1, split);
            pending[open++] = new(node.Start, left, node.Depth + 1, -1);
        }
    }

    /// <summary>The cut of a node; of column −1 where it stays a leaf.</summary>
    protected virtual Cut Find(ReadOnlySpan<int> members, SplitCriterion criterion, DeterministicRandom? random)
    {
        var floor = criterion.Begin(members);
        var cut = new Cut(Math.Max(0, floor));
        if (floor < 0)
            return cut;
        var tried = Math.Min(settings.Mtry, columns.Length);
        Mark(members, 1);
        for (var k = 0; k < tried; k++)
        {
            if (tried < columns.Length)
            {
                var drawn = k + random!.NextInt(columns.Length - k);
                (columns[k], columns[drawn]) = (columns[drawn], columns[k]);
            }
            Scan(columns[k], members, criterion, ref cut);
        }
        Mark(members, 0);
        return cut;
    }

    /// <summary>Distinct rows that each side of a split must have.</summary>
    protected virtual int LeastRows(int members) => settings.MinBucket;

    /// <summary>Says which rows are in the node; before <see cref="Scan"/>, and taken back after it.</summary>
    protected void Mark(ReadOnlySpan<int> members, byte mark)
    {
        foreach (var row in members)
            inNode[row] = mark;
    }

    protected void Scan(int column, ReadOnlySpan<int> members, SplitCriterion criterion, ref Cut cut)
    {
        var codes = table.Codes(column);
        var sorted = Sorted(column, codes, members);
        if (codes[sorted[0]] != codes[sorted[^1]])
            criterion.Scan(column, sorted, codes, LeastRows(members.Length), ref cut);
    }

    // Equal values come in the order of rows by either way, so that sums are formed alike.
    private ReadOnlySpan<int> Sorted(int column, ReadOnlySpan<int> codes, ReadOnlySpan<int> members)
    {
        var count = members.Length;
        if (count > Few || count * count >= 4 * table.Rows)
        {
            var filled = 0;
            foreach (var row in table.Order(column))
            {
                buffer[filled] = row;
                filled += inNode[row];
            }
            return buffer.AsSpan(0, count);
        }
        var few = keys.AsSpan(0, count);
        for (var i = 0; i < count; i++)
        {
            var key = ((long)codes[members[i]] << 32) | (uint)members[i];
            var j = i;
            for (; j > 0 && few[j - 1] > key; j--)
                few[j] = few[j - 1];
            few[j] = key;
        }
        for (var i = 0; i < count; i++)
            buffer[i] = (int)few[i];
        return buffer.AsSpan(0, count);
    }

    private double Threshold(Cut cut)
    {
        var values = table.Column(cut.Column);
        var (low, high) = (values[cut.Below], values[cut.Above]);
        if (!settings.Midpoint)
            return low;
        // Halved before they are added, since a sum may overflow; where nothing lies between, the lower one parts them as well.
        var middle = (low / 2) + (high / 2);
        return middle >= low && middle < high ? middle : low;
    }

    private int Partition(Span<int> members, Cut cut)
    {
        var codes = table.Codes(cut.Column);
        var greatest = codes[cut.Below];
        int left = 0, right = 0;
        foreach (var row in members)
        {
            if (codes[row] <= greatest)
                members[left++] = row;
            else
                buffer[right++] = row;
        }
        buffer.AsSpan(0, right).CopyTo(members[left..]);
        return left;
    }

    private static int Size(ReadOnlySpan<int> members, int[]? counts)
    {
        if (counts is null)
            return members.Length;
        var size = 0;
        foreach (var row in members)
            size += counts[row];
        return size;
    }
}
