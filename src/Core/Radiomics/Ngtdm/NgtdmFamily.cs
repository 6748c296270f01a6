namespace RadiogenomicsCloud.Radiomics.Ngtdm;

/// <summary>
/// Neighbourhood grey tone difference based features (IBSI IPET): 5 features in each of the three aggregations of
/// <see cref="TextureAggregation.OfZones"/>. All are dimensionless.
/// </summary>
/// <remarks>
/// <para>A voxel is compared with the mean of those of its neighbours that are in the region, and takes no part where there is none.
/// Neighbours are those within <see cref="TextureSettings.Ngtdm"/>, by default at Chebyshev distance 1; weights make the mean a weighted
/// one, as in the manual's section on distance weighting.</para>
/// <para>As the manual defines: coarseness is at most 10⁶, which a region without any difference has; contrast and busyness are 0 where
/// only one level occurs; strength is 0 where all differences are. The manual is silent where several levels occur and all have the same
/// i·p, as in two voxels of level 1 beside one of level 2: the denominator of busyness is then 0, and busyness has no value.</para>
/// <para>A slice in which no voxel has a neighbour has no matrix and takes no part in the 2D average, nor does a slice without busyness
/// in the average of busyness. Where no voxel at all has a neighbour the features are missing.</para>
/// Source: Zwanenburg et al., IBSI reference manual, section 3.10.
/// </remarks>
public sealed class NgtdmFamily : IFeatureFamily
{
    private const string FamilyKey = "ngtdm";

    private static readonly (string Tag, string Code, string Name)[] Measures =
    [
        ("coarseness", "QCDE", "Coarseness"),
        ("contrast", "65HE", "Contrast"),
        ("busyness", "NQ30", "Busyness"),
        ("complexity", "HDEZ", "Complexity"),
        ("strength", "1X9X", "Strength"),
    ];

    public string Key => FamilyKey;

    public bool NeedsDiscretisation => true;

    public IReadOnlyList<FeatureDefinition> Features { get; } =
    [
        .. from aggregation in TextureAggregation.OfZones
           from measure in Measures
           select new FeatureDefinition(
               $"ngt_{measure.Tag}_{aggregation}", measure.Code, measure.Name, FamilyKey, aggregation, Unit: "1"),
    ];

    public void Compute(FeatureInput input, FamilyValues values)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(values);
        if (input.Levels is not { } region)
        {
            values.Missing(FeatureInput.EmptyRegion);
            return;
        }
        var standard = new NeighbourSettings();
        var settings = input.Settings.Texture?.Ngtdm ?? standard;
        ToneScan scan = settings with { WeightNorm = standard.WeightNorm } == standard
            ? new AdjacentToneScan(region)
            : new GeneralToneScan(settings.Distance == region.Margin ? region : LevelBox.Of(input.Discretised, settings.Distance)!, settings);
        Compute(scan, region.LevelOfCode, input, values);
    }

    private static void Compute(ToneScan scan, int[] levelOfCode, FeatureInput input, FamilyValues values)
    {
        var wantsSlices = input.IsWanted(TextureAggregation.TwoDimensional);
        var wantsMerged = input.IsWanted(TextureAggregation.TwoAndAHalfDimensional);
        var slice = wantsSlices || wantsMerged ? scan.NewMatrix(inPlane: true) : null;
        var merged = wantsMerged ? scan.NewMatrix(inPlane: true) : null;
        var volume = input.IsWanted(TextureAggregation.ThreeDimensional) ? scan.NewMatrix(inPlane: false) : null;
        var means = new FeatureMeans(ToneMeasures.Count);
        var one = new double[ToneMeasures.Count];
        scan.Run(
            slice,
            () =>
            {
                if (wantsSlices && ToneMeasures.TryMeasure(slice!, levelOfCode, one))
                    means.Add(one);
                merged?.Merge(slice!);
            },
            volume);

        values.Missing(0, 2 * ToneMeasures.Count, "no voxel of the region has a neighbour within its slice");
        values.Missing(2 * ToneMeasures.Count, ToneMeasures.Count, "no voxel of the region has a neighbour in it");
        if (wantsSlices)
        {
            means.Write(values.Values[..ToneMeasures.Count]);
            SayWhyBusyness(values, first: 0);
        }
        Write(merged, ToneMeasures.Count);
        Write(volume, 2 * ToneMeasures.Count);

        void Write(ToneDifferences? matrix, int first)
        {
            if (matrix is not null && ToneMeasures.TryMeasure(matrix, levelOfCode, values.Values.Slice(first, ToneMeasures.Count)))
                SayWhyBusyness(values, first);
        }
    }

    private static void SayWhyBusyness(FamilyValues values, int first)
    {
        if (!double.IsNaN(values[first]) && double.IsNaN(values[first + 2]))
            values.Missing(first + 2, 1, "its grey levels times their probabilities are all equal, which makes the denominator 0");
    }
}
