using RadiogenomicsCloud.Radiomics.Zones;

namespace RadiogenomicsCloud.Radiomics.Gldzm;

/// <summary>
/// Grey level distance zone based features (IBSI VMDZ): 16 features in 2D, 2.5D and 3D. The matrix counts the zones of the GLSZM by
/// level and distance to the edge of the region: the fewest steps through faces, 6-connected in the volume or 4-connected in a slice,
/// from any voxel of the zone to a position outside, so that a zone that touches the edge has distance 1.
/// </summary>
/// <remarks>
/// <para>Distances are those of the morphological mask, which resegmentation leaves as it is; what is outside the image is outside it.</para>
/// <para>Every region of at least one voxel has all features. In 2D the slices without a voxel take no part in the average.</para>
/// <para>Entropy is in bits; all features are dimensionless.</para>
/// Source: Zwanenburg et al., IBSI reference manual, section 3.9.
/// </remarks>
public sealed class GldzmFamily : IFeatureFamily
{
    private const string FamilyKey = "gldzm";

    public string Key => FamilyKey;

    public bool NeedsDiscretisation => true;

    public IReadOnlyList<FeatureDefinition> Features { get; } = ZoneFeatures.Definitions(
        FamilyKey,
        "dzm_",
        [
            ("sde", "0GBI", "Small distance emphasis"),
            ("lde", "MB4I", "Large distance emphasis"),
            ("lgze", "S1RA", "Low grey level zone emphasis"),
            ("hgze", "K26C", "High grey level zone emphasis"),
            ("sdlge", "RUVG", "Small distance low grey level emphasis"),
            ("sdhge", "DKNJ", "Small distance high grey level emphasis"),
            ("ldlge", "A7WM", "Large distance low grey level emphasis"),
            ("ldhge", "KLTH", "Large distance high grey level emphasis"),
            ("glnu", "VFT7", "Grey level non-uniformity"),
            ("glnu_norm", "7HP3", "Normalised grey level non-uniformity"),
            ("zdnu", "V294", "Zone distance non-uniformity"),
            ("zdnu_norm", "IATH", "Normalised zone distance non-uniformity"),
            ("z_perc", "VIWW", "Zone percentage"),
            ("gl_var", "QK93", "Grey level variance"),
            ("zd_var", "7WT1", "Zone distance variance"),
            ("zd_entr", "GBDU", "Zone distance entropy"),
        ]);

    public void Compute(FeatureInput input, FamilyValues values)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(values);
        var mask = input.Roi.MorphologicalMask;
        ZoneFeatures.Compute(
            input,
            values,
            zones => zones.LeastOf(EdgeDistances.InSlices(mask)),
            zones => zones.LeastOf(EdgeDistances.InVolume(mask)));
    }
}
