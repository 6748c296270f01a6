namespace RadiogenomicsCloud.Statistics;

/// <summary>Pearson's χ² of a table of counts.</summary>
/// <param name="Statistic">χ².</param>
/// <param name="CramersV">√(χ²/(n·(min(rows, columns) − 1))) of the χ² without continuity correction, of rows and columns that are not empty.</param>
/// <param name="LeastExpected">The smallest expected count; below 5 the distribution is doubtful, as R warns.</param>
public readonly record struct ChiSquareResult(double Statistic, int DegreesOfFreedom, double P, double CramersV, double LeastExpected)
{
    public static readonly ChiSquareResult Undefined = new(double.NaN, 0, double.NaN, double.NaN, double.NaN);
}

/// <summary>
/// Whether the rows and the columns of a table of counts are independent: χ² as R's <c>chisq.test</c>, Fisher's exact test of any size as
/// <c>fisher.test</c> by listing all tables of the margins, and the seeded simulation of <c>chisq.test(simulate.p.value = TRUE)</c>. Empty rows
/// and columns do not count; undefined (NaN) for fewer than two rows or columns.
/// </summary>
public static class ContingencyTest
{
    /// <summary>As R's <c>chisq.test(table, correct = …)</c>; Yates' correction is for 2 × 2 tables only.</summary>
    /// <param name="counts">Rows × columns.</param>
    public static ChiSquareResult ChiSquared(int[,] counts, bool yates)
    {
        var table = ContingencyCounts.Of(counts);
        if (table is null)
            return ChiSquareResult.Undefined;
        var (plain, least) = table.Statistic(0);
        var (rows, columns) = (table.Rows.Length, table.Columns.Length);
        var statistic = plain;
        if (yates && rows == 2 && columns == 2)
            statistic = table.Statistic(0.5).ChiSquare;
        var freedom = (rows - 1) * (columns - 1);
        var v = Math.Min(1, Math.Sqrt(plain / (table.Total * (Math.Min(rows, columns) - 1.0))));
        return new(statistic, freedom, Statistics.ChiSquare.UpperTail(statistic, freedom), v, least);
    }

    /// <summary>Fisher's exact p, as R's <c>fisher.test(table)$p.value</c>; NaN where there are more tables of these margins than <paramref name="mostTables"/>.</summary>
    public static double FisherP(int[,] counts, int mostTables = ContingencyLaw.MostTables)
    {
        var table = ContingencyCounts.Of(counts);
        return table is null ? double.NaN : ContingencyLaw.Exact(table.Rows, table.Columns, mostTables)?.PValue(table) ?? double.NaN;
    }

    /// <summary>
    /// (r + 1)/(B + 1) for the r of B random tables of the same margins whose χ² is at least the observed one, as R's
    /// <c>chisq.test(table, simulate.p.value = TRUE, B = …)</c>.
    /// </summary>
    public static double SimulatedP(int[,] counts, int tables, ulong seed)
    {
        var table = ContingencyCounts.Of(counts);
        return table is null ? double.NaN : ContingencyLaw.Simulated(table.Rows, table.Columns, tables, seed).PValue(table);
    }
}
