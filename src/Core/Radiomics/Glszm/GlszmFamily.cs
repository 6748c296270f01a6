using RadiogenomicsCloud.Radiomics.Zones;

namespace RadiogenomicsCloud.Radiomics.Glszm;

/// <summary>
/// Grey level size zone based features (IBSI 9SAK): 16 features in 2D, 2.5D and 3D. A zone is a set of voxels of one grey level that are
/// connected, through 26 neighbours in the volume or 8 in a slice; the matrix counts zones by level and number of voxels.
/// </summary>
/// <remarks>
/// <para>Every region of at least one voxel has all features. In 2D the slices without a voxel take no part in the average.</para>
/// <para>Entropy is in bits; all features are dimensionless.</para>
/// Source: Zwanenburg et al., IBSI reference manual, section 3.8.
/// </remarks>
public sealed class GlszmFamily : IFeatureFamily
{
    private const string FamilyKey = "glszm";

    public string Key => FamilyKey;

    public bool NeedsDiscretisation => true;

    public IReadOnlyList<FeatureDefinition> Features { get; } = ZoneFeatures.Definitions(
        FamilyKey,
        "szm_",
        [
            ("sze", "5QRC", "Small zone emphasis"),
            ("lze", "48P8", "Large zone emphasis"),
            ("lgze", "XMSY", "Low grey level zone emphasis"),
            ("hgze", "5GN9", "High grey level zone emphasis"),
            ("szlge", "5RAI", "Small zone low grey level emphasis"),
            ("szhge", "HW1V", "Small zone high grey level emphasis"),
            ("lzlge", "YH51", "Large zone low grey level emphasis"),
            ("lzhge", "J17V", "Large zone high grey level emphasis"),
            ("glnu", "JNSA", "Grey level non-uniformity"),
            ("glnu_norm", "Y1RO", "Normalised grey level non-uniformity"),
            ("zsnu", "4JP3", "Zone size non-uniformity"),
            ("zsnu_norm", "VB3A", "Normalised zone size non-uniformity"),
            ("z_perc", "P30P", "Zone percentage"),
            ("gl_var", "BYLV", "Grey level variance"),
            ("zs_var", "3NSA", "Zone size variance"),
            ("zs_entr", "GU8N", "Zone size entropy"),
        ]);

    public void Compute(FeatureInput input, FamilyValues values)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(values);
        ZoneFeatures.Compute(input, values, zones => zones.Sizes, zones => zones.Sizes);
    }
}
