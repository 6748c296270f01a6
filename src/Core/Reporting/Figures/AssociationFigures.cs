using RadiogenomicsCloud.Association;

namespace RadiogenomicsCloud.Reporting.Figures;

/// <summary>The figures of a map; nothing where there is none.</summary>
internal static class AssociationFigures
{
    public static IEnumerable<(string Name, string Svg)> Files(AssociationDocument? map)
    {
        if (map is null)
            yield break;
        if (HeatMapFigure.Applies(map))
            yield return ("association_map.svg", HeatMapFigure.ToSvg(map));
        if (NetworkFigure.Applies(map))
            yield return ("association_network.svg", NetworkFigure.ToSvg(map));
    }
}
