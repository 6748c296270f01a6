using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Pipeline.Steps.Assembly;

/// <summary>Predictors that come as tables with one row a case: clinical columns, <c>semantic.csv</c>, ready-made features.</summary>
internal sealed class TableSources(CohortSnapshot snapshot, CohortCases cases, CohortColumns columns, ICohort cohort)
{
    public const string SemanticFile = "semantic.csv";

    public PredictorSource Clinical(IReadOnlyList<string> names) =>
        Align(PredictorSources.Clinical, CohortCases.ClinicalFile, cases.Clinical.SelectColumns(names), named: true, idMap: null);

    /// <param name="names">Columns; null takes all.</param>
    public async Task<PredictorSource> Read(string source, string path, IReadOnlyList<string>? names, CancellationToken cancel)
    {
        var file = snapshot.Find(path) ?? throw new BadInputException("cohort.no-table", $"The study uses '{source}', but the cohort has no file '{path}'.", path);
        await using var stream = await cohort.Open(file, cancel);
        var table = CaseTableReader.Read(stream, path, columns.Ids.Case);
        return Align(source, path, names is null ? table : table.SelectColumns(names), names is not null, columns.IdMap);
    }

    /// <param name="named">Whether the study names the columns: one of text is then an error and not left out.</param>
    private PredictorSource Align(string source, string path, CaseTable table, bool named, IReadOnlyDictionary<string, string>? idMap)
    {
        var (numeric, unreadable) = NumericCoercion.Coerce(table);
        var notes = new List<string>();
        if (unreadable.Count > 0)
            notes.Add($"{path} has {unreadable.Count} cells that are no numbers, taken as missing: {Sentences.List([.. unreadable.Select(u => $"{u.Column} of {u.CaseId} ('{u.Text}')")])}.");
        var text = numeric.Columns.OfType<TextColumn>().Select(c => c.Name).ToList();
        if (named && text.Count > 0)
            throw new BadInputException("table.not-numeric", $"The study names {Sentences.List(text)} of {path} as predictors, but the column holds text; code it in numbers, for example 0 and 1.", path);
        if (text.Count == numeric.Columns.Count)
            throw new BadInputException("table.no-predictor", $"{path} has no column of numbers, so '{source}' has no predictor.", path);
        if (text.Count > 0)
            notes.Add($"{path} has columns of text, not used: {Sentences.List(text)}.");
        var used = numeric.SelectColumns(numeric.Columns.OfType<NumericColumn>().Select(c => c.Name));
        var match = IdMatcher.Match(cases.CaseIds, CohortCases.ClinicalFile, used.CaseIds, path, idMap);
        notes.AddRange(Sentences.Of(match, path));
        var absent = match.CasesWithout.ToDictionary(
            id => id, _ => new Absence(CaseStatus.Excluded, source, $"{path} has no row for it."), StringComparer.Ordinal);
        return new(source, match.Align(used, cases.CaseIds), absent, notes);
    }
}
