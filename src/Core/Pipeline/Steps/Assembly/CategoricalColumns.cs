using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Pipeline.Steps.Assembly;

/// <summary>Makes categorical columns of what a table holds.</summary>
internal static class CategoricalColumns
{
    /// <summary>
    /// A column as labels: numbers in their shortest form. Without levels given, text in a column most of whose cells are numbers is a remark
    /// and no level. A cell that is no level is missing and listed.
    /// </summary>
    public static (TextColumn Column, Categories Categories, IReadOnlyList<UnparseableCell> Unreadable) Make(CaseTable table, string name, ColumnType type)
    {
        var labels = Labels(table.Column(name));
        var levels = type.Levels ?? Occurring(labels);
        var unreadable = new List<UnparseableCell>();
        for (var r = 0; r < labels.Length; r++)
        {
            if (labels[r] is not { } label || levels.Contains(label, StringComparer.Ordinal))
                continue;
            unreadable.Add(new(name, table.CaseIds[r], label));
            labels[r] = null;
        }
        return (new(name, labels), new(type.Kind is ColumnKind.Ordinal, levels), unreadable);
    }

    /// <summary>Places in the levels; missing is NaN.</summary>
    public static double[] Codes(TextColumn column, Categories categories)
    {
        var codes = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var level = 0; level < categories.Levels.Count; level++)
            codes[categories.Levels[level]] = level;
        return Array.ConvertAll(column.Values, label => label is null ? double.NaN : codes[label]);
    }

    private static string?[] Labels(TableColumn column) => column switch
    {
        // -0 and 0 are one label, and so are 1 and 1.0, also in a column that a remark has made text.
        NumericColumn numeric => Array.ConvertAll(numeric.Values, value => double.IsNaN(value) ? null : CellText.Format(value + 0.0)),
        TextColumn text => Array.ConvertAll(text.Values, value => CellText.TryParseFinite(value, out var number) ? CellText.Format(number + 0.0) : value),
        _ => throw new InvalidOperationException($"Column type {column.GetType().Name} is not known."),
    };

    private static List<string> Occurring(string?[] labels)
    {
        var distinct = labels.OfType<string>().Distinct(StringComparer.Ordinal).ToLookup(label => CellText.TryParseFinite(label, out _));
        var numbers = distinct[true].OrderBy(label => CellText.TryParseFinite(label, out var number) ? number : 0).ToList();
        var numeric = labels.Count(label => label is not null && CellText.TryParseFinite(label, out _));
        var present = labels.Count(label => label is not null);
        return 2 * numeric >= present && numeric > 0 ? numbers : [.. numbers, .. distinct[false].Order(StringComparer.Ordinal)];
    }
}
