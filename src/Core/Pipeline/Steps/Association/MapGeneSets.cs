using RadiogenomicsCloud.Genomics;
using RadiogenomicsCloud.Pipeline.Steps.Assembly;
using RadiogenomicsCloud.Tables;
using MappedSet = RadiogenomicsCloud.Association.GeneSet;

namespace RadiogenomicsCloud.Pipeline.Steps.Association;

/// <summary>The gene sets that a map looks for, as columns of its molecular side.</summary>
internal static class MapGeneSets
{
    /// <summary>MSigDB as a whole has about 4 million.</summary>
    private const int MostGenes = 10_000_000;

    /// <summary>Where a gene has several columns, one stands for it: sets of genes must not count a gene twice.</summary>
    private static readonly (string Source, string Prefix)[] Preference =
    [
        (PredictorSources.Expression, MolecularMatrixReader.ExpressionPrefix), (PredictorSources.CopyNumber, MolecularMatrixReader.CopyNumberPrefix),
        (PredictorSources.Mutations, MutationTable.ColumnPrefix),
    ];

    /// <summary>Null where the study asks for none.</summary>
    /// <returns>Only columns of the molecular side, those of expression if it is mapped, else of copy number, else of mutations; sets without one are left out.</returns>
    /// <exception cref="BadInputException"><c>cohort.no-gene-sets</c>, <c>gene_sets.line</c>, <c>gene_sets.duplicate</c>, <c>gene_sets.too-large</c>, <c>gene_sets.no-gene</c>, <c>text.*</c>.</exception>
    public static async Task<IReadOnlyList<MappedSet>?> Read(
        string? path, IReadOnlyList<string> molecular, IReadOnlyList<PredictorSource> sources, CohortSnapshot snapshot, ICohort cohort, CancellationToken cancel)
    {
        if (path is null)
            return null;
        var file = snapshot.Find(path) ?? throw new BadInputException("cohort.no-gene-sets", $"The cohort has no '{path}', which the study names for gene sets.", path);
        var (source, prefix) = Array.Find(Preference, p => molecular.Contains(p.Source, StringComparer.Ordinal));
        var columns = source is null ? [] : sources.First(s => s.Name == source).ColumnNames.ToHashSet(StringComparer.Ordinal);
        List<(string Name, List<string> Genes)> sets;
        await using (var stream = await cohort.Open(file, cancel))
            sets = TextSource.Guard(path, () => Lines(stream, path));
        List<MappedSet> mapped = [.. sets
            .Select(s => new MappedSet(s.Name, [.. s.Genes.Select(g => prefix + g).Where(columns.Contains).Distinct(StringComparer.Ordinal)]))
            .Where(s => s.Members.Count > 0)];
        return mapped.Count > 0
            ? mapped
            : throw new BadInputException("gene_sets.no-gene", $"No gene of {path} is on the molecular side of the map; check that both name genes in the same way.", path);
    }

    /// <summary>GMT: name, description and genes, separated by tabs.</summary>
    private static List<(string Name, List<string> Genes)> Lines(Stream stream, string path)
    {
        using var lines = new LineReader(stream, path, TableReadOptions.Default);
        var (sets, names, genes) = (new List<(string Name, List<string> Genes)>(), new HashSet<string>(StringComparer.Ordinal), 0L);
        while (lines.Read(out var line))
        {
            if (line.IsWhiteSpace())
                continue;
            var fields = line.TrimEnd().ToString().Split('\t', StringSplitOptions.TrimEntries);
            if (fields.Length < 3 || fields[0].Length == 0)
                throw new BadInputException("gene_sets.line", $"Line {lines.Number} of {path} is no gene set: it needs a name, a description and genes, separated by tabs.", lines.Where);
            if (!names.Add(fields[0]))
                throw new BadInputException("gene_sets.duplicate", $"Line {lines.Number} of {path} is the second gene set {CellText.Quote(fields[0])}; keep one.", lines.Where);
            genes += fields.Length - 2;
            if (genes > MostGenes)
                throw new BadInputException("gene_sets.too-large", $"{path} has more than {MostGenes} genes in its sets; take fewer sets.", path);
            sets.Add((fields[0], [.. fields.Skip(2).Where(f => f.Length > 0)]));
        }
        return sets;
    }
}
