namespace RadiogenomicsCloud.Tables;

/// <summary>A binary endpoint as read from a table: the cases that have it, and those that do not.</summary>
/// <param name="EventLabel">The label counted as event, as in the table.</param>
/// <param name="ReferenceLabel">The other label.</param>
/// <param name="CaseIds">Cases with a value, in the table's order.</param>
/// <param name="Values">True is the event; as long as <paramref name="CaseIds"/>.</param>
/// <param name="MissingCaseIds">Cases without a value: accounted for, not analysed.</param>
public sealed record BinaryEndpointColumn(
    string Name, string EventLabel, string ReferenceLabel, IReadOnlyList<string> CaseIds, bool[] Values, IReadOnlyList<string> MissingCaseIds);

/// <summary>Reads an endpoint of a clinical table.</summary>
public static class EndpointReader
{
    private static readonly (string Event, string Reference)[] KnownPairs = [("1", "0"), ("true", "false"), ("yes", "no"), ("y", "n"), ("t", "f")];

    /// <summary>
    /// Reads a column of two labels. The event is <paramref name="eventLabel"/> if given; else 1 of 0/1, true of true/false, yes of
    /// yes/no (also y/n, t/f; letter case ignored); else the larger of two numbers or the ordinally later of two texts.
    /// </summary>
    /// <exception cref="BadInputException">
    /// <c>table.missing-column</c>; <c>endpoint.empty</c>; <c>endpoint.one-class</c>; <c>endpoint.too-many-classes</c> lists them;
    /// <c>endpoint.letter-case</c> for labels that differ in letter case alone; <c>endpoint.event-label</c> if the given label does not occur.
    /// </exception>
    public static BinaryEndpointColumn Binary(CaseTable table, string column, string? eventLabel = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        var source = table.Column(column);
        var labels = Labels(source);
        var distinct = labels.OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        distinct.Sort(source is NumericColumn ? CompareNumbers : string.CompareOrdinal);
        if (distinct.Count == 0)
            throw new BadInputException(
                "endpoint.empty",
                $"Endpoint {CellText.Quote(column)} has no value for any of {table.CaseCount} cases.",
                column);
        if (distinct.GroupBy(label => label, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } clash)
            throw new BadInputException(
                "endpoint.letter-case",
                $"Endpoint {CellText.Quote(column)} has labels that differ in letter case alone ({CellText.List(clash.ToList())}); write them alike.",
                column);
        if (distinct.Count == 1)
            throw new BadInputException(
                "endpoint.one-class",
                $"Endpoint {CellText.Quote(column)} has one class only ({CellText.Quote(distinct[0])} in all {labels.Count(l => l is not null)} cases with a value); two are needed.",
                column);
        if (distinct.Count > 2)
            throw new BadInputException(
                "endpoint.too-many-classes",
                $"Endpoint {CellText.Quote(column)} is to be binary but has {distinct.Count} classes: {CellText.List(distinct)}.",
                column);

        var known = KnownPairs.Any(pair => Same(pair.Event, distinct[0]) && Same(pair.Reference, distinct[1]));
        var chosen = known ? distinct[0] : distinct[1];
        if (eventLabel is not null)
            chosen = distinct.Find(label => label == eventLabel.Trim()) ?? throw new BadInputException(
                "endpoint.event-label",
                $"Endpoint {CellText.Quote(column)} has no label {CellText.Quote(eventLabel)}; its labels are {CellText.Quote(distinct[0])} and {CellText.Quote(distinct[1])}.",
                column);

        var present = new List<string>();
        var values = new List<bool>();
        var missing = new List<string>();
        for (var r = 0; r < labels.Length; r++)
        {
            if (labels[r] is not { } label)
            {
                missing.Add(table.CaseIds[r]);
                continue;
            }
            present.Add(table.CaseIds[r]);
            values.Add(label == chosen);
        }
        return new BinaryEndpointColumn(column, chosen, distinct[0] == chosen ? distinct[1] : distinct[0], present, [.. values], missing);
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static int CompareNumbers(string a, string b) =>
        CellText.TryParseFinite(a, out var x) && CellText.TryParseFinite(b, out var y) ? x.CompareTo(y) : 0;

    private static string?[] Labels(TableColumn column) => column switch
    {
        // -0 and 0 are one label.
        NumericColumn numeric => Array.ConvertAll(numeric.Values, value => double.IsNaN(value) ? null : CellText.Format(value + 0.0)),
        TextColumn text => text.Values,
        _ => throw new InvalidOperationException($"Column type {column.GetType().Name} is not known."),
    };
}
