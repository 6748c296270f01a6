using RadiogenomicsCloud.Association;
using RadiogenomicsCloud.Fitting;
using RadiogenomicsCloud.Pipeline.Steps.Assembly;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Pipeline.Steps.Association;

/// <summary>A column as a map reads it: its scale, and numbers or codes in the order of the cohort's cases.</summary>
internal sealed record MapColumn(FeatureColumn Feature, double[] Values);

/// <summary>Makes columns of a map from sources and from the clinical table.</summary>
internal static class MapColumns
{
    /// <summary>All columns of a source.</summary>
    public static IEnumerable<MapColumn> Of(PredictorSource source) => source.Table.Columns.Select(column => Of(source.Name, column, source.Categories.GetValueOrDefault(column.Name)));

    /// <summary>
    /// What the map is adjusted for: a column of any source, or of the clinical table. Text there is nominal, declared or not, and so is a
    /// column that names sites or scanners.
    /// </summary>
    /// <exception cref="BadInputException"><c>table.missing-column</c>.</exception>
    public static MapColumn Covariate(string name, IReadOnlyList<PredictorSource> sources, CohortCases cases, AssemblySettings settings)
    {
        if (sources.FirstOrDefault(s => s.Table.FindColumn(name) is not null) is { } source)
            return Of(source.Name, source.Table.Column(name), source.Categories.GetValueOrDefault(name));
        if (cases.Clinical.FindColumn(name) is null)
            throw CaseTable.MissingColumn(name, [.. cases.Clinical.Columns.Select(c => c.Name)], $"{CohortCases.ClinicalFile} to adjust for");
        var table = cases.Clinical.SelectColumns([name]).SelectCases(cases.CaseIds);
        var type = settings.ColumnTypes?.GetValueOrDefault(name);
        if (type is null && name != settings.Columns.Ids.Site && name != settings.Columns.Ids.Scanner && NumericCoercion.Coerce(table).Table.Columns[0] is NumericColumn numeric)
            return Of(PredictorSources.Clinical, numeric, null);
        var (column, categories, _) = CategoricalColumns.Make(table, name, type ?? new(ColumnKind.Nominal));
        return Of(PredictorSources.Clinical, column, categories);
    }

    private static MapColumn Of(string source, TableColumn column, Categories? categories)
    {
        if (categories is not null)
        {
            var scale = categories.Ordered ? FeatureScale.Ordinal : categories.Levels.Count == 2 ? FeatureScale.Binary : FeatureScale.Nominal;
            return new(new(column.Name, source, scale, categories.Levels), CategoricalColumns.Codes((TextColumn)column, categories));
        }
        var values = ((NumericColumn)column).Values;
        return new(new(column.Name, source, IsBinary(values) ? FeatureScale.Binary : FeatureScale.Numeric), values);
    }

    /// <summary>Nothing but 0 and 1, both: a status, however the table came to hold it.</summary>
    private static bool IsBinary(double[] values)
    {
        var (zero, one) = (false, false);
        foreach (var value in values)
        {
            if (value == 0)
                zero = true;
            else if (value == 1)
                one = true;
            else if (!double.IsNaN(value))
                return false;
        }
        return zero && one;
    }
}
