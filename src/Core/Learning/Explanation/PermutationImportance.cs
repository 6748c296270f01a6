using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Learning;

/// <summary>How much a model needs a column.</summary>
/// <param name="Mean">Mean growth of the loss over the repeats; negative where the model does better without.</param>
/// <param name="Growths">The growth of each repeat.</param>
public sealed record ColumnImportance(string Column, double Mean, IReadOnlyList<double> Growths);

/// <summary>
/// Permutation importance of any model on given rows (Breiman 2001; Fisher, Rudin and Dominici, JMLR 2019, 20:177): the growth of a loss when the values of one
/// column are permuted among the rows. What it says holds for rows the model has not seen; of correlated columns each may seem dispensable. Values move
/// with their missingness. Deterministic, and the same for any order of rows and columns.
/// </summary>
public static class PermutationImportance
{
    /// <param name="rows">Rows to score, best unseen.</param>
    /// <param name="loss">A loss of predictions of these rows, in their order; finite.</param>
    /// <param name="repeats">How often each column is permuted.</param>
    /// <param name="times">Times at which the loss needs survival.</param>
    /// <returns>One entry for each column that the model reads, in its order.</returns>
    public static IReadOnlyList<ColumnImportance> Of(
        IScoringModel model,
        Predictors rows,
        Func<Predictions, double> loss,
        int repeats,
        ulong seed,
        IReadOnlyList<double> times,
        CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(times);
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        var read = rows.SelectColumns(rows.IndexesOf(model.Columns));
        var before = loss(model.Predict(read, times));
        var order = ById(rows.Rows);
        var values = read.All.ToArray();
        var result = new ColumnImportance[read.ColumnCount];
        for (var c = 0; c < result.Length; c++)
        {
            var target = values.AsMemory(c * read.RowCount, read.RowCount);
            var growths = new double[repeats];
            for (var repeat = 0; repeat < repeats; repeat++)
            {
                cancel.ThrowIfCancellationRequested();
                Permute(read.Column(c), target.Span, order, new(DeterministicRandom.Derive(seed, read.Columns[c], repeat)));
                growths[repeat] = loss(model.Predict(read.With(read.Columns, [.. values]), times)) - before;
            }
            read.Column(c).CopyTo(target.Span);
            result[c] = new(read.Columns[c], growths.Average(), growths);
        }
        return result;
    }

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
