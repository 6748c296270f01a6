namespace RadiogenomicsCloud.Tables;

/// <summary>Reads an endpoint of a clinical table.</summary>
public static class EndpointReader
{
    /// <summary>More labels than that are rather a number or an id.</summary>
    private const int MostClasses = 20;

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
        var labels = Labels(table.Column(column));
        var distinct = Distinct(table, column, labels);
        if (distinct.Count > 2)
            throw new BadInputException(
                "endpoint.too-many-classes",
                $"Endpoint {CellText.Quote(column)} is to be binary but has {distinct.Count} classes: {CellText.List(distinct)}; name the kind multiclass, or recode it.",
                column);
        var chosen = EventOf(column, distinct, eventLabel);
        var (present, missing) = Split(table, r => labels[r] is not null);
        return new BinaryEndpointColumn(
            column, chosen, distinct[0] == chosen ? distinct[1] : distinct[0], Ids(table, present), [.. present.Select(r => labels[r] == chosen)], Ids(table, missing));
    }

    /// <summary>Reads a column of three or more labels.</summary>
    /// <exception cref="BadInputException">
    /// As <see cref="Binary"/>; <c>endpoint.two-classes</c> where it is binary; <c>endpoint.too-many-classes</c> for more than 20 labels.
    /// </exception>
    public static MulticlassEndpointColumn Multiclass(CaseTable table, string column)
    {
        ArgumentNullException.ThrowIfNull(table);
        var labels = Labels(table.Column(column));
        var distinct = Distinct(table, column, labels);
        if (distinct.Count == 2)
            throw new BadInputException(
                "endpoint.two-classes", $"Endpoint {CellText.Quote(column)} has two classes ({CellText.List(distinct)}); name its kind binary.", column);
        if (distinct.Count > MostClasses)
            throw new BadInputException(
                "endpoint.too-many-classes",
                $"Endpoint {CellText.Quote(column)} has {distinct.Count} classes and at most {MostClasses} can be told apart: {CellText.List(distinct)}.",
                column);
        var (present, missing) = Split(table, r => labels[r] is not null);
        return new MulticlassEndpointColumn(column, distinct, Ids(table, present), [.. present.Select(r => distinct.IndexOf(labels[r]!))], Ids(table, missing));
    }

    /// <summary>Reads a column of numbers; a cell that holds text is listed and its case has no value.</summary>
    /// <exception cref="BadInputException"><c>table.missing-column</c>; <c>endpoint.empty</c>; <c>endpoint.one-value</c>.</exception>
    public static ContinuousEndpointColumn Continuous(CaseTable table, string column)
    {
        ArgumentNullException.ThrowIfNull(table);
        var (values, unreadable) = Numbers(table, column);
        var (present, missing) = Split(table, r => double.IsFinite(values[r]));
        if (present.Length == 0)
            throw Empty(table, column);
        if (present.All(r => values[r].Equals(values[present[0]])))
            throw new BadInputException(
                "endpoint.one-value", $"Endpoint {CellText.Quote(column)} is {CellText.Format(values[present[0]])} in all {present.Length} cases with a value; nothing can be learned of it.", column);
        return new ContinuousEndpointColumn(column, Ids(table, present), [.. present.Select(r => values[r])], Ids(table, missing), unreadable);
    }

    /// <summary>
    /// Reads a time and whether it ended by the event, whose label is found as <see cref="Binary"/> finds it. A case is without a value if
    /// either is missing; a cell of the time that is no number of at least 0 is listed and missing.
    /// </summary>
    /// <param name="competing">Labels of events after which the event can no longer happen; one that no case has is no error.</param>
    /// <exception cref="BadInputException">As <see cref="Binary"/> for the event; <c>endpoint.empty</c> where no case has both.</exception>
    public static SurvivalEndpointColumn Survival(CaseTable table, string timeColumn, string eventColumn, string? eventLabel = null, IReadOnlyList<string>? competing = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        var (times, unreadable) = Numbers(table, timeColumn);
        var labels = Labels(table.Column(eventColumn));
        var others = (competing ?? []).Select(label => label.Trim()).ToHashSet(StringComparer.Ordinal);
        var distinct = Distinct(table, eventColumn, labels).FindAll(label => !others.Contains(label));
        if (distinct.Count > 2)
            throw new BadInputException(
                "endpoint.too-many-classes",
                $"Column {CellText.Quote(eventColumn)} must say whether the event happened but has {distinct.Count} labels{(others.Count > 0 ? " beside the competing ones" : "")}: {CellText.List(distinct)}; "
                + "name those of events that compete with it in 'competing', or recode it to 0 and 1.",
                eventColumn);
        // Where everybody who has not the event has a competing one, a single label is left: which it is must be said.
        if (distinct.Count < 2 && (distinct.Count == 0 || distinct[0] != eventLabel?.Trim()))
            throw new BadInputException(
                "endpoint.one-class",
                $"Column {CellText.Quote(eventColumn)} has {(distinct.Count == 0 ? "no label" : $"only the label {CellText.Quote(distinct[0])}")} beside those of competing events; the event's is needed, and 'event_label' must name it where nobody is censored.",
                eventColumn);
        var chosen = distinct.Count == 1 ? distinct[0] : EventOf(eventColumn, distinct, eventLabel);
        var before = Enumerable.Range(0, times.Length).Where(r => times[r] < 0).ToList();
        unreadable = [.. unreadable, .. before.Select(r => new UnparseableCell(timeColumn, table.CaseIds[r], CellText.Format(times[r])))];
        var (present, missing) = Split(table, r => times[r] >= 0 && labels[r] is not null);
        if (present.Length == 0)
            throw Empty(table, timeColumn);
        return new SurvivalEndpointColumn(
            eventColumn, chosen, Ids(table, present), [.. present.Select(r => times[r])], [.. present.Select(r => labels[r] == chosen)], Ids(table, missing), unreadable)
        {
            Competing = others.Count == 0 ? null : [.. present.Select(r => others.Contains(labels[r]!))],
        };
    }

    private static (int[] Present, int[] Missing) Split(CaseTable table, Func<int, bool> has)
    {
        var rows = Enumerable.Range(0, table.CaseCount).ToLookup(has);
        return ([.. rows[true]], [.. rows[false]]);
    }

    private static List<string> Ids(CaseTable table, int[] rows) => [.. rows.Select(r => table.CaseIds[r])];

    private static (double[] Values, IReadOnlyList<UnparseableCell> Unreadable) Numbers(CaseTable table, string column) => table.Column(column) switch
    {
        NumericColumn numeric => (numeric.Values, []),
        TextColumn text => (
            Array.ConvertAll(text.Values, value => CellText.TryParseFinite(value, out var number) ? number : double.NaN),
            NumericCoercion.UnparseableCells(table, column)),
        var other => throw new InvalidOperationException($"Column type {other.GetType().Name} is not known."),
    };

    private static BadInputException Empty(CaseTable table, string column) => new(
        "endpoint.empty", $"Endpoint {CellText.Quote(column)} has no value for any of {table.CaseCount} cases.", column);

    /// <summary>The labels that occur, numbers ascending and else in ordinal order; at least two.</summary>
    private static List<string> Distinct(CaseTable table, string column, string?[] labels)
    {
        var distinct = labels.OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        distinct.Sort(table.Column(column) is NumericColumn ? CompareNumbers : string.CompareOrdinal);
        if (distinct.Count == 0)
            throw Empty(table, column);
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
        return distinct;
    }

    private static string EventOf(string column, List<string> two, string? eventLabel)
    {
        if (eventLabel is null)
        {
            var known = KnownPairs.Any(pair => Same(pair.Event, two[0]) && Same(pair.Reference, two[1]));
            return known ? two[0] : two[1];
        }
        return two.Find(label => label == eventLabel.Trim()) ?? throw new BadInputException(
            "endpoint.event-label",
            $"Endpoint {CellText.Quote(column)} has no label {CellText.Quote(eventLabel)}; its labels are {CellText.Quote(two[0])} and {CellText.Quote(two[1])}.",
            column);
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
