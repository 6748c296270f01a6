using System.Text.Json;
using RadiogenomicsCloud.Fitting;

namespace RadiogenomicsCloud.Learning;

/// <summary>See <see cref="Encode"/>. What it gives has no categorical column any more.</summary>
public sealed class FittedEncoding : IFittedTransform, IPrunable
{
    private readonly EncodedColumn[] sources;
    private readonly bool refuseUnseen;
    private readonly string[] outputs;
    private readonly string[] inputs;

    internal FittedEncoding(EncodedColumn[] sources, bool refuseUnseen, string[] outputs, IReadOnlySet<(string Cohort, string Patient)> seen)
    {
        (this.sources, this.refuseUnseen, this.outputs, Seen) = (sources, refuseUnseen, outputs, seen);
        inputs = [.. sources.Select(s => s.Source)];
    }

    public IReadOnlySet<(string Cohort, string Patient)> Seen { get; }

    public IReadOnlyList<string> Discloses => sources.Length > 0 ? [Disclosures.Labels] : [];

    public string Kind => Encode.RegistryName;

    public IReadOnlyList<string> Columns => outputs;

    public IReadOnlyList<string> Inputs => inputs;

    public Predictors Apply(Predictors predictors)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        var at = predictors.IndexesOf(inputs);
        var rows = predictors.RowCount;
        var values = new double[checked(rows * outputs.Length)];
        var column = 0;
        for (var s = 0; s < sources.Length; s++)
        {
            for (var o = 0; o < sources[s].Outputs.Length; o++, column++)
                sources[s].Write(predictors, at[s], o, refuseUnseen, values.AsSpan(column * rows, rows));
        }
        // Not With(): an ordinal column keeps its name and is no longer categorical.
        return new Predictors(predictors.Rows, outputs, values) { Attributes = predictors.Attributes };
    }

    public IFittedTransform RestrictTo(IReadOnlyList<string> columns)
    {
        var wanted = columns.ToHashSet(StringComparer.Ordinal);
        EncodedColumn[] kept = [.. sources.Select(s => s.RestrictTo(wanted)).OfType<EncodedColumn>()];
        return new FittedEncoding(kept, refuseUnseen, [.. kept.SelectMany(s => s.Outputs)], Seen);
    }

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(new { kind = Kind, refuse_unseen = refuseUnseen, sources = sources.Select(s => s.ToJson()).ToArray() });

    internal static IFittedTransform Read(JsonElement json)
    {
        EncodedColumn[] sources = [.. PlainJson.Array(json, "sources").EnumerateArray().Select(EncodedColumn.Read)];
        string[] outputs = [.. sources.SelectMany(s => s.Outputs)];
        if (outputs.Distinct(StringComparer.Ordinal).Count() < outputs.Length || sources.DistinctBy(s => s.Source, StringComparer.Ordinal).Count() < sources.Length)
            throw PlainJson.Invalid("sources", "names a column twice");
        return new FittedEncoding(sources, PlainJson.Flag(json, "refuse_unseen"), outputs, Values.NoSubjects);
    }
}
