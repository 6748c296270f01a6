using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Pipeline.Steps.Assembly;

/// <summary>One predictor set: its name in <c>compare</c> and its columns.</summary>
public sealed record ModelledSet(string Name, IReadOnlyList<string> Columns);

/// <summary>What is modelled: the cases that all predictor sets are compared on, their endpoint, and the predictors.</summary>
/// <param name="Cohort">Names the cohort in row identities: a hash of its content, so that a copy elsewhere is the same cohort.</param>
/// <param name="Patients">One a case, in the order of the table's rows.</param>
/// <param name="Events">One a case.</param>
/// <param name="Table">A <see cref="CaseTable"/> of numeric columns.</param>
public sealed record AnalysisDocument(
    string Cohort,
    IReadOnlyList<string> Patients,
    string Endpoint,
    string EventLabel,
    string ReferenceLabel,
    IReadOnlyList<bool> Events,
    IReadOnlyList<ModelledSet> Sets,
    ArtifactRef Table);

/// <summary>An <see cref="AnalysisDocument"/> with its table in memory. Safe to share between threads: nothing writes to it.</summary>
public sealed class AnalysisData
{
    private AnalysisData(AnalysisDocument document, CaseTable table)
    {
        Document = document;
        Table = table;
        Rows = [.. table.CaseIds.Select((id, row) => new RowId(document.Cohort, document.Patients[row], id))];
        Endpoint = new(document.Endpoint, document.EventLabel, document.ReferenceLabel, [.. document.Events]);
    }

    public AnalysisDocument Document { get; }

    public CaseTable Table { get; }

    public IReadOnlyList<RowId> Rows { get; }

    public BinaryEndpoint Endpoint { get; }

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
        for (var c = 0; c < columns.Count; c++)
            Table.Numeric(columns[c]).Values.CopyTo(values.AsSpan(c * Rows.Count));
        return new(Rows, columns, values);
    }
}
