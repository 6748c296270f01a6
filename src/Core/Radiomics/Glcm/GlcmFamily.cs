namespace RadiogenomicsCloud.Radiomics.Glcm;

/// <summary>
/// Grey level co-occurrence based features (IBSI LFYI): 25 features in each of the six aggregations of
/// <see cref="TextureAggregation"/>. Symmetric matrices; entropies in bits. By default Chebyshev distance 1 and no weights; other
/// steps by <see cref="TextureSettings.Glcm"/>.
/// </summary>
/// <remarks>
/// <para>At distance δ of the Chebyshev norm the 13 directions remain and their vectors are multiplied by δ; at δ of the Manhattan or
/// Euclidean norm the directions are the vectors to all voxels of length δ, or above δ − 1 up to δ. A direction's matrix is multiplied
/// by its weight before matrices are merged. The manual warns against both: few others have them. As it says, weights have no effect
/// on the averaged aggregations, where each matrix is normalised by itself (2.5D direction-merged included: the slices of a direction
/// have one weight), and none where all directions have one length.</para>
/// <para>Ng in the normalised features is the number of bins of the discretisation, whether or not each is occupied.</para>
/// <para>A matrix without any pair of neighbours (a direction in which the region is one voxel thin, an empty slice) has no features
/// and takes no part in an average; where no matrix has a pair, as in a region of one voxel, the features are NaN.</para>
/// <para>Where all pairs have one level, correlation and the first measure of information correlation, 0/0 by the manual's formulas,
/// are 1, as in MIRP, the reference implementation of the standard's authors (PyRadiomics agrees on correlation); the second measure
/// is 0 by its formula. Mutual information HXY2 − HXY below 1e-13 bits is rounding and taken as 0.</para>
/// Source: Zwanenburg et al., IBSI reference manual, section 3.6.
/// </remarks>
public sealed class GlcmFamily : IFeatureFamily
{
    private const string FamilyKey = "glcm";

    private static readonly (string Tag, string Code, string Name)[] Measures =
    [
        ("joint_max", "GYBY", "Joint maximum"),
        ("joint_avg", "60VM", "Joint average"),
        ("joint_var", "UR99", "Joint variance"),
        ("joint_entr", "TU9B", "Joint entropy"),
        ("diff_avg", "TF7R", "Difference average"),
        ("diff_var", "D3YU", "Difference variance"),
        ("diff_entr", "NTRS", "Difference entropy"),
        ("sum_avg", "ZGXS", "Sum average"),
        ("sum_var", "OEEB", "Sum variance"),
        ("sum_entr", "P6QZ", "Sum entropy"),
        ("energy", "8ZQL", "Angular second moment"),
        ("contrast", "ACUI", "Contrast"),
        ("dissimilarity", "8S9J", "Dissimilarity"),
        ("inv_diff", "IB1Z", "Inverse difference"),
        ("inv_diff_norm", "NDRX", "Normalised inverse difference"),
        ("inv_diff_mom", "WF0Z", "Inverse difference moment"),
        ("inv_diff_mom_norm", "1QCO", "Normalised inverse difference moment"),
        ("inv_var", "E8JP", "Inverse variance"),
        ("corr", "NI2N", "Correlation"),
        ("auto_corr", "QWB0", "Autocorrelation"),
        ("clust_tend", "DG8W", "Cluster tendency"),
        ("clust_shade", "7NFM", "Cluster shade"),
        ("clust_prom", "AE86", "Cluster prominence"),
        ("info_corr1", "R8DG", "Information correlation 1"),
        ("info_corr2", "JN9H", "Information correlation 2"),
    ];

    public string Key => FamilyKey;

    public bool NeedsDiscretisation => true;

    public IReadOnlyList<FeatureDefinition> Features { get; } =
    [
        .. from aggregation in TextureAggregation.OfDirections
           from measure in Measures
           select new FeatureDefinition(
               $"cm_{measure.Tag}_{aggregation}", measure.Code, measure.Name, FamilyKey, aggregation, Unit: "1"),
    ];

    public void Compute(FeatureInput input, FamilyValues values)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(values);
        input.Settings.Texture?.Validate();
        var steps = DirectedSteps.OfPairs(input.Settings.Texture?.Glcm);
        if (LevelsFor(input, steps) is not { } region)
        {
            values.Missing(FeatureInput.EmptyRegion);
            return;
        }
        SayWhyMissing(input.Settings.Texture?.Glcm ?? new(), values);
        DirectionalAggregation.Compute(
            region,
            steps,
            voxels => new CoOccurrenceMatrices(CounterFor(region, steps, voxels), region.LevelCount),
            [.. TextureAggregation.OfDirections.Where(input.IsWanted)],
            values.Values);
    }

    /// <summary>The grey levels with the margin that the steps need; null where no voxel has any.</summary>
    internal static LevelBox? LevelsFor(FeatureInput input, DirectedSteps steps) =>
        steps.Reach == 1 ? input.Levels : LevelBox.Of(input.Discretised, steps.Reach);

    /// <summary>The counter that suits the number of levels.</summary>
    /// <param name="voxels">How many are counted at a time, roughly; those of the region where null.</param>
    internal static ICoOccurrenceCounter CounterFor(LevelBox region, DirectedSteps steps, int? voxels = null) =>
        DenseCounter.Fits(region, steps, voxels ?? region.VoxelCount) ? new DenseCounter(region, steps) : new LevelOrderedCounter(region, steps);

    private static void SayWhyMissing(NeighbourSettings settings, FamilyValues values)
    {
        for (var a = 0; a < TextureAggregation.OfDirections.Count; a++)
        {
            var where = TextureAggregation.OfDirections[a].StartsWith("3D", StringComparison.Ordinal) ? "the region" : "a slice of the region";
            values.Missing(a * Measures.Length, Measures.Length, settings.Distance == 1
                ? $"no two voxels of {where} are neighbours"
                : FormattableString.Invariant($"no two voxels of {where} are {settings.Distance} voxels apart in a direction of the matrix"));
        }
    }
}
