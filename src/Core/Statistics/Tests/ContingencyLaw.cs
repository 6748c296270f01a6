using System.Globalization;
using MathNet.Numerics;

namespace RadiogenomicsCloud.Statistics;

/// <summary>
/// The p of every table of given margins: exact where the tables can be listed, else by χ² where every expected count is at least 5, else by
/// random tables. Which of them depends on the margins alone, so that one law serves a table and its permutations.
/// </summary>
internal sealed class ContingencyLaw
{
    public const int MostTables = 20_000;

    private const int RandomTables = 9_999;
    private const double LeastExpected = 5;

    // Ascending "extremeness": −(ln probability) of exact tables or χ² of random ones; with the share of tables at least as extreme.
    private readonly double[]? extremeness;
    private readonly double[]? tails;
    private readonly bool exact;

    private ContingencyLaw(double[]? extremeness, double[]? tails, bool exact) => (this.extremeness, this.tails, this.exact) = (extremeness, tails, exact);

    public static ContingencyLaw For(int[] rows, int[] columns, ulong seed)
    {
        if (Exact(rows, columns, MostTables) is { } law)
            return law;
        double total = rows.Sum();
        return rows.Min() * (columns.Min() / total) >= LeastExpected
            ? new(null, null, exact: false)
            : Simulated(rows, columns, RandomTables, DeterministicRandom.Derive(seed, "contingency " + Key(rows, columns), 0));
    }

    public static string Key(int[] rows, int[] columns) => string.Create(CultureInfo.InvariantCulture, $"{string.Join(',', rows)}|{string.Join(',', columns)}");

    /// <returns>Null where there are too many tables.</returns>
    public static ContingencyLaw? Exact(int[] rows, int[] columns, int mostTables)
    {
        var logs = new List<double>();
        if (!List([.. rows], columns, 0, 0, columns[0], 0, logs, mostTables))
            return null;
        double[] sorted = [.. logs];
        Array.Sort(sorted, static (a, b) => b.CompareTo(a));     // the likeliest first: extremeness ascends
        var tails = new double[sorted.Length];
        double sum = 0, greatest = sorted[0];
        for (var i = sorted.Length - 1; i >= 0; i--)
            tails[i] = sum += Math.Exp(sorted[i] - greatest);
        for (var i = 0; i < tails.Length; i++)
        {
            tails[i] = Math.Min(1, tails[i] / sum);
            sorted[i] = -sorted[i];
        }
        return new(sorted, tails, exact: true);
    }

    public static ContingencyLaw Simulated(int[] rows, int[] columns, int tables, ulong seed)
    {
        var random = new DeterministicRandom(seed);
        var total = rows.Sum();
        var labels = new int[total];
        var owners = new int[total];
        Fill(rows, owners);
        Fill(columns, labels);
        var sorted = new double[tables];
        var table = new ContingencyCounts(new int[rows.Length * columns.Length], rows, columns, total);
        for (var t = 0; t < tables; t++)
        {
            random.Shuffle<int>(labels);
            Array.Clear(table.Cells);
            for (var i = 0; i < total; i++)
                table.Cells[(owners[i] * columns.Length) + labels[i]]++;
            sorted[t] = table.Statistic(0).ChiSquare;
        }
        Array.Sort(sorted);
        var tails = new double[tables + 1];
        for (var i = 0; i <= tables; i++)
            tails[i] = (tables - i + 1.0) / (tables + 1.0);
        return new(sorted, tails, exact: false);
    }

    public double PValue(ContingencyCounts table)
    {
        if (extremeness is null)
            return ChiSquare.UpperTail(table.Statistic(0).ChiSquare, (table.Rows.Length - 1) * (table.Columns.Length - 1));
        double at;
        if (exact)
        {
            at = 0;
            foreach (var count in table.Cells)
                at += SpecialFunctions.FactorialLn(count);
            at -= Math.Log(FisherExact.Tolerance);
        }
        else
        {
            // As R: 1 − 64 ε of the observed statistic.
            at = table.Statistic(0).ChiSquare * (1 - 1e-12);
        }
        int low = 0, high = extremeness.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (extremeness[middle] < at)
                low = middle + 1;
            else
                high = middle;
        }
        return low < tails!.Length ? tails[low] : tails[^1];
    }

    // Depth first over the cells, column after column; the logarithm of a table's probability is, but for a constant, −Σ ln x!.
    private static bool List(int[] left, int[] columns, int column, int row, int needed, double log, List<double> logs, int most)
    {
        if (column == columns.Length - 1)
        {
            // The last column is what is left.
            foreach (var count in left)
                log -= SpecialFunctions.FactorialLn(count);
            if (logs.Count == most)
                return false;
            logs.Add(log);
            return true;
        }
        if (row == left.Length - 1)
        {
            if (needed > left[row])
                return true;
            left[row] -= needed;
            var goesOn = List(left, columns, column + 1, 0, columns[column + 1], log - SpecialFunctions.FactorialLn(needed), logs, most);
            left[row] += needed;
            return goesOn;
        }
        var rest = 0;
        for (var r = row + 1; r < left.Length; r++)
            rest += left[r];
        for (var count = Math.Max(0, needed - rest); count <= Math.Min(needed, left[row]); count++)
        {
            left[row] -= count;
            var goesOn = List(left, columns, column, row + 1, needed - count, log - SpecialFunctions.FactorialLn(count), logs, most);
            left[row] += count;
            if (!goesOn)
                return false;
        }
        return true;
    }

    private static void Fill(int[] sums, int[] items)
    {
        var at = 0;
        for (var g = 0; g < sums.Length; g++)
        {
            items.AsSpan(at, sums[g]).Fill(g);
            at += sums[g];
        }
    }
}
