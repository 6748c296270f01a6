using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Pipeline.Steps.Assembly;

/// <summary>The endpoint of the analysed cases.</summary>
/// <param name="Labels">Binary: the event and the reference; multiclass: the classes; else empty.</param>
/// <param name="Events">Binary and survival: one a case; else null.</param>
/// <param name="Numbers">Continuous: the values; survival: the times; multiclass: places in <paramref name="Labels"/>; else null.</param>
public sealed record EndpointDocument(
    string Name, EndpointKind Kind, IReadOnlyList<string> Labels, IReadOnlyList<bool>? Events, IReadOnlyList<double>? Numbers)
{
    /// <summary>Survival: one a case, whether a competing event ended the time; null where the study names none.</summary>
    public IReadOnlyList<bool>? Competing { get; init; }

    public Endpoint ToEndpoint() => Kind switch
    {
        EndpointKind.Binary => new BinaryEndpoint(Name, Labels[0], Labels[1], [.. Events!]),
        EndpointKind.Multiclass => new MulticlassEndpoint(Name, Labels, [.. Numbers!.Select(n => (int)n)]),
        EndpointKind.Continuous => new ContinuousEndpoint(Name, [.. Numbers!]),
        _ => new SurvivalEndpoint(Name, [.. Numbers!], [.. Events!]) { Competing = Competing is null ? null : [.. Competing] },
    };

    /// <summary>The endpoint of some cases, all of which have a value, in the order given.</summary>
    internal static EndpointDocument Of(EndpointColumn column, IReadOnlyList<string> cases)
    {
        var rows = column.CaseIds.Select((id, row) => (id, row)).ToDictionary(x => x.id, x => x.row, StringComparer.Ordinal);
        int[] at = [.. cases.Select(id => rows[id])];
        return column switch
        {
            BinaryEndpointColumn binary => new(binary.Name, EndpointKind.Binary, [binary.EventLabel, binary.ReferenceLabel], At(binary.Values), null),
            MulticlassEndpointColumn classes => new(classes.Name, EndpointKind.Multiclass, classes.Labels, null, [.. at.Select(r => (double)classes.Values[r])]),
            ContinuousEndpointColumn numbers => new(numbers.Name, EndpointKind.Continuous, [], null, At(numbers.Values)),
            SurvivalEndpointColumn survival => new(survival.Name, EndpointKind.Survival, [], At(survival.Events), At(survival.Times))
            {
                Competing = survival.Competing is { } competing ? At(competing) : null,
            },
            _ => throw new InvalidOperationException($"Endpoint type {column.GetType().Name} is not known."),
        };

        List<T> At<T>(T[] values) => [.. at.Select(r => values[r])];
    }
}
