using System.Globalization;
using RadiogenomicsCloud.Association;
using RadiogenomicsCloud.Pipeline.Steps.Results;
using RadiogenomicsCloud.Tables;

namespace RadiogenomicsCloud.Pipeline.Steps.Association;

/// <summary><c>associations.csv</c>: the edges of a map, the smallest p first. Groups are named by their representative.</summary>
internal static class AssociationsFile
{
    private static readonly string[] Header =
    [
        "imaging", "imaging_source", "molecular", "molecular_source", "measure", "n", "effect", "low", "high", "p", "q",
        "family_wise_p", "permutation_q", "stability", "imaging_group", "molecular_group",
    ];

    public static void Write(Stream stream, AssociationDocument map) => CsvFile.Write(stream, Header, map.Edges.Select(e =>
    {
        var (imaging, molecular) = (map.Imaging[e.Imaging], map.Molecular[e.Molecular]);
        return new[]
        {
            imaging.Name, imaging.Source, molecular.Name, molecular.Source, e.Measure, e.Cases.ToString(CultureInfo.InvariantCulture),
            Number(e.Effect), Number(e.Low), Number(e.High), Number(e.P), Number(e.Q), Number(e.FamilyWiseP), Number(e.PermutationQ), Number(e.Stability),
            imaging.Group < 0 ? "" : map.Imaging[map.ImagingGroups[imaging.Group].Representative].Name,
            molecular.Group < 0 ? "" : map.Molecular[map.MolecularGroups[molecular.Group].Representative].Name,
        };
    }));

    private static string Number(double? value) => value is not { } number || double.IsNaN(number) ? "" : CellText.Format(number);
}
