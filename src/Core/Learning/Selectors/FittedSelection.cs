using System.Text.Json;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>Keeps some columns as they are, in the order of the training table; missing values stay missing.</summary>
public sealed class FittedSelection : IFittedTransform, IColumnwise
{
    private readonly string[] columns;

    internal FittedSelection(string kind, string[] columns, IReadOnlySet<(string Cohort, string Patient)> seen) =>
        (Kind, this.columns, Seen) = (kind, columns, seen);

    public IReadOnlySet<(string Cohort, string Patient)> Seen { get; }

    public string Kind { get; }

    public IReadOnlyList<string> Columns => columns;

    public Predictors Apply(Predictors predictors)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        return predictors.SelectColumns(predictors.IndexesOf(columns));
    }

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(new { kind = Kind, columns });

    public IFittedTransform RestrictTo(IReadOnlyList<string> columns) => new FittedSelection(Kind, [.. columns], Seen);

    internal static FittedSelection Of(string kind, Predictors predictors, IEnumerable<int> kept) =>
        new(kind, [.. kept.Order().Select(c => predictors.Columns[c])], Subjects.Of(predictors.Rows));

    internal static IFittedTransform Read(string kind, JsonElement json) =>
        new FittedSelection(kind, PlainJson.Names(json, "columns"), Values.NoSubjects);
}
