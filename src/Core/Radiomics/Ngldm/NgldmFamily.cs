using RadiogenomicsCloud.Radiomics.Neighbourhoods;

namespace RadiogenomicsCloud.Radiomics.Ngldm;

/// <summary>
/// Neighbouring grey level dependence based features (IBSI REK0): 17 features in each of the three aggregations of
/// <see cref="TextureAggregation.OfZones"/>. All are dimensionless; the entropy is in bits.
/// </summary>
/// <remarks>
/// <para>A neighbour depends on a voxel if it is in the region and their levels differ by at most the coarseness α
/// (<see cref="TextureSettings.NgldmCoarseness"/>, by default 0). Neighbours are those within <see cref="TextureSettings.Ngldm"/>, by
/// default at Chebyshev distance 1. The voxel itself counts, so that a dependence is at least 1; a region of one voxel has a matrix.</para>
/// <para>Weights are refused (<see cref="FeatureSettingsValidation"/>). The manual's weighted dependence is a real number, but its matrix
/// and its features need whole ones, and the weight of the voxel itself, at distance 0, is infinite for inverse weights.</para>
/// <para>Slices without a voxel take no part in the 2D average.</para>
/// Source: Zwanenburg et al., IBSI reference manual, section 3.11.
/// </remarks>
public sealed class NgldmFamily : IFeatureFamily
{
    private const string FamilyKey = "ngldm";

    private static readonly (string Tag, string Code, string Name)[] Measures =
    [
        ("lde", "SODN", "Low dependence emphasis"),
        ("hde", "IMOQ", "High dependence emphasis"),
        ("lgce", "TL9H", "Low grey level count emphasis"),
        ("hgce", "OAE7", "High grey level count emphasis"),
        ("ldlge", "EQ3F", "Low dependence low grey level emphasis"),
        ("ldhge", "JA6D", "Low dependence high grey level emphasis"),
        ("hdlge", "NBZI", "High dependence low grey level emphasis"),
        ("hdhge", "9QMG", "High dependence high grey level emphasis"),
        ("glnu", "FP8K", "Grey level non-uniformity"),
        ("glnu_norm", "5SPA", "Normalised grey level non-uniformity"),
        ("dcnu", "Z87G", "Dependence count non-uniformity"),
        ("dcnu_norm", "OKJI", "Normalised dependence count non-uniformity"),
        ("dc_perc", "6XV8", "Dependence count percentage"),
        ("gl_var", "1PFV", "Grey level variance"),
        ("dc_var", "DNX2", "Dependence count variance"),
        ("dc_entr", "FCBV", "Dependence count entropy"),
        ("dc_energy", "CAS9", "Dependence count energy"),
    ];

    public string Key => FamilyKey;

    public bool NeedsDiscretisation => true;

    public IReadOnlyList<FeatureDefinition> Features { get; } =
    [
        .. from aggregation in TextureAggregation.OfZones
           from measure in Measures
           select new FeatureDefinition(
               $"ngl_{measure.Tag}_{aggregation}", measure.Code, measure.Name, FamilyKey, aggregation, Unit: "1"),
    ];

    public void Compute(FeatureInput input, FamilyValues values)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(values);
        var settings = input.Settings.Texture?.Ngldm ?? new();
        if (input.Levels is not { } levels)
        {
            values.Missing(FeatureInput.EmptyRegion);
            return;
        }
        var region = settings.Distance == levels.Margin ? levels : LevelBox.Of(input.Discretised, settings.Distance)!;
        var coarseness = input.Settings.Texture?.NgldmCoarseness ?? 0;
        var (wantsSlices, wantsMerged) =
            (input.IsWanted(TextureAggregation.TwoDimensional), input.IsWanted(TextureAggregation.TwoAndAHalfDimensional));
        if (wantsSlices || wantsMerged)
            ComputeInPlane(region, Neighbourhood.Of(settings, inPlane: true), coarseness, wantsSlices, wantsMerged, values.Values);
        if (input.IsWanted(TextureAggregation.ThreeDimensional))
            ComputeInSpace(region, Neighbourhood.Of(settings, inPlane: false), coarseness, values.Values[(2 * Measures.Length)..]);
    }

    private static void ComputeInPlane(
        LevelBox region, Neighbourhood neighbours, int coarseness, bool wantsSlices, bool wantsMerged, Span<double> values)
    {
        var slice = NewMatrix(region, neighbours);
        var merged = NewMatrix(region, neighbours);
        var counter = new DependenceCounter(region, neighbours, coarseness);
        var dependent = new ushort[region.CountI];
        var measures = new DependenceMeasures();
        var means = new FeatureMeans(Measures.Length);
        var one = new double[Measures.Length];
        for (var k = 0; k < region.CountK; k++)
        {
            slice.Clear();
            CountSlice(region, counter, k, dependent, slice);
            if (wantsSlices && measures.TryMeasure(slice, region.LevelOfCode, one))
                means.Add(one);
            if (wantsMerged)
                merged.Merge(slice);
        }
        means.Write(values);
        if (wantsMerged)
            measures.TryMeasure(merged, region.LevelOfCode, values[Measures.Length..]);
    }

    private static void ComputeInSpace(LevelBox region, Neighbourhood neighbours, int coarseness, Span<double> values)
    {
        var matrix = NewMatrix(region, neighbours);
        var counter = new DependenceCounter(region, neighbours, coarseness);
        var dependent = new ushort[region.CountI];
        for (var k = 0; k < region.CountK; k++)
            CountSlice(region, counter, k, dependent, matrix);
        new DependenceMeasures().TryMeasure(matrix, region.LevelOfCode, values);
    }

    private static DependenceMatrix NewMatrix(LevelBox region, Neighbourhood neighbours) =>
        new(region.LevelOfCode.Length, neighbours.Steps.Count + 1);

    private static void CountSlice(LevelBox region, DependenceCounter counter, int k, ushort[] dependent, DependenceMatrix matrix)
    {
        for (var j = 0; j < region.CountJ; j++)
        {
            counter.CountRow(j, k, dependent);
            matrix.AddRow(region.Codes.AsSpan(region.RowStart(j, k), region.CountI), dependent);
        }
    }
}
