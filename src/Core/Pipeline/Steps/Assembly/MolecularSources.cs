using RadiogenomicsCloud.Genomics;
using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Pipeline.Steps.Assembly;

/// <summary>Predictors from <c>genomics/</c>.</summary>
internal sealed class MolecularSources(CohortSnapshot snapshot, CohortCases cases, CohortColumns columns, ICohort cohort)
{
    /// <summary>The sources that <c>genomics</c> stands for in <c>compare</c>.</summary>
    public static readonly IReadOnlyList<string> Names = [PredictorSources.Mutations, PredictorSources.Expression, PredictorSources.CopyNumber];

    private const string Folder = "genomics/";
    private const string VariantFolder = "genomics/variants/";

    public async Task<PredictorSource> Mutations(MutationSettings settings, CancellationToken cancel)
    {
        var calls = new List<MutationCalls>();
        foreach (var file in snapshot.Files.Where(f => IsMaf(f.Path) || IsVcf(f.Path)))
        {
            await using var stream = await cohort.Open(file, cancel);
            calls.Add(IsMaf(file.Path) ? MafReader.Read(stream, file.Path) : VcfReader.Read(stream, file.Path, CaseOfVariants(file.Path)));
        }
        if (calls.Count == 0)
            throw new BadInputException("genomics.no-mutations", "The study uses mutations, but there is no genomics/*.maf[.gz] and no genomics/variants/*.vcf[.gz].", Folder);
        var table = new MutationTableSettings { Genes = settings.Genes, IdMap = columns.IdMap };
        var result = MutationTable.Build(
            MutationCalls.Merge(calls), settings.MinFrequency is { } least ? table with { MinFrequency = least } : table, cases.CaseIds);
        var notes = new List<string>();
        if (result.BelowMinFrequency.Count > 0)
            notes.Add($"Listed genes that are rarely mutated: {Sentences.List(result.BelowMinFrequency)}.");
        if (result.NeverMutated.Count > 0)
            notes.Add($"Listed genes that no sample has a qualifying mutation of (a misspelling?): {Sentences.List(result.NeverMutated)}.");
        return Make(PredictorSources.Mutations, "the mutation files", result.Table, result.Samples, notes, "It was not sequenced: the mutation files do not name it.");
    }

    /// <param name="prefix">Of the columns; also tells expression from copy number.</param>
    /// <param name="genes">These alone; null takes all.</param>
    public async Task<PredictorSource> Matrix(string name, string prefix, IReadOnlyList<string>? genes, CancellationToken cancel)
    {
        var files = snapshot.Files.Where(f => IsMatrix(f.Path, name)).ToList();
        if (files.Count != 1)
        {
            throw new BadInputException(
                "genomics.matrix", files.Count == 0
                    ? $"The study uses {name}, but there is no genomics/{name}.csv or .tsv, plain or .gz."
                    : $"There are several files of {name}: {Sentences.List([.. files.Select(f => f.Path)])}; keep one.", Folder);
        }
        await using var stream = await cohort.Open(files[0], cancel);
        var matrix = MolecularMatrixReader.Read(stream, files[0].Path, prefix, cases.CaseIds, columns.IdMap);
        var table = genes is null ? matrix.Table : matrix.Table.SelectColumns(genes.Select(gene => prefix + gene));
        var notes = new List<string>();
        if (matrix.Duplicates.Count > 0)
            notes.Add($"{files[0].Path} names {matrix.Duplicates.Count} genes several times, of which the row of the highest mean was kept: {Sentences.List([.. matrix.Duplicates.Select(d => d.Gene)])}.");
        return Make(name, files[0].Path, table, matrix.Samples, notes, $"{files[0].Path} has no sample of it.");
    }

    private static PredictorSource Make(string name, string source, CaseTable table, IdMatch match, List<string> notes, string reason)
    {
        notes.AddRange(Sentences.Of(match, source));
        return new(
            name, table, match.CasesWithout.ToDictionary(id => id, _ => new Absence(CaseStatus.Excluded, name, reason), StringComparer.Ordinal), notes);
    }

    private static string WithoutGzip(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;

    private static bool IsMaf(string path) =>
        path.StartsWith(Folder, StringComparison.Ordinal) && WithoutGzip(path).EndsWith(".maf", StringComparison.OrdinalIgnoreCase);

    private static bool IsVcf(string path) =>
        path.StartsWith(Folder, StringComparison.Ordinal) && WithoutGzip(path).EndsWith(".vcf", StringComparison.OrdinalIgnoreCase);

    /// <summary>The case of <c>genomics/variants/CASE.vcf</c>; null for a file of many cases, which names them in its header.</summary>
    private static string? CaseOfVariants(string path) =>
        path.StartsWith(VariantFolder, StringComparison.Ordinal) ? WithoutGzip(path)[VariantFolder.Length..^4] : null;

    private static bool IsMatrix(string path, string name) => WithoutGzip(path) is var plain && (plain == $"{Folder}{name}.csv" || plain == $"{Folder}{name}.tsv");
}
