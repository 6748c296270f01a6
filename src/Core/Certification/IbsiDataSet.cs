using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;

namespace RadiogenomicsCloud.Certification;

/// <summary>
/// A data set of IBSI 1 that has reference values: the digital phantom, or the CT radiomics phantom under one of five configurations of
/// the processing scheme. Source: IBSI reference manual, "Reference data sets".
/// </summary>
/// <param name="Key">Of its column in the reference table: <c>digital</c>, or the letter of the configuration.</param>
/// <param name="Name">For people.</param>
public sealed record IbsiDataSet(string Key, string Name, PreprocessingSettings Preprocessing, FeatureSettings Features)
{
    /// <summary>Where the texture matrices are by slice, in configurations A and B.</summary>
    private static readonly string[] SliceWise = [TextureAggregation.TwoDimensional, TextureAggregation.TwoAndAHalfDimensional];

    private static readonly string[] Volumetric = [TextureAggregation.ThreeDimensional];

    private static readonly ResampleSettings Isotropic = new([2, 2, 2], Interpolation.Linear);

    /// <summary>Nothing is processed: bins of width 1 from the region's minimum, which is 1, leave intensities as they are.</summary>
    public static IbsiDataSet Digital { get; } = new(
        "digital", "IBSI-1 digital phantom",
        new(Discretise: new(DiscretiseMethod.FBS, BinWidth: 1)),
        Everything(TextureAggregation.All, new(IvhDiscretisation.None)));

    /// <summary>Configurations A to E of the CT radiomics phantom.</summary>
    public static IReadOnlyList<IbsiDataSet> Configurations { get; } =
    [
        Configuration("A", null, new(-500, 400), new(DiscretiseMethod.FBS, BinWidth: 25), SliceWise, new(IvhDiscretisation.None)),
        Configuration("B", new([2, 2], Interpolation.Linear), new(-500, 400), new(DiscretiseMethod.FBN, Bins: 32), SliceWise, new(IvhDiscretisation.None)),
        Configuration("C", Isotropic, new(-1000, 400), new(DiscretiseMethod.FBS, BinWidth: 25), Volumetric, new(IvhDiscretisation.FBS, BinWidth: 2.5)),
        Configuration("D", Isotropic, new(Sigma: 3), new(DiscretiseMethod.FBN, Bins: 32), Volumetric, new(IvhDiscretisation.None)),
        Configuration(
            "E", Isotropic with { Image = Interpolation.Cubic }, new(-1000, 400, 3), new(DiscretiseMethod.FBN, Bins: 32), Volumetric,
            new(IvhDiscretisation.FBN, Bins: 1000)),
    ];

    private static IbsiDataSet Configuration(
        string key, ResampleSettings? resample, ResegmentSettings resegment, DiscretiseSettings discretise, string[] aggregations, IvhSettings ivh) =>
        new(key, $"IBSI-1 CT phantom, configuration {key}", new(resample, resegment, discretise), Everything(aggregations, ivh));

    private static FeatureSettings Everything(IReadOnlyList<string> aggregations, IvhSettings ivh) =>
        new([FeatureCatalogue.AllFamilies], aggregations, Ivh: ivh);
}
