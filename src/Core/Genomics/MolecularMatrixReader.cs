using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Genomics;

/// <summary>A gene that stood several times in a matrix; the occurrence of the highest mean was kept.</summary>
/// <param name="Lines">How often it stood.</param>
public sealed record DuplicateGene(string Gene, int Lines);

/// <summary>An expression or copy number matrix, by case.</summary>
/// <param name="Table">A row for each case, a column <c>PREFIX_GENE</c> for each gene in the file's order; missing is NaN.</param>
/// <param name="Samples">How the file's sample ids were matched.</param>
/// <param name="CasesAreRows">True if the file was cases × genes, false if genes × cases.</param>
/// <param name="Duplicates">Genes that stood several times.</param>
public sealed record MolecularMatrix(CaseTable Table, IdMatch Samples, bool CasesAreRows, IReadOnlyList<DuplicateGene> Duplicates);

/// <summary>
/// Reads an expression or copy number matrix, <c>.csv</c>, <c>.tsv</c> or <c>.txt</c>, with or without <c>.gz</c>: cases × genes or genes ×
/// cases, told apart by which side names cases of the cohort (exactly, by <c>id_map</c> or as tumour barcodes). The first column holds the
/// ids of the rows and its header may be blank or absent (as R writes it). In genes × cases, columns that are no case may hold text (gene
/// ids, descriptions) and are not used. No gene is filtered here: a filter such as the variance's is fitted inside each resample.
/// </summary>
public static class MolecularMatrixReader
{
    public const string ExpressionPrefix = "expr_";

    public const string CopyNumberPrefix = "cn_";

    /// <param name="stream">The file's bytes; left open.</param>
    /// <param name="path">Decides delimiter and compression, named in messages.</param>
    /// <param name="prefix"><see cref="ExpressionPrefix"/> or <see cref="CopyNumberPrefix"/>.</param>
    /// <param name="caseIds">The cohort's cases; the rows of the result.</param>
    /// <param name="idMap">From an id of the file to a case id.</param>
    /// <param name="options">Limits.</param>
    /// <exception cref="BadInputException">
    /// <c>matrix.no-case</c>, <c>matrix.ambiguous</c>, <c>matrix.not-numeric</c>, <c>matrix.blank-gene</c>, <c>table.duplicate-case</c>,
    /// <c>table.missing-case-id</c>, <c>table.ragged-row</c>, <c>table.too-large</c>, <c>ids.*</c>, <c>text.*</c>; names the line.
    /// </exception>
    public static MolecularMatrix Read(
        Stream stream, string path, string prefix, IReadOnlyList<string> caseIds, IReadOnlyDictionary<string, string>? idMap = null, TableReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(caseIds);
        var raw = TextSource.Guard(path, () =>
        {
            using var reader = new DelimitedReader(stream, path, options ?? TableReadOptions.Default);
            return RawMatrix.Read(reader, path, options ?? TableReadOptions.Default);
        });
        const string cohort = "the clinical table";
        var byRow = IdMatcher.Match(caseIds, cohort, raw.RowIds.Distinct(StringComparer.Ordinal).ToList(), path, idMap);
        var byColumn = IdMatcher.Match(caseIds, cohort, raw.ColumnIds.Distinct(StringComparer.Ordinal).ToList(), path, idMap);
        var (rows, columns) = (byRow.SourceIdByCase.Count, byColumn.SourceIdByCase.Count);
        if (rows > 0 && columns > 0)
            throw new BadInputException(
                "matrix.ambiguous",
                $"{path} names cases both in its rows ({rows}) and in its header ({columns}), so cases × genes or genes × cases cannot be told; rename the others.",
                path);
        if (rows == 0 && columns == 0)
            throw NoCase(path, byRow, byColumn);
        return rows > 0
            ? Build(raw, path, prefix, caseIds, byRow, casesAreRows: true)
            : Build(raw, path, prefix, caseIds, byColumn, casesAreRows: false);
    }

    private static MolecularMatrix Build(RawMatrix raw, string path, string prefix, IReadOnlyList<string> caseIds, IdMatch match, bool casesAreRows)
    {
        var (sampleIds, genes) = casesAreRows ? (raw.RowIds, raw.ColumnIds) : (raw.ColumnIds, raw.RowIds);
        var positions = Positions(sampleIds, match, path);
        var used = caseIds.Select(id => match.SourceIdByCase.TryGetValue(id, out var source) ? positions[source] : -1).ToArray();
        raw.RefuseText(path, used.Where(position => position >= 0).ToHashSet(), casesAreRows);

        // Kept occurrence of each gene: the highest mean over this cohort's cases, the first of equals.
        var kept = new Dictionary<string, (int Position, double Mean)>(StringComparer.Ordinal);
        var times = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var g = 0; g < genes.Count; g++)
        {
            if (genes[g].Length == 0)
                throw new BadInputException("matrix.blank-gene", $"{(casesAreRows ? "Column" : "Row")} {g + 1} of {path} has no gene name.", path);
            var count = times[genes[g]] = times.GetValueOrDefault(genes[g]) + 1;
            if (count == 1)
                kept[genes[g]] = (g, double.NaN);
        }
        for (var g = 0; g < genes.Count; g++)
        {
            if (times[genes[g]] == 1)
                continue;
            var mean = MeanOfPresent(raw, used, g, casesAreRows);
            var best = kept[genes[g]];
            if (double.IsNaN(best.Mean) || mean > best.Mean)
                kept[genes[g]] = (double.IsNaN(mean) ? best.Position : g, mean);
        }

        var columns = new List<TableColumn>(kept.Count);
        for (var g = 0; g < genes.Count; g++)
            if (kept[genes[g]].Position == g)
                columns.Add(new NumericColumn(prefix + genes[g], Array.ConvertAll(used, position => position < 0 ? double.NaN : raw.Value(position, g, casesAreRows))));
        var duplicates = times.Where(pair => pair.Value > 1).Select(pair => new DuplicateGene(pair.Key, pair.Value)).OrderBy(d => d.Gene, StringComparer.Ordinal).ToList();
        return new MolecularMatrix(new CaseTable(caseIds, columns), match, casesAreRows, duplicates);
    }

    private static double MeanOfPresent(RawMatrix raw, int[] used, int gene, bool casesAreRows)
    {
        var (sum, count) = (0.0, 0);
        foreach (var position in used)
        {
            var value = position < 0 ? double.NaN : raw.Value(position, gene, casesAreRows);
            if (double.IsNaN(value))
                continue;
            sum += value;
            count++;
        }
        return sum / count;
    }

    private static Dictionary<string, int> Positions(IReadOnlyList<string> sampleIds, IdMatch match, string path)
    {
        var used = match.SourceIdByCase.Values.ToHashSet(StringComparer.Ordinal);
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var s = 0; s < sampleIds.Count; s++)
            if (used.Contains(sampleIds[s]) && !positions.TryAdd(sampleIds[s], s))
                throw new BadInputException("table.duplicate-case", $"{path} has sample {CellText.Quote(sampleIds[s])} twice.", path);
        return positions;
    }

    private static BadInputException NoCase(string path, IdMatch byRow, IdMatch byColumn)
    {
        var near = byRow.NearMisses.Concat(byColumn.NearMisses).FirstOrDefault();
        var hint = near is null
            ? "check the ids of its rows and header"
            : $"nearest are {CellText.Quote(near.IdB)} and case {CellText.Quote(near.IdA)} ({near.Why}): join them by id_map";
        return new BadInputException("matrix.no-case", $"Neither the rows nor the header of {path} name a case of the cohort; {hint}.", path);
    }
}
