using System.Globalization;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Genomics;

/// <summary>A labelled matrix of numbers as it stands in the file, 8 bytes a cell; cells that hold text are NaN and remembered.</summary>
internal sealed class RawMatrix
{
    private readonly List<double[]> rows = [];
    private readonly List<string> rowIds = [];
    private readonly Dictionary<int, (int Line, string Text)> firstTextByColumn = [];
    private readonly Dictionary<int, (int Line, int Column, string Text)> firstTextByRow = [];

    private RawMatrix(IReadOnlyList<string> columnIds) => ColumnIds = columnIds;

    public IReadOnlyList<string> RowIds => rowIds;

    public IReadOnlyList<string> ColumnIds { get; }

    /// <summary>Value of a sample and a gene.</summary>
    public double Value(int sample, int gene, bool casesAreRows) => casesAreRows ? rows[sample][gene] : rows[gene][sample];

    public static RawMatrix Read(DelimitedReader reader, string path, TableReadOptions options)
    {
        var header = reader.ReadHeader();
        RawMatrix? matrix = null;
        var width = 0;
        while (width == 0 ? reader.Read() : reader.ReadRow(width))
        {
            if (matrix is null)
            {
                // R's write.table leaves out the header of the row names.
                var corner = reader.Count == header.Length + 1 ? 0 : 1;
                width = header.Length + 1 - corner;
                if (reader.Count != width)
                    throw new BadInputException(
                        "table.ragged-row",
                        $"Line {reader.Line} of {path} has {reader.Count} cells where the header has {width}; look for a missing or unquoted delimiter.",
                        $"{path}:{reader.Line}");
                matrix = new RawMatrix(header[corner..]);
            }
            matrix.Add(reader, path, width);
            if ((long)matrix.rows.Count * width > options.MaxMatrixCells)
                throw new BadInputException("table.too-large", $"{path} has more than {options.MaxMatrixCells} cells, the limit.", path);
        }
        return matrix ?? throw new BadInputException("table.empty", $"{path} has a header but no rows.", path);
    }

    /// <summary>Refuses text in a cell of a case.</summary>
    public void RefuseText(string path, HashSet<int> samples, bool casesAreRows)
    {
        foreach (var sample in samples.Order())
            if (casesAreRows && firstTextByRow.TryGetValue(sample, out var inRow))
                throw NotNumeric(path, inRow.Line, RowIds[sample], ColumnIds[inRow.Column], inRow.Text);
            else if (!casesAreRows && firstTextByColumn.TryGetValue(sample, out var inColumn))
                throw NotNumeric(path, inColumn.Line, ColumnIds[sample], gene: null, inColumn.Text);
    }

    private void Add(DelimitedReader reader, string path, int width)
    {
        var id = reader[0];
        if (id.Length == 0)
            throw new BadInputException(
                "table.missing-case-id",
                $"Line {reader.Line} of {path} has nothing in its first column, where the gene or case belongs.",
                $"{path}:{reader.Line}");
        var values = new double[width - 1];
        for (var c = 0; c < values.Length; c++)
        {
            var cell = reader.Utf8(c + 1);
            if (double.TryParse(cell, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out values[c])
                && double.IsFinite(values[c]))
                continue;
            values[c] = double.NaN;
            var text = reader[c + 1];
            if (CellText.IsMissing(text))
                continue;
            firstTextByColumn.TryAdd(c, (reader.Line, text));
            firstTextByRow.TryAdd(rows.Count, (reader.Line, c, text));
        }
        rowIds.Add(id);
        rows.Add(values);
    }

    private static BadInputException NotNumeric(string path, int line, string sample, string? gene, string text)
    {
        var place = gene is null ? "" : $" in column {CellText.Quote(gene)}";
        return new BadInputException(
            "matrix.not-numeric",
            $"Line {line} of {path} has {CellText.Quote(text)}{place} for {CellText.Quote(sample)}, which is no number; correct it or leave it empty.",
            $"{path}:{line}");
    }
}
