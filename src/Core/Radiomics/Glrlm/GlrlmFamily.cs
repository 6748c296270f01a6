namespace RadiogenomicsCloud.Radiomics.Glrlm;

/// <summary>
/// Grey level run length based features (IBSI TP0I): 16 features in each of the six aggregations of <see cref="TextureAggregation"/>.
/// A run is a longest sequence of voxels of one level, each the neighbour of the last in one of the 13 directions of Chebyshev distance
/// 1; a voxel outside the region ends it. Dimensionless; the entropy is in bits.
/// </summary>
/// <remarks>
/// <para>Any region that has a voxel has all features: a voxel without a like neighbour is a run of length 1. A slice without voxels
/// takes no part in a 2D average. Where matrices are merged, the number of voxels Nv of the run percentage is summed likewise.</para>
/// <para>Weights (<see cref="TextureSettings.Glrlm"/>): the manual multiplies by w "the run lengths", and says that there is no effect
/// unless matrices are merged. Both hold, as in PyRadiomics, if the counts of a direction's matrix, not the lengths of its runs, are
/// multiplied by the direction's w and the matrices then merged, which is what is done; Nv is weighted alike, so that the run
/// percentage stays at most 1. Averaged aggregations (2.5D direction-merged included, as the slices of a direction have one weight) are
/// not weighted. A factor that all directions share, as with lengths by the Chebyshev norm, changes nothing but the two
/// non-uniformities that are not normalised, which are proportional to it.</para>
/// Source: Zwanenburg et al., IBSI reference manual, section 3.7.
/// </remarks>
public sealed class GlrlmFamily : IFeatureFamily
{
    private const string FamilyKey = "glrlm";

    private static readonly (string Tag, string Code, string Name)[] Measures =
    [
        ("sre", "22OV", "Short runs emphasis"),
        ("lre", "W4KF", "Long runs emphasis"),
        ("lgre", "V3SW", "Low grey level run emphasis"),
        ("hgre", "G3QZ", "High grey level run emphasis"),
        ("srlge", "HTZT", "Short run low grey level emphasis"),
        ("srhge", "GD3A", "Short run high grey level emphasis"),
        ("lrlge", "IVPO", "Long run low grey level emphasis"),
        ("lrhge", "3KUM", "Long run high grey level emphasis"),
        ("glnu", "R5YN", "Grey level non-uniformity"),
        ("glnu_norm", "OVBL", "Normalised grey level non-uniformity"),
        ("rlnu", "W92Y", "Run length non-uniformity"),
        ("rlnu_norm", "IC23", "Normalised run length non-uniformity"),
        ("r_perc", "9ZK5", "Run percentage"),
        ("gl_var", "8CE5", "Grey level variance"),
        ("rl_var", "SXLW", "Run length variance"),
        ("rl_entr", "HJ9O", "Run entropy"),
    ];

    public string Key => FamilyKey;

    public bool NeedsDiscretisation => true;

    public IReadOnlyList<FeatureDefinition> Features { get; } =
    [
        .. from aggregation in TextureAggregation.OfDirections
           from measure in Measures
           select new FeatureDefinition(
               $"rlm_{measure.Tag}_{aggregation}", measure.Code, measure.Name, FamilyKey, aggregation, Unit: "1"),
    ];

    public void Compute(FeatureInput input, FamilyValues values)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(values);
        input.Settings.Texture?.Validate();
        var steps = DirectedSteps.OfRuns(input.Settings.Texture?.Glrlm);
        if (input.Levels is not { } region)
        {
            values.Missing(FeatureInput.EmptyRegion);
            return;
        }
        var matrices = new RunLengthMatrices(region, steps);
        DirectionalAggregation.Compute(
            region, steps, _ => matrices, [.. TextureAggregation.OfDirections.Where(input.IsWanted)], values.Values);
    }
}
