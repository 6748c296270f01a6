namespace RadiogenomicsCloud.Radiomics.PyRadiomics;

/// <summary>
/// The features of PyRadiomics (version 3, commit 8ed5793), class by class in the order of its output, and what each is of the IBSI.
/// Left out is what it names but does not compute (see <see cref="WithoutValue"/>) and the class <c>shape2D</c>.
/// </summary>
public static class PyRadiomicsCatalogue
{
    internal const string Shape = "shape", FirstOrder = "firstorder", Glcm = "glcm", Gldm = "gldm", Glrlm = "glrlm", Glszm = "glszm", Ngtdm = "ngtdm";

    private const string OfMesh = "The mesh is ours, which is closed wherever the region lies; that of PyRadiomics has holes.";

    private const string PlaneDiameter =
        "The largest distance between two vertices of the mesh that lie in one plane across {0}. The standard has no such feature.";

    private const string PopulationAxes = "The covariance is divided by the number of voxels, not by one less: lengths are √((n − 1)/n) of the standard's.";

    private const string Isolated = "Voxels without a neighbour count as voxels of their level, with a difference of 0; the standard leaves them out.";

    private const string Levels = "The grey levels differ where the bins do.";

    private const string ThinDirections =
        "Directions in which no line holds two voxels of the region are left out of the mean; the standard counts their runs of one voxel.";

    /// <summary>Every feature that can be computed, shape first.</summary>
    public static IReadOnlyList<PyRadiomicsFeature> Features { get; } = [.. ShapeFeatures(), .. FirstOrderFeatures(), .. TextureFeatures()];

    /// <summary>The classes, in the order of the output.</summary>
    public static IReadOnlyList<string> Classes { get; } = [.. Features.Select(f => f.Class).Distinct()];

    /// <summary>
    /// Deprecated names by column name that PyRadiomics takes and gives no value, and the feature that is the same.
    /// </summary>
    public static IReadOnlyDictionary<string, string> WithoutValue { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["original_glcm_Dissimilarity"] = "original_glcm_DifferenceAverage",
        ["original_glcm_Homogeneity1"] = "original_glcm_Id",
        ["original_glcm_Homogeneity2"] = "original_glcm_Idm",
        ["original_glcm_SumVariance"] = "original_glcm_ClusterTendency",
        ["original_gldm_DependencePercentage"] = "always 1",
        ["original_gldm_GrayLevelNonUniformityNormalized"] = "original_firstorder_Uniformity",
    };

    /// <summary>What is computed where no feature is named: all that are not deprecated.</summary>
    public static IReadOnlyList<PyRadiomicsFeature> Default { get; } = [.. Features.Where(f => !f.IsDeprecated)];

    private static readonly Dictionary<string, PyRadiomicsFeature> ByColumn = Features.ToDictionary(f => f.ColumnName, StringComparer.Ordinal);

    /// <summary>The feature, or null.</summary>
    public static PyRadiomicsFeature? Find(string featureClass, string name) => ByColumn.GetValueOrDefault($"original_{featureClass}_{name}");

    /// <summary>The features of the classes whose IBSI families are wanted, for settings that name families.</summary>
    /// <exception cref="BadInputException">As <see cref="FeatureCatalogue.WantedFamilies"/>; <c>pyradiomics.no-class</c> where PyRadiomics has none of them.</exception>
    public static IReadOnlyList<PyRadiomicsFeature> OfFamilies(FeatureSettings settings)
    {
        var families = FeatureCatalogue.WantedFamilies(settings).Select(f => f.Key).ToHashSet(StringComparer.Ordinal);
        IReadOnlyList<PyRadiomicsFeature> found = [.. Default.Where(f => FamiliesOf(f.Class).Any(families.Contains))];
        return found.Count > 0
            ? found
            : throw new BadInputException(
                "pyradiomics.no-class",
                $"PyRadiomics has none of the families {string.Join(", ", families)}; its classes are those of morphology, intensity_statistics, glcm, ngldm, glrlm, glszm and ngtdm.",
                "families");
    }

    /// <summary>The IBSI families that a class is of.</summary>
    internal static IReadOnlyList<string> FamiliesOf(string featureClass) => featureClass switch
    {
        Shape => ["morphology"],
        FirstOrder => ["intensity_statistics"],
        Gldm => ["ngldm"],
        _ => [featureClass],
    };

