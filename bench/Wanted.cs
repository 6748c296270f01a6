using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Bench;

/// <summary>What is extracted when time is taken.</summary>
internal static class Wanted
{
    /// <summary>The standard's discretisation of the intensity–volume histogram where intensities have no unit, taken for every case.</summary>
    public static IvhSettings Ivh { get; } = new(IvhDiscretisation.FBN, Bins: 1000);

    /// <summary>Every family; texture in 3D, merged.</summary>
    public static FeatureSettings Everything { get; } =
        new([FeatureCatalogue.AllFamilies], [TextureAggregation.ThreeDimensionalMerged], Ivh: Ivh);

    /// <summary>The same without the two features that compare all pairs of voxels.</summary>
    public static FeatureSettings WithoutPairs { get; } = Everything with { Except = ["morph_moran_i", "morph_geary_c"] };

    /// <summary>Every family in every aggregation, as the naive twins have it.</summary>
    public static FeatureSettings EveryAggregation { get; } = WithoutPairs with { Aggregations = TextureAggregation.All };
}
