using System.Globalization;
using System.Net;
using System.Text;
using RadiogenomicsCloud.Association;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <summary>A map as a clustered heat map: dendrograms, colours by effect, a dot on each cell that is called.</summary>
internal static class HeatMapFigure
{
    private const int Width = 760;
    private const int TreeDepth = 54;
    private const int MostLabel = 224;
    private const double CharacterWidth = 7;
    private const int LabelLength = 30;
    private const int ColumnLabelLength = 24;

    /// <summary>More rows or columns than this are too narrow to be named.</summary>
    private const int MostNamed = 60;

    private const int LargestCell = 26;
    private const int NamedRow = 13;
    private const int UnnamedHeight = 640;
    private const int LegendHeight = 44;

    /// <summary>Whether there is anything to draw.</summary>
    public static bool Applies(AssociationDocument map) => map.Picture.Rows.Count > 0 && map.Picture.Columns.Count > 0;

    public static string ToSvg(AssociationDocument map)
    {
        var picture = map.Picture;
        var (rows, columns) = (picture.Rows.Count, picture.Columns.Count);
        var (nameRows, nameColumns) = (rows <= MostNamed, columns <= MostNamed);
        var right = nameRows ? Room(map.Imaging, picture.Rows, LabelLength) : 8;
        var cellWidth = Math.Min(LargestCell, (Width - TreeDepth - right) / (double)columns);
        var cellHeight = nameRows ? Math.Clamp(cellWidth, NamedRow, 18) : UnnamedHeight / (double)rows;
        var (left, top) = (TreeDepth, TreeDepth);
        var (gridWidth, gridHeight) = (cellWidth * columns, cellHeight * rows);
        var bottom = top + gridHeight + (nameColumns ? Room(map.Molecular, picture.Columns, ColumnLabelLength) : 8);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"heat\" viewBox=\"0 0 {Width} {At(bottom + LegendHeight)}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(Label(map))}\">\n");
        Cells(svg, picture, left, top, cellWidth, cellHeight);
        svg.Append(CultureInfo.InvariantCulture, $"<path fill=\"none\" stroke=\"#aab3bb\" stroke-width=\"0.6\" d=\"M{At(left)} {At(top)}h{At(gridWidth)}v{At(gridHeight)}h{At(-gridWidth)}z\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"tree\" fill=\"none\" stroke=\"#5b6670\" stroke-width=\"0.8\" d=\"{Tree(picture.RowTree, rows, (along, depth) => (left - 3 - (depth * (TreeDepth - 8)), top + (along * cellHeight)))}\"/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"tree\" fill=\"none\" stroke=\"#5b6670\" stroke-width=\"0.8\" d=\"{Tree(picture.ColumnTree, columns, (along, depth) => (left + (along * cellWidth), top - 3 - (depth * (TreeDepth - 8))))}\"/>\n");
        for (var r = 0; nameRows && r < rows; r++)
            Name(svg, map.Imaging[picture.Rows[r]].Name, LabelLength, left + gridWidth + 6, top + ((r + 0.5) * cellHeight) + 3.5, Math.Min(11, cellHeight - 1.5), turned: false);
        for (var c = 0; nameColumns && c < columns; c++)
            Name(svg, map.Molecular[picture.Columns[c]].Name, ColumnLabelLength, left + ((c + 0.5) * cellWidth) + 3.5, top + gridHeight + 6, Math.Min(11, cellWidth), turned: true);
        Legend(svg, left, bottom + 4, map.Calls.FamilyWise is not null);
        return svg.Append("</svg>").ToString();
    }

    private static double Room(IReadOnlyList<MappedFeature> features, IReadOnlyList<int> shown, int most) =>
        Math.Min(MostLabel, 14 + (CharacterWidth * shown.Max(f => Math.Min(most, features[f].Name.Length))));

    /// <summary>Cells of one colour are one path, and neighbours in a row one rectangle: a large map stays a small page.</summary>
    private static void Cells(StringBuilder svg, MapPicture picture, double left, double top, double width, double height)
    {
        var columns = picture.Columns.Count;
        var paths = new SortedDictionary<int, StringBuilder>();
        var dots = new StringBuilder();
        var radius = Math.Clamp(Math.Min(width, height) / 5, 0.8, 2.6);
        for (var r = 0; r < picture.Rows.Count; r++)
        {
            for (var from = 0; from < columns;)
            {
                var step = HeatColours.Step(picture.Effects[(r * columns) + from]);
                var to = from + 1;
                while (to < columns && HeatColours.Step(picture.Effects[(r * columns) + to]) == step)
                    to++;
                if (!paths.TryGetValue(step, out var path))
                    paths[step] = path = new();
                path.Append(CultureInfo.InvariantCulture, $"M{At(left + (from * width))} {At(top + (r * height))}h{At((to - from) * width)}v{At(height)}h{At((from - to) * width)}z");
                from = to;
            }
            for (var c = 0; c < columns; c++)
            {
                if (picture.Called[(r * columns) + c])
                    dots.Append(CultureInfo.InvariantCulture, $"M{At(left + ((c + 0.5) * width) - radius)} {At(top + ((r + 0.5) * height))}a{At(radius)} {At(radius)} 0 1 0 {At(2 * radius)} 0a{At(radius)} {At(radius)} 0 1 0 {At(-2 * radius)} 0");
            }
        }
        foreach (var (step, path) in paths)
            svg.Append(CultureInfo.InvariantCulture, $"<path fill=\"{HeatColours.Of(step)}\" d=\"{path}\"/>\n");
        if (dots.Length > 0)
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"called\" fill=\"#000\" stroke=\"#fff\" stroke-width=\"0.5\" d=\"{dots}\"/>\n");
    }

    /// <summary>The lines of a dendrogram; its leaves are in the order of the matrix, heights are shares of the greatest.</summary>
    /// <param name="at">From a place in cells and a depth of 0 to 1 to a point.</param>
    private static string Tree(IReadOnlyList<TreeMerge> merges, int leaves, Func<double, double, (double X, double Y)> at)
    {
        if (merges.Count == 0 || leaves < 2)
            return "";
        var highest = Math.Max(merges.Max(m => m.Height), 1e-12);
        var joined = new (double Along, double Depth)[merges.Count];
        var path = new StringBuilder();
        for (var m = 0; m < merges.Count; m++)
        {
            var (a, b) = (End(merges[m].Left), End(merges[m].Right));
            var depth = merges[m].Height / highest;
            foreach (var (along, d, first) in new[] { (a.Along, a.Depth, true), (a.Along, depth, false), (b.Along, depth, false), (b.Along, b.Depth, false) })
            {
                var (x, y) = at(along, d);
                path.Append(CultureInfo.InvariantCulture, $"{(first ? 'M' : 'L')}{At(x)} {At(y)}");
            }
            joined[m] = ((a.Along + b.Along) / 2, depth);
        }
        return path.ToString();

        (double Along, double Depth) End(int child) => child < 0 ? (-child - 0.5, 0) : joined[child - 1];
    }

    private static void Name(StringBuilder svg, string name, int most, double x, double y, double size, bool turned)
    {
        var transform = turned ? string.Create(CultureInfo.InvariantCulture, $" transform=\"rotate(-90 {At(x)} {At(y)})\" text-anchor=\"end\"") : "";
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{At(x)}\" y=\"{At(y)}\" style=\"font-size:{At(size)}px\"{transform}>{WebUtility.HtmlEncode(MapWords.Shorten(name, most))}<title>{WebUtility.HtmlEncode(name)}</title></text>\n");
    }

    private static void Legend(StringBuilder svg, double x, double y, bool familyWise)
    {
        const int Step = 12;
        for (var step = -HeatColours.Steps; step <= HeatColours.Steps; step++)
            svg.Append(CultureInfo.InvariantCulture, $"<path fill=\"{HeatColours.Of(step)}\" d=\"M{At(x + ((step + HeatColours.Steps) * Step))} {At(y)}h{Step}v12h-{Step}z\"/>");
        var width = ((2 * HeatColours.Steps) + 1) * Step;
        foreach (var (text, at) in new[] { ("−1", 0.0), ("0", 0.5), ("1", 1.0) })
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{At(x + (at * width))}\" y=\"{At(y + 27)}\" text-anchor=\"middle\" style=\"font-size:12px\">{text}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<path fill=\"{HeatColours.Of(HeatColours.Missing)}\" d=\"M{At(x + width + 28)} {At(y)}h14v12h-14z\"/><text x=\"{At(x + width + 48)}\" y=\"{At(y + 10.5)}\" style=\"font-size:12px\">not tested</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<path fill=\"#000\" d=\"M{At(x + width + 126)} {At(y + 6)}a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0 -5.2 0\"/><text x=\"{At(x + width + 138)}\" y=\"{At(y + 10.5)}\" style=\"font-size:12px\">called {(familyWise ? "family-wise" : "by q")}</text>\n");
    }

    private static string Label(AssociationDocument map) => string.Create(
        CultureInfo.InvariantCulture,
        $"Clustered heat map: {map.Picture.Rows.Count} imaging features by {map.Picture.Columns.Count} molecular features, {map.Picture.Called.Count(c => c)} cells called");

    private static string At(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);
}
