using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Genomics;

/// <summary>How mutations are called from MAF and VCF rows.</summary>
public sealed record MutationReadOptions
{
    public static MutationReadOptions Default { get; } = new();

    /// <summary>Whether FILTER must be PASS or missing; default true. A MAF without a FILTER column passes.</summary>
    public bool RequirePass { get; init; } = true;

    public TableReadOptions Limits { get; init; } = TableReadOptions.Default;
}

/// <summary>
/// Streams a MAF file (GDC MAF format): tab-delimited, comment lines begin with <c>#</c>, gzip by extension, columns by name
/// (<c>Hugo_Symbol</c>, <c>Variant_Classification</c>, <c>Tumor_Sample_Barcode</c>; <c>FILTER</c> if there). Every row names a sequenced
/// sample; a row counts as a mutation of its gene if it passes FILTER and its classification is in
/// <see cref="Consequences.NonSilentClassifications"/>. Memory grows with distinct samples and genes, not with rows.
/// </summary>
public static class MafReader
{
    /// <exception cref="BadInputException">
    /// <c>maf.no-header</c>, <c>table.missing-column</c>, <c>table.duplicate-column</c>, <c>table.ragged-row</c>, <c>maf.no-sample</c>, <c>maf.classification</c>,
    /// <c>text.*</c>; names the line.
    /// </exception>
    public static MutationCalls Read(Stream stream, string path, MutationReadOptions? options = null) =>
        TextSource.Guard(path, () =>
        {
            var settings = options ?? MutationReadOptions.Default;
            using var lines = new LineReader(stream, path, settings.Limits);
            return Read(lines, path, settings);
        });

    private static MutationCalls Read(LineReader lines, string path, MutationReadOptions options)
    {
        var header = ReadHeader(lines, path);
        var gene = ColumnOf("Hugo_Symbol", header, path);
        var classification = ColumnOf("Variant_Classification", header, path);
        var sample = ColumnOf("Tumor_Sample_Barcode", header, path);
        var filter = Array.IndexOf(header, "FILTER");

        var calls = new MutationCallsBuilder();
        long rows = 0, filtered = 0, silent = 0, qualifying = 0;
        var known = false;
        string? unknown = null;
        var cells = new Range[header.Length + 1];
        while (lines.Read(out var line))
        {
            if (line.IsWhiteSpace() || line[0] == '#')
                continue;
            rows++;
            if (line.Split(cells, '\t') != header.Length)
                throw new BadInputException(
                    "table.ragged-row",
                    $"Line {lines.Number} of {path} has {line.Count('\t') + 1} cells where the header has {header.Length}; the file may be cut off.",
                    lines.Where);
            var named = line[cells[sample]].Trim();
            if (named.IsEmpty)
                throw new BadInputException("maf.no-sample", $"Line {lines.Number} of {path} has no Tumor_Sample_Barcode.", lines.Where);
            var genes = calls.Sequenced(named);
            var symbol = line[cells[gene]].Trim();
            var classified = line[cells[classification]].Trim();
            if (!known)
            {
                known = Consequences.IsKnownClassification(classified);
                unknown ??= known ? null : classified.ToString();
            }
            if (options.RequirePass && filter >= 0 && !Consequences.Passes(line[cells[filter]].Trim()))
                filtered++;
            else if (symbol.IsEmpty || !Consequences.IsNonSilentClassification(classified))
                silent++;
            else
            {
                qualifying++;
                genes.Add(calls.Gene(symbol));
            }
        }
        // Other vocabularies (Sequence Ontology terms) would make every gene of every case unmutated without a word.
        if (!known && unknown is not null)
            throw new BadInputException(
                "maf.classification",
                $"No Variant_Classification of {path} is one of the MAF format's (the first is {CellText.Quote(unknown)}); write Missense_Mutation, Silent and so on.",
                path);
        calls.Counts = new MutationCounts(rows, filtered, silent, qualifying);
        return calls.Build();
    }

    private static string[] ReadHeader(LineReader lines, string path)
    {
        while (lines.Read(out var line))
        {
            if (line.IsWhiteSpace() || line[0] == '#')
                continue;
            var header = line.ToString().Split('\t', StringSplitOptions.TrimEntries);
            foreach (var name in header.GroupBy(name => name, StringComparer.Ordinal))
                if (name.Key.Length > 0 && name.Count() > 1)
                    throw new BadInputException("table.duplicate-column", $"{path} has two columns named {CellText.Quote(name.Key)}.", lines.Where);
            return header;
        }
        throw new BadInputException("maf.no-header", $"{path} has no header line; a MAF file has one after its # comments.", path);
    }

    private static int ColumnOf(string name, string[] header, string path) =>
        Array.IndexOf(header, name) is >= 0 and var column ? column : throw CaseTable.MissingColumn(name, header, path);
}
