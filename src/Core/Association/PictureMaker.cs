using RadiogenomicsCloud.Statistics;

namespace RadiogenomicsCloud.Association;

/// <summary>
/// The matrix of the heat map: representatives of the groups with the smallest p, at most <see cref="Most"/> a side, in the order of average
/// linkage on 1 − |correlation| of their effects. Effects are on the scale of correlations: of 2 × 2 tables φ, of measures without direction the
/// square root of the share (ε², partial η²) or Cramér's V.
/// </summary>
internal static class PictureMaker
{
    public const int Most = 60;

    /// <param name="called">Whether a p is called.</param>
    public static MapPicture Of(
        MapPairs map, double[] p, int[] rows, int[] columns, Func<double, bool> called, Func<int, int> imagingIndex, Func<int, int> molecularIndex)
    {
        var effects = Effects(map, rows, columns);
        var (rowTree, rowOrder) = Tree(effects);
        var turned = Enumerable.Range(0, columns.Length).Select(c => Array.ConvertAll(effects, row => row[c])).ToArray();
        var (columnTree, columnOrder) = Tree(turned);
        var values = new double[rows.Length * columns.Length];
        var marks = new bool[values.Length];
        for (var r = 0; r < rows.Length; r++)
        {
            for (var c = 0; c < columns.Length; c++)
            {
                int row = rows[rowOrder[r]], column = columns[columnOrder[c]];
                values[(r * columns.Length) + c] = effects[rowOrder[r]][columnOrder[c]];
                marks[(r * columns.Length) + c] = called(p[((long)row * map.Molecular.Length) + column]);
            }
        }
        return new(
            [.. rowOrder.Select(r => imagingIndex(rows[r]))], [.. columnOrder.Select(c => molecularIndex(columns[c]))], values, marks,
            Renumbered(rowTree, rowOrder), Renumbered(columnTree, columnOrder));
    }

    private static double[][] Effects(MapPairs map, int[] rows, int[] columns)
    {
        var tester = map.NewTester();
        return Array.ConvertAll(rows, r => Array.ConvertAll(
            columns, c => tester.Test(map.Imaging[r], map.Molecular[c], null, null, residuals: false, details: false).Signed));
    }

    private static (IReadOnlyList<TreeMerge> Merges, int[] Order) Tree(double[][] vectors)
    {
        var n = vectors.Length;
        if (n < 2)
            return ([], [.. Enumerable.Range(0, n)]);
        var distances = new float[n * (n - 1) / 2];
        for (var i = 0; i < n; i++)
        {
            for (var j = i + 1; j < n; j++)
                distances[AverageLinkage.Index(i, j, n)] = Distance(vectors[i], vectors[j]);
        }
        var merges = AverageLinkage.OfInPlace(distances, n, CancellationToken.None);
        return (merges, AverageLinkage.Order(merges, n));
    }

    private static float Distance(double[] a, double[] b)
    {
        int[] both = [.. Enumerable.Range(0, a.Length).Where(k => !double.IsNaN(a[k]) && !double.IsNaN(b[k]))];
        var r = both.Length < 2 ? double.NaN : Correlation.Pearson(Array.ConvertAll(both, k => a[k]), Array.ConvertAll(both, k => b[k]));
        return double.IsNaN(r) ? 1 : (float)(1 - Math.Abs(r));
    }

    // Leaves by their place in the picture.
    private static IReadOnlyList<TreeMerge> Renumbered(IReadOnlyList<TreeMerge> merges, int[] order)
    {
        var place = new int[order.Length];
        for (var k = 0; k < order.Length; k++)
            place[order[k]] = k;
        int Child(int child) => child < 0 ? -(place[-child - 1] + 1) : child;
        return [.. merges.Select(m => new TreeMerge(Child(m.Left), Child(m.Right), m.Height))];
    }
}
