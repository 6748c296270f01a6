namespace RadiogenomicsCloud.Association;

/// <summary>The pairs with the smallest p, by p and then by the names of the imaging and of the molecular feature.</summary>
internal static class EdgeSelection
{
    public static IReadOnlyList<(int Row, int Column, double P)> Of(double[] p, MapSide imaging, MapSide molecular, SortedP sorted, int count)
    {
        if (count == 0)
            return [];
        var last = sorted.AtRank(count);
        var (rows, columns) = (ByName(imaging), ByName(molecular));
        var below = new List<(int Row, int Column, double P)>();
        var draws = new List<(int Row, int Column, double P)>();
        // In the order of names, so that equal p come in that order, and no more of them than are needed.
        foreach (var row in rows)
        {
            foreach (var column in columns)
            {
                var value = p[((long)row * columns.Length) + column];
                if (value < last)
                    below.Add((row, column, value));
                else if (value == last && draws.Count < count)
                    draws.Add((row, column, value));
            }
        }
        return [.. below.OrderBy(e => e.P), .. draws.Take(count - below.Count)];
    }

    private static int[] ByName(MapSide side) => [.. Enumerable.Range(0, side.Mapped.Length).OrderBy(side.NameOf, StringComparer.Ordinal)];
}
