namespace RadiogenomicsCloud.Fitting;

/// <summary>Which fold each row is held out in.</summary>
public sealed class FoldAssignment
{
    private readonly int[] foldOfRow;

    internal FoldAssignment(int foldCount, int[] foldOfRow)
    {
        FoldCount = foldCount;
        this.foldOfRow = foldOfRow;
    }

    public int FoldCount { get; }

    /// <summary>The fold of each row, from 0.</summary>
    public ReadOnlySpan<int> FoldOfRow => foldOfRow;

    /// <summary>Indexes of the rows of <paramref name="fold"/>, ascending.</summary>
    public int[] HeldOutRows(int fold) => Rows(fold, heldOut: true);

    /// <summary>Indexes of all other rows, ascending.</summary>
    public int[] TrainingRows(int fold) => Rows(fold, heldOut: false);

    private int[] Rows(int fold, bool heldOut)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fold);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(fold, FoldCount);
        var rows = new List<int>(foldOfRow.Length);
        for (var r = 0; r < foldOfRow.Length; r++)
        {
            if (foldOfRow[r] == fold == heldOut)
                rows.Add(r);
        }
        return [.. rows];
    }
}
