using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Genomics;

/// <summary>Which genes become columns.</summary>
public sealed record MutationTableSettings
{
    /// <summary>These genes and no others, whatever their frequency; null takes every gene that reaches <see cref="MinFrequency"/>.</summary>
    public IReadOnlyList<string>? Genes { get; init; }

    /// <summary>
    /// Least share, 0 to 1, of the sequenced cases in which a gene is mutated; default 0.05. It looks at all cases but never at an
    /// endpoint, so it is fixed before any resampling. Listed genes below it are kept and reported.
    /// </summary>
    public double MinFrequency { get; init; } = 0.05;

    /// <summary>Samples or cases known to be sequenced beyond those that the files name.</summary>
    public IReadOnlyList<string> SequencedSamples { get; init; } = [];

    /// <summary>Explicit joins, from an id of the mutation files to a case id.</summary>
    public IReadOnlyDictionary<string, string>? IdMap { get; init; }
}

/// <summary>Mutation status as a table, and how it came about.</summary>
/// <param name="Table">A row for each case, columns <c>mut_GENE</c> ordered by gene: 1 mutated, 0 sequenced without, missing not sequenced.</param>
/// <param name="Samples">How samples were matched; <see cref="IdMatch.CasesWithout"/> are the cases that were not sequenced.</param>
/// <param name="Frequencies">Share of sequenced cases mutated, for each column's gene.</param>
/// <param name="BelowMinFrequency">Listed genes that are rarer than <see cref="MutationTableSettings.MinFrequency"/>.</param>
/// <param name="NeverMutated">Listed genes without a qualifying mutation in any sample of the files: perhaps misspelt.</param>
public sealed record MutationTableResult(
    CaseTable Table, IdMatch Samples, IReadOnlyDictionary<string, double> Frequencies, IReadOnlyList<string> BelowMinFrequency, IReadOnlyList<string> NeverMutated);

/// <summary>Turns calls into a case-by-gene table.</summary>
public static class MutationTable
{
    public const string ColumnPrefix = "mut_";

    /// <param name="source">The files' name for messages.</param>
    /// <exception cref="BadInputException"><c>ids.*</c> of <see cref="IdMatcher"/>; <c>mutations.min-frequency</c>; <c>mutations.duplicate-gene</c>.</exception>
    public static MutationTableResult Build(
        MutationCalls calls, MutationTableSettings settings, IReadOnlyList<string> caseIds, string caseSource = "the clinical table", string source = "the mutation files")
    {
        ArgumentNullException.ThrowIfNull(calls);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(caseIds);
        if (settings.MinFrequency is not (>= 0 and <= 1))
            throw new BadInputException(
                "mutations.min-frequency",
                $"min_frequency is {CellText.Format(settings.MinFrequency)}; it must lie between 0 and 1.",
                "min_frequency");
        if (settings.Genes?.GroupBy(gene => gene, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new BadInputException("mutations.duplicate-gene", $"Gene {CellText.Quote(twice.Key)} is listed twice.", "genes");

        // A patient whom the files name is sequenced already; the list adds only the others.
        var patients = calls.Samples.Select(PatientOf).ToHashSet(StringComparer.Ordinal);
        var added = settings.SequencedSamples.Select(sample => sample.Trim()).Distinct(StringComparer.Ordinal).Where(sample => !patients.Contains(PatientOf(sample)));
        var named = calls.Samples.Concat(added).ToList();
        var match = IdMatcher.Match(caseIds, caseSource, named, source, settings.IdMap);
        var mutated = new IReadOnlySet<string>?[caseIds.Count];
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var r = 0; r < mutated.Length; r++)
        {
            if (!match.SourceIdByCase.TryGetValue(caseIds[r], out var sample))
                continue;
            mutated[r] = calls.MutatedGenes.TryGetValue(sample, out var genes) ? genes : new HashSet<string>();
            foreach (var gene in mutated[r]!)
                counts[gene] = counts.GetValueOrDefault(gene) + 1;
        }

        var sequenced = match.SourceIdByCase.Count;
        double Frequency(string gene) => sequenced == 0 ? 0 : counts.GetValueOrDefault(gene) / (double)sequenced;
        var chosen = (settings.Genes ?? counts.Keys.Where(gene => Frequency(gene) >= settings.MinFrequency)).Order(StringComparer.Ordinal).ToList();
        var columns = chosen.Select(gene => (TableColumn)new NumericColumn(
            ColumnPrefix + gene,
            Array.ConvertAll(mutated, genes => genes is null ? double.NaN : genes.Contains(gene) ? 1.0 : 0.0))).ToArray();
        var listed = settings.Genes is null ? [] : chosen;
        var everMutated = listed.Count == 0 ? [] : calls.MutatedGenes.Values.SelectMany(genes => genes).ToHashSet(StringComparer.Ordinal);
        return new MutationTableResult(
            new CaseTable(caseIds, columns),
            match,
            chosen.ToDictionary(gene => gene, Frequency, StringComparer.Ordinal),
            listed.Where(gene => Frequency(gene) < settings.MinFrequency).ToList(),
            listed.Where(gene => !everMutated.Contains(gene)).ToList());
    }

    private static string PatientOf(string sample) => TumourBarcode.TryParse(sample)?.CaseId ?? sample;
}