    private static PyRadiomicsFeature[] ShapeFeatures() =>
    [
        new(Shape, "Compactness1", "morph_comp_1", OfMesh, IsDeprecated: true),
        new(Shape, "Compactness2", "morph_comp_2", OfMesh, IsDeprecated: true),
        new(Shape, "Elongation", "morph_pca_elongation"),
        new(Shape, "Flatness", "morph_pca_flatness"),
        new(Shape, "LeastAxisLength", "morph_pca_least_axis", PopulationAxes, "mm"),
        new(Shape, "MajorAxisLength", "morph_pca_maj_axis", PopulationAxes, "mm"),
        new(Shape, "Maximum2DDiameterColumn", null, Plane("j"), "mm"),
        new(Shape, "Maximum2DDiameterRow", null, Plane("i"), "mm"),
        new(Shape, "Maximum2DDiameterSlice", null, Plane("k"), "mm"),
        new(Shape, "Maximum3DDiameter", "morph_diam", Unit: "mm"),
        new(Shape, "MeshVolume", "morph_volume", OfMesh, "mm³"),
        new(Shape, "MinorAxisLength", "morph_pca_min_axis", PopulationAxes, "mm"),
        new(Shape, "SphericalDisproportion", "morph_sph_dispr", OfMesh, IsDeprecated: true),
        new(Shape, "Sphericity", "morph_sphericity", OfMesh),
        new(Shape, "SurfaceArea", "morph_area_mesh", OfMesh, "mm²"),
        new(Shape, "SurfaceVolumeRatio", "morph_av", OfMesh, "1/mm"),
        new(Shape, "VoxelVolume", "morph_vol_approx", Unit: "mm³"),
    ];

    private static PyRadiomicsFeature[] FirstOrderFeatures() =>
    [
        new(FirstOrder, "10Percentile", "stat_p10", Unit: "intensity"),
        new(FirstOrder, "90Percentile", "stat_p90", Unit: "intensity"),
        new(FirstOrder, "Energy", "stat_energy", "voxelArrayShift is added to every intensity first; 0 unless given.", "intensity²"),
        new(FirstOrder, "Entropy", "ih_entropy", Levels),
        new(FirstOrder, "InterquartileRange", "stat_iqr", Unit: "intensity"),
        new(FirstOrder, "Kurtosis", "stat_kurt", "Not in excess: 3 more than the standard's. 0 where all intensities are equal."),
        new(FirstOrder, "Maximum", "stat_max", Unit: "intensity"),
        new(FirstOrder, "Mean", "stat_mean", Unit: "intensity"),
        new(FirstOrder, "MeanAbsoluteDeviation", "stat_mad", Unit: "intensity"),
        new(FirstOrder, "Median", "stat_median", Unit: "intensity"),
        new(FirstOrder, "Minimum", "stat_min", Unit: "intensity"),
        new(FirstOrder, "Range", "stat_range", Unit: "intensity"),
        new(FirstOrder, "RobustMeanAbsoluteDeviation", "stat_rmad", Unit: "intensity"),
        new(FirstOrder, "RootMeanSquared", "stat_rms", "voxelArrayShift is added to every intensity first; 0 unless given.", "intensity"),
        new(FirstOrder, "Skewness", "stat_skew"),
        new(FirstOrder, "StandardDeviation", "stat_var", "The square root of the variance.", "intensity", IsDeprecated: true),
        new(FirstOrder, "TotalEnergy", "stat_energy", "Energy times the volume of a voxel in mm³.", "intensity²·mm³"),
        new(FirstOrder, "Uniformity", "ih_uniformity", Levels),
        new(FirstOrder, "Variance", "stat_var", Unit: "intensity²"),
    ];

