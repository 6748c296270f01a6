using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Pipeline.Steps.Assembly;

/// <summary>Predictors that come as tables with one row a case: clinical columns, <c>semantic.csv</c>, ready-made features.</summary>
internal sealed class TableSources(
    CohortSnapshot snapshot, CohortCases cases, CohortColumns columns, SortedDictionary<string, ColumnType> types, ICohort cohort)
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
        var (categorical, categories, unread) = Categorical(table);
        var (numeric, unreadable) = NumericCoercion.Coerce(table.SelectColumns(table.Columns.Select(c => c.Name).Where(c => !categories.ContainsKey(c))));
        var notes = new List<string>();
        AddUnread(notes, path, unreadable, "no numbers");
        AddUnread(notes, path, unread, "no levels of their column");
        var text = numeric.Columns.OfType<TextColumn>().Select(c => c.Name).ToList();
        if (named && text.Count > 0)
            throw new BadInputException("table.not-numeric", $"The study names {Sentences.List(text)} of {path} as predictors, but the column holds text; code it in numbers, or declare it nominal or ordinal in column_types.", path);
        if (text.Count == numeric.Columns.Count && categories.Count == 0)
            throw new BadInputException("table.no-predictor", $"{path} has no column of numbers, so '{source}' has no predictor.", path);
        if (text.Count > 0)
            notes.Add($"{path} has columns of text, not used: {Sentences.List(text)}.");
        var byName = numeric.Columns.OfType<NumericColumn>().Concat<TableColumn>(categorical).ToDictionary(c => c.Name, StringComparer.Ordinal);
        var used = new CaseTable(table.CaseIds, [.. table.Columns.Where(c => byName.ContainsKey(c.Name)).Select(c => byName[c.Name])]);
        var match = IdMatcher.Match(cases.CaseIds, CohortCases.ClinicalFile, used.CaseIds, path, idMap);
        notes.AddRange(Sentences.Of(match, path));
        var absent = match.CasesWithout.ToDictionary(
            id => id, _ => new Absence(CaseStatus.Excluded, source, $"{path} has no row for it."), StringComparer.Ordinal);
        var aligned = match.Align(used, cases.CaseIds);
        // A row that was begun and never filled in says nothing of its case, and must not be analysed as if it did.
        foreach (var (id, row) in cases.CaseIds.Select((id, row) => (id, row)))
        {
            if (aligned.Columns.All(column => IsMissing(column, row)))
                absent.TryAdd(id, new Absence(CaseStatus.Excluded, source, $"{path} has a row for it, but no value."));
        }
        return new(source, aligned, absent, notes) { Categories = categories };
    }

    private (List<TextColumn> Columns, Dictionary<string, Categories> Categories, List<UnparseableCell> Unread) Categorical(CaseTable table)
    {
        var (columns, categories, unread) = (new List<TextColumn>(), new Dictionary<string, Categories>(StringComparer.Ordinal), new List<UnparseableCell>());
        foreach (var name in table.Columns.Select(c => c.Name).Where(types.ContainsKey))
        {
            var (column, levels, cells) = CategoricalColumns.Make(table, name, types[name]);
            columns.Add(column);
            categories.Add(name, levels);
            unread.AddRange(cells);
        }
        return (columns, categories, unread);
    }

    private static bool IsMissing(TableColumn column, int row) => column switch
    {
        NumericColumn numeric => double.IsNaN(numeric.Values[row]),
        TextColumn text => text.Values[row] is null,
        _ => false,
    };

    private static void AddUnread(List<string> notes, string path, IReadOnlyList<UnparseableCell> cells, string what)
    {
        if (cells.Count > 0)
            notes.Add($"{path} has {cells.Count} cells that are {what}, taken as missing: {Sentences.List([.. cells.Select(u => $"{u.Column} of {u.CaseId} ('{u.Text}')")])}.");
    }
}
