using System.Globalization;
using System.Text;

namespace RadiogenomicsCloud.Certification;

/// <summary>
/// The reference values of IBSI 1: the digital phantom and configurations A to E of the CT radiomics phantom.
/// Source: Zwanenburg et al., Radiology 2020;295:328–338; the file <c>ibsi-1-reference.csv</c> of this folder says more.
/// </summary>
public static class ReferenceTable
{
    /// <summary>The family of rows that describe image and masks after each processing step.</summary>
    public const string Diagnostics = "diagnostics";

    private const string NoConsensus = "none";
    private const char Tolerance = '±';

    private static readonly Lazy<Dictionary<string, IReadOnlyList<ReferenceRow>>> Tables = new(Read);

    /// <summary>The rows of a data set in the order of the standard.</summary>
    /// <param name="dataSet">Key of an <see cref="IbsiDataSet"/>.</param>
    public static IReadOnlyList<ReferenceRow> Of(string dataSet) => Tables.Value[dataSet];

    private static Dictionary<string, IReadOnlyList<ReferenceRow>> Read()
    {
        using var stream = typeof(ReferenceTable).Assembly.GetManifestResourceStream("ibsi-1-reference.csv")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var columns = new List<(string Key, List<ReferenceRow> Rows)>();
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;
            var cells = line.Split(',');
            if (columns.Count == 0)
            {
                columns.AddRange(cells.Skip(2).Select(key => (key, new List<ReferenceRow>())));
                continue;
            }
            for (var c = 0; c < columns.Count; c++)
            {
                if (cells[c + 2].Length > 0)
                    columns[c].Rows.Add(new(cells[0], cells[1], Value(cells[c + 2])));
            }
        }
        return columns.ToDictionary(c => c.Key, c => (IReadOnlyList<ReferenceRow>)c.Rows, StringComparer.Ordinal);
    }

    private static ReferenceValue? Value(string cell)
    {
        if (cell == NoConsensus)
            return null;
        var at = cell.IndexOf(Tolerance, StringComparison.Ordinal);
        return at < 0
            ? new(cell, 0)
            : new(cell[..at], decimal.Parse(cell.AsSpan(at + 1), NumberStyles.Float, CultureInfo.InvariantCulture));
    }
}
