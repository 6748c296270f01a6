using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Pipeline.Steps.Assembly;

/// <summary>An <see cref="AnalysisDocument"/> with its table in memory. Safe to share between threads: nothing writes to it.</summary>
public sealed class AnalysisData
{
    private AnalysisData(AnalysisDocument document, CaseTable table)
    {
        Document = document;
        Table = table;
        Rows = [.. table.CaseIds.Select((id, row) => new RowId(document.Cohort, document.Patients[row], id))];
        Endpoint = document.Endpoint.ToEndpoint();
        Attributes = document.Attributes;
    }

    public AnalysisDocument Document { get; }

    public CaseTable Table { get; }

    public IReadOnlyList<RowId> Rows { get; }

    public Endpoint Endpoint { get; }

    /// <summary>See <see cref="Predictors.Attributes"/>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string?>> Attributes { get; }

    /// <summary>Reads the document and its table.</summary>
    public static async Task<AnalysisData> Load(StepContext context, ArtifactRef reference, CancellationToken cancel)
    {
        var document = await context.Artifacts.GetJson<AnalysisDocument>(reference, cancel);
        await using var stream = await context.Artifacts.OpenRequired(document.Table, cancel);
        return new(document, CaseTableSerializer.Read(stream));
    }

    /// <summary>The predictors of a set.</summary>
    public Predictors Predictors(string set) => PredictorsOf(Document.Sets.Single(s => s.Name == set).Columns);

    /// <summary>Columns by name, in the order asked for.</summary>
    public Predictors PredictorsOf(IReadOnlyList<string> columns)
    {
        var values = new double[Rows.Count * columns.Count];
        var categories = new Dictionary<string, Categories>(StringComparer.Ordinal);
        for (var c = 0; c < columns.Count; c++)
        {
            var target = values.AsSpan(c * Rows.Count, Rows.Count);
            if (Document.Categories.TryGetValue(columns[c], out var levels))
            {
                categories[columns[c]] = levels;
                CategoricalColumns.Codes((TextColumn)Table.Column(columns[c]), levels).CopyTo(target);
            }
            else
            {
                Table.Numeric(columns[c]).Values.CopyTo(target);
            }
        }
        return new(Rows, columns, values) { Categories = categories, Attributes = Attributes };
    }
}

/// <summary>Loads analyses, keeping the last one. Safe to call from several threads.</summary>
public sealed class AnalysisReader
{
    private readonly LastRead<AnalysisData> last = new((context, reference) => AnalysisData.Load(context, reference, CancellationToken.None));

    public Task<AnalysisData> Get(StepContext context, ArtifactRef reference, CancellationToken cancel) => last.Get(context, reference, cancel);
}
