using System.Globalization;

namespace RadiogenomicsCloud.Radiomics;

/// <summary>Says which features have no value, and why, in few sentences.</summary>
public static class MissingValues
{
    /// <summary>
    /// One sentence for each family and reason, in the order of their first features, for example "glcm: 25 features are missing,
    /// because no two voxels of the region are neighbours (cm_joint_max_3D_comb and others)."; none where every feature has a value.
    /// </summary>
    public static IReadOnlyList<string> Describe(IReadOnlyList<FeatureValue> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return
        [
            .. values.Where(v => v.Missing is not null)
                .GroupBy(v => (v.Definition.Family, v.Missing))
                .Select(g => Sentence(g.Key.Family, g.Key.Missing!, g.First().Definition.Tag, g.Count())),
        ];
    }

    private static string Sentence(string family, string why, string first, int count) => count == 1
        ? $"{family}: the feature {first} is missing, because {why}."
        : string.Create(CultureInfo.InvariantCulture, $"{family}: {count} features are missing, because {why} ({first} and others).");
}