    private static PyRadiomicsFeature[] TextureFeatures() =>
    [
        new(Glcm, "Autocorrelation", "cm_auto_corr"),
        new(Glcm, "ClusterProminence", "cm_clust_prom"),
        new(Glcm, "ClusterShade", "cm_clust_shade"),
        new(Glcm, "ClusterTendency", "cm_clust_tend"),
        new(Glcm, "Contrast", "cm_contrast"),
        new(Glcm, "Correlation", "cm_corr"),
        new(Glcm, "DifferenceAverage", "cm_diff_avg"),
        new(Glcm, "DifferenceEntropy", "cm_diff_entr"),
        new(Glcm, "DifferenceVariance", "cm_diff_var"),
        new(Glcm, "Id", "cm_inv_diff"),
        new(Glcm, "Idm", "cm_inv_diff_mom"),
        new(Glcm, "Idmn", "cm_inv_diff_mom_norm"),
        new(Glcm, "Idn", "cm_inv_diff_norm"),
        new(Glcm, "Imc1", "cm_info_corr1", "0, not 1, in a direction in which all pairs have one level."),
        new(Glcm, "Imc2", "cm_info_corr2"),
        new(Glcm, "InverseVariance", "cm_inv_var"),
        new(Glcm, "JointAverage", "cm_joint_avg"),
        new(Glcm, "JointEnergy", "cm_energy"),
        new(Glcm, "JointEntropy", "cm_joint_entr"),
        new(Glcm, "MCC", null, "The maximal correlation coefficient: the root of the second largest eigenvalue of Q(i, j) = Σₖ p(i, k)·p(j, k)/(p(i)·p(k)). The standard has no such feature."),
        new(Glcm, "MaximumProbability", "cm_joint_max"),
        new(Glcm, "SumAverage", "cm_sum_avg"),
        new(Glcm, "SumEntropy", "cm_sum_entr"),
        new(Glcm, "SumSquares", "cm_joint_var"),
        new(Gldm, "DependenceEntropy", "ngl_dc_entr"),
        new(Gldm, "DependenceNonUniformity", "ngl_dcnu"),
        new(Gldm, "DependenceNonUniformityNormalized", "ngl_dcnu_norm"),
        new(Gldm, "DependenceVariance", "ngl_dc_var"),
        new(Gldm, "GrayLevelNonUniformity", "ngl_glnu"),
        new(Gldm, "GrayLevelVariance", "ngl_gl_var"),
        new(Gldm, "HighGrayLevelEmphasis", "ngl_hgce"),
        new(Gldm, "LargeDependenceEmphasis", "ngl_hde"),
        new(Gldm, "LargeDependenceHighGrayLevelEmphasis", "ngl_hdhge"),
        new(Gldm, "LargeDependenceLowGrayLevelEmphasis", "ngl_hdlge"),
        new(Gldm, "LowGrayLevelEmphasis", "ngl_lgce"),
        new(Gldm, "SmallDependenceEmphasis", "ngl_lde"),
        new(Gldm, "SmallDependenceHighGrayLevelEmphasis", "ngl_ldhge"),
        new(Gldm, "SmallDependenceLowGrayLevelEmphasis", "ngl_ldlge"),
        new(Glrlm, "GrayLevelNonUniformity", "rlm_glnu", ThinDirections),
        new(Glrlm, "GrayLevelNonUniformityNormalized", "rlm_glnu_norm", ThinDirections),
        new(Glrlm, "GrayLevelVariance", "rlm_gl_var", ThinDirections),
        new(Glrlm, "HighGrayLevelRunEmphasis", "rlm_hgre", ThinDirections),
        new(Glrlm, "LongRunEmphasis", "rlm_lre", ThinDirections),
        new(Glrlm, "LongRunHighGrayLevelEmphasis", "rlm_lrhge", ThinDirections),
        new(Glrlm, "LongRunLowGrayLevelEmphasis", "rlm_lrlge", ThinDirections),
        new(Glrlm, "LowGrayLevelRunEmphasis", "rlm_lgre", ThinDirections),
        new(Glrlm, "RunEntropy", "rlm_rl_entr", ThinDirections),
        new(Glrlm, "RunLengthNonUniformity", "rlm_rlnu", ThinDirections),
        new(Glrlm, "RunLengthNonUniformityNormalized", "rlm_rlnu_norm", ThinDirections),
        new(Glrlm, "RunPercentage", "rlm_r_perc", ThinDirections),
        new(Glrlm, "RunVariance", "rlm_rl_var", ThinDirections),
        new(Glrlm, "ShortRunEmphasis", "rlm_sre", ThinDirections),
        new(Glrlm, "ShortRunHighGrayLevelEmphasis", "rlm_srhge", ThinDirections),
        new(Glrlm, "ShortRunLowGrayLevelEmphasis", "rlm_srlge", ThinDirections),
        new(Glszm, "GrayLevelNonUniformity", "szm_glnu"),
        new(Glszm, "GrayLevelNonUniformityNormalized", "szm_glnu_norm"),
        new(Glszm, "GrayLevelVariance", "szm_gl_var"),
        new(Glszm, "HighGrayLevelZoneEmphasis", "szm_hgze"),
        new(Glszm, "LargeAreaEmphasis", "szm_lze"),
        new(Glszm, "LargeAreaHighGrayLevelEmphasis", "szm_lzhge"),
        new(Glszm, "LargeAreaLowGrayLevelEmphasis", "szm_lzlge"),
        new(Glszm, "LowGrayLevelZoneEmphasis", "szm_lgze"),
        new(Glszm, "SizeZoneNonUniformity", "szm_zsnu"),
        new(Glszm, "SizeZoneNonUniformityNormalized", "szm_zsnu_norm"),
        new(Glszm, "SmallAreaEmphasis", "szm_sze"),
        new(Glszm, "SmallAreaHighGrayLevelEmphasis", "szm_szhge"),
        new(Glszm, "SmallAreaLowGrayLevelEmphasis", "szm_szlge"),
        new(Glszm, "ZoneEntropy", "szm_zs_entr"),
        new(Glszm, "ZonePercentage", "szm_z_perc"),
        new(Glszm, "ZoneVariance", "szm_zs_var"),
        new(Ngtdm, "Busyness", "ngt_busyness", Isolated),
        new(Ngtdm, "Coarseness", "ngt_coarseness", Isolated),
        new(Ngtdm, "Complexity", "ngt_complexity", Isolated),
        new(Ngtdm, "Contrast", "ngt_contrast", Isolated),
        new(Ngtdm, "Strength", "ngt_strength", Isolated),
    ];

    private static string Plane(string axis) => PlaneDiameter.Replace("{0}", axis, StringComparison.Ordinal);
}
