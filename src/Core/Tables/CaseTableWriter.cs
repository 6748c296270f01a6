using System.Text;
using Parquet;
using Parquet.Schema;

namespace RadiogenomicsCloud.Tables;

/// <summary>
/// Writes a table for people and other programs: the case id first, then the columns in order. The bytes depend on the table alone.
/// </summary>
public static class CaseTableWriter
{
    /// <summary>
    /// CSV as of RFC 4180 with <c>\n</c> line ends, UTF-8 without byte order mark, numbers as the shortest text that parses back to the
    /// same bits, missing as empty. Reads back through <see cref="CaseTableReader"/>.
    /// </summary>
    public static void WriteCsv(Stream stream, CaseTable table, string caseIdColumn = "case_id")
    {
        CheckName(table, caseIdColumn);
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        WriteField(writer, caseIdColumn);
        foreach (var column in table.Columns)
        {
            writer.Write(',');
            WriteField(writer, column.Name);
        }
        writer.Write('\n');
        for (var r = 0; r < table.CaseCount; r++)
        {
            WriteField(writer, table.CaseIds[r]);
            foreach (var column in table.Columns)
            {
                writer.Write(',');
                if (column is NumericColumn numeric)
                    writer.Write(CellText.Format(numeric.Values[r]));
                else if (((TextColumn)column).Values[r] is { } text)
                    WriteField(writer, text);
            }
            writer.Write('\n');
        }
    }

    /// <summary>
    /// Parquet, one row group, uncompressed (native compressors differ between platforms): a string column of case ids, then a nullable
    /// double or string for each column.
    /// </summary>
    public static async Task WriteParquet(Stream stream, CaseTable table, string caseIdColumn = "case_id", CancellationToken cancel = default)
    {
        CheckName(table, caseIdColumn);
        var fields = new List<DataField> { new(caseIdColumn, typeof(string), isNullable: false) };
        foreach (var column in table.Columns)
            fields.Add(new DataField(column.Name, column is NumericColumn ? typeof(double) : typeof(string), isNullable: true));
        var options = new ParquetOptions { CompressionMethod = CompressionMethod.None };
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream, options, cancellationToken: cancel).ConfigureAwait(false);
        using var group = writer.CreateRowGroup();
        await group.WriteAsync(fields[0], table.CaseIds.ToArray()).ConfigureAwait(false);
        for (var c = 0; c < table.Columns.Count; c++)
        {
            cancel.ThrowIfCancellationRequested();
            if (table.Columns[c] is NumericColumn numeric)
                await group.WriteAsync<double>(fields[c + 1], Nullable(numeric.Values), cancellationToken: cancel).ConfigureAwait(false);
            else
                await group.WriteAsync(fields[c + 1], ((TextColumn)table.Columns[c]).Values!).ConfigureAwait(false);
        }
        group.CompleteValidate();
    }

    private static void CheckName(CaseTable table, string caseIdColumn)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table.FindColumn(caseIdColumn) is not null)
            throw new ArgumentException($"The table has a column '{caseIdColumn}' of its own.", nameof(caseIdColumn));
    }

    private static ReadOnlyMemory<double?> Nullable(double[] values) =>
        Array.ConvertAll(values, value => double.IsNaN(value) ? (double?)null : value);

    /// <summary>A field as of RFC 4180, quoted where it must be; never a formula to a spreadsheet.</summary>
    internal static void WriteField(TextWriter writer, string value)
    {
        var text = FormulaGuard.Protect(value);
        if (text.AsSpan().IndexOfAny(",\"\r\n") < 0)
        {
            writer.Write(text);
            return;
        }
        writer.Write('"');
        writer.Write(text.Replace("\"", "\"\"", StringComparison.Ordinal));
        writer.Write('"');
    }
}
