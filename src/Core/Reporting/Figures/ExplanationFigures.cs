using System.Globalization;
using RadiogenomicsCloud.Reporting.Documents;
using RadiogenomicsCloud.Validation;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <summary>The figures of what models rest on, numbered by the order of the models.</summary>
internal static class ExplanationFigures
{
    /// <summary>What a reader calls a procedure among those of a run.</summary>
    public static string Name(ProcedureExplanation one, IReadOnlyList<ProcedureExplanation> all) =>
        all.Count(p => p.Set == one.Set) > 1 ? $"{one.Set} ({one.Model})" : one.Set;

    /// <summary>File names with markup; nothing where the study did not ask.</summary>
    public static IEnumerable<(string Name, string Svg)> Files(ReportInput input)
    {
        var procedures = input.Explanations?.Procedures ?? [];
        for (var p = 0; p < procedures.Count; p++)
        {
            var (one, number) = (procedures[p], (p + 1).ToString(CultureInfo.InvariantCulture));
            var name = Name(one, procedures);
            if (one.Importance is { } importance)
                yield return ($"importance-{number}.svg", ImportanceFigure.ToSvg($"Permutation importance, {name}", importance));
            if (one.Dependence is { Columns.Count: > 0 } dependence)
                yield return ($"dependence-{number}.svg", DependenceFigure.ToSvg($"Partial dependence, {name}", dependence));
            if (one.Nomogram is { } nomogram)
                yield return ($"nomogram-{number}.svg", NomogramFigure.ToSvg($"Nomogram, {name}", nomogram));
        }
    }
}
