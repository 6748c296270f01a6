namespace RadiogenomicsCloud.Statistics;

/// <summary>A table of counts without empty rows and columns: cells row after row, and its margins.</summary>
internal sealed record ContingencyCounts(int[] Cells, int[] Rows, int[] Columns, int Total)
{
    /// <returns>Null for fewer than two rows or columns that are not empty.</returns>
    public static ContingencyCounts? Of(int[,] counts)
    {
        int rows = counts.GetLength(0), columns = counts.GetLength(1);
        var (rowSums, columnSums) = (new int[rows], new int[columns]);
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(counts[r, c]);
                rowSums[r] += counts[r, c];
                columnSums[c] += counts[r, c];
            }
        }
        var (usedRows, usedColumns) = (Used(rowSums), Used(columnSums));
        if (usedRows.Length < 2 || usedColumns.Length < 2)
            return null;
        var cells = new int[usedRows.Length * usedColumns.Length];
        for (var r = 0; r < usedRows.Length; r++)
        {
            for (var c = 0; c < usedColumns.Length; c++)
                cells[(r * usedColumns.Length) + c] = counts[usedRows[r], usedColumns[c]];
        }
        return new(cells, [.. usedRows.Select(r => rowSums[r])], [.. usedColumns.Select(c => columnSums[c])], rowSums.Sum());
    }

    /// <summary>χ² with each difference made smaller by <paramref name="correction"/>, though not below 0 for the smallest of them, and the least expected count.</summary>
    public (double ChiSquare, double LeastExpected) Statistic(double correction)
    {
        double least = double.PositiveInfinity, sum = 0;
        if (correction > 0)
        {
            // R: min(0.5, |O − E|).
            for (var i = 0; i < Cells.Length; i++)
                correction = Math.Min(correction, Math.Abs(Cells[i] - Expected(i)));
        }
        for (var i = 0; i < Cells.Length; i++)
        {
            var expected = Expected(i);
            least = Math.Min(least, expected);
            var difference = Math.Abs(Cells[i] - expected) - correction;
            sum += difference * difference / expected;
        }
        return (sum, least);
    }

    private double Expected(int cell) => (double)Rows[cell / Columns.Length] * Columns[cell % Columns.Length] / Total;

    private static int[] Used(int[] sums) => [.. Enumerable.Range(0, sums.Length).Where(i => sums[i] > 0)];
}
