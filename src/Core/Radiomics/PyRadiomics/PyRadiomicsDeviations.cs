namespace RadiogenomicsCloud.Radiomics.PyRadiomics;

/// <summary>The features whose values are not simply those of the standard, by column name.</summary>
internal static class PyRadiomicsDeviations
{
    private static readonly Dictionary<string, Func<PyRadiomicsInput, double>> ByColumn = new(StringComparer.Ordinal)
    {
        ["original_shape_MajorAxisLength"] = input => input.Value("morph_pca_maj_axis") * Population(input),
        ["original_shape_MinorAxisLength"] = input => input.Value("morph_pca_min_axis") * Population(input),
        ["original_shape_LeastAxisLength"] = input => input.Value("morph_pca_least_axis") * Population(input),
        ["original_shape_Maximum2DDiameterSlice"] = input => PlaneDiameter.Of(input.Roi.MorphologicalMask),
        ["original_shape_Maximum2DDiameterColumn"] = input => PlaneDiameter.Of(input.Roi.MorphologicalMask.WithSlicesAcross(1)),
        ["original_shape_Maximum2DDiameterRow"] = input => PlaneDiameter.Of(input.Roi.MorphologicalMask.WithSlicesAcross(2)),
        ["original_firstorder_Energy"] = input => ShiftedEnergy(input).Sum,
        ["original_firstorder_TotalEnergy"] = input => ShiftedEnergy(input).Sum * VoxelVolume(input),
        ["original_firstorder_RootMeanSquared"] = input => Math.Sqrt(ShiftedEnergy(input).Mean),
        ["original_firstorder_Kurtosis"] = input => input.Value("stat_var") == 0 ? 0 : input.Value("stat_kurt") + 3,
        ["original_firstorder_StandardDeviation"] = input => Math.Sqrt(input.Value("stat_var")),
        ["original_glcm_MCC"] = input => input.Mcc,
    };

    /// <summary>The computation of a feature; null where its value is the standard's.</summary>
    public static Func<PyRadiomicsInput, double>? Find(PyRadiomicsFeature feature) => ByColumn.GetValueOrDefault(feature.ColumnName);

    private static double Population(PyRadiomicsInput input)
    {
        double voxels = input.Roi.MorphologicalMask.Count();
        return Math.Sqrt((voxels - 1) / voxels);
    }

    private static double VoxelVolume(PyRadiomicsInput input)
    {
        var grid = input.Roi.Image.Grid;
        return grid.SpacingI * grid.SpacingJ * grid.SpacingK;
    }

    /// <summary>Of the squares; NaN in a region without a voxel.</summary>
    private static (double Sum, double Mean) ShiftedEnergy(PyRadiomicsInput input)
    {
        var (energy, voxels, shift) = (0.0, 0, input.Settings.VoxelArrayShift);
        for (var v = 0; v < input.Roi.Image.Values.Length; v++)
        {
            if (input.Roi.IntensityMask.Values[v] == 0)
                continue;
            var value = input.Roi.Image.Values[v] + shift;
            energy += value * value;
            voxels++;
        }
        return voxels == 0 ? (double.NaN, double.NaN) : (energy, energy / voxels);
    }
}
