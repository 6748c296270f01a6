using System.Text;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Pipeline.Steps.Results;

/// <summary>Comma-separated files of ours, of rows that are not cases: UTF-8 without BOM, line feeds, quotes where needed.</summary>
internal static class CsvFile
{
    public static void Write(Stream stream, IReadOnlyList<string> header, IEnumerable<IReadOnlyList<string>> rows)
    {
        using var text = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
        foreach (var row in rows.Prepend(header))
        {
            for (var cell = 0; cell < row.Count; cell++)
            {
                if (cell > 0)
                    text.Write(',');
                CaseTableWriter.WriteField(text, row[cell]);
            }
            text.Write('\n');
        }
    }

    /// <summary>All rows after the header, each as long as the header.</summary>
    /// <exception cref="BadInputException">The header is another one, or the file is damaged.</exception>
    public static List<string[]> Read(Stream stream, string name, IReadOnlyList<string> header)
    {
        using var reader = new DelimitedReader(stream, name, TableReadOptions.Default);
        if (!reader.ReadHeader().SequenceEqual(header))
            throw new BadInputException("run.damaged", $"{name} does not begin with the header that a run writes: {string.Join(',', header)}.", name);
        var rows = new List<string[]>();
        while (reader.ReadRow(header.Count))
            rows.Add([.. Enumerable.Range(0, header.Count).Select(cell => FormulaGuard.Restore(reader[cell]))]);
        return rows;
    }
}
