using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>
/// Permutation importance of any model on given rows (Breiman 2001; Fisher, Rudin and Dominici, JMLR 2019, 20:177): the growth of a loss when the values of one
/// column are permuted among the rows. What it says holds for rows the model has not seen; of correlated columns each may seem dispensable. Values move
/// with their missingness. Deterministic, and the same for any order of rows and columns.
/// </summary>
public static class PermutationImportance
{
    /// <summary>The rows with the values of one column dealt out anew among them; the column is permuted as it is in the table, levels of a category as codes.</summary>
    /// <param name="repeat">Another one is another deal.</param>
    public static Predictors Permuted(Predictors rows, int column, ulong seed, int repeat)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var values = rows.All.ToArray();
        Permute(rows.Column(column), values.AsSpan(column * rows.RowCount, rows.RowCount), ById(rows.Rows), new(DeterministicRandom.Derive(seed, rows.Columns[column], repeat)));
        return rows.With(rows.Columns, values);
    }

    // So that draws do not depend on the order of the table; copies stay in that order.
    private static int[] ById(IReadOnlyList<RowId> rows) =>
    [
        .. Enumerable.Range(0, rows.Count).OrderBy(r => rows[r].Cohort, StringComparer.Ordinal)
            .ThenBy(r => rows[r].Patient, StringComparer.Ordinal).ThenBy(r => rows[r].Case, StringComparer.Ordinal),
    ];

    private static void Permute(ReadOnlySpan<double> source, Span<double> target, int[] order, DeterministicRandom random)
    {
        int[] from = [.. order];
        random.Shuffle<int>(from);
        for (var i = 0; i < order.Length; i++)
            target[order[i]] = source[from[i]];
    }
}
