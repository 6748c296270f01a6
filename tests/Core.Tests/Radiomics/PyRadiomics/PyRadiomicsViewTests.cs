using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;
using RadiogenomicsCloud.Radiomics;
using RadiogenomicsCloud.Radiomics.PyRadiomics;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.PyRadiomics;

public sealed class PyRadiomicsViewTests
{
    private static readonly PyRadiomicsFeatureSettings UnitBins = new(BinWidth: 1);

    [Fact]
    public void Every_feature_of_the_standard_that_the_catalogue_names_exists() =>
        Assert.All(
            PyRadiomicsCatalogue.Features.Where(f => f.IbsiTag is not null),
            f => Assert.Matches("^[0-9A-Z]{4}$", f.Definition.IbsiCode));

    [Fact]
    public void Column_names_are_unique_and_deprecated_ones_are_left_out_by_default()
    {
        Assert.Equal(PyRadiomicsCatalogue.Features.Count, PyRadiomicsCatalogue.Features.Select(f => f.ColumnName).Distinct().Count());
        Assert.Equal(107, PyRadiomicsCatalogue.Default.Count);
        Assert.Equal(111, PyRadiomicsCatalogue.Features.Count);
    }

    [Fact]
    public void Only_the_wanted_features_come_in_the_catalogues_order()
    {
        var wanted = new[] { PyRadiomicsCatalogue.Find("glcm", "Contrast")!, PyRadiomicsCatalogue.Find("firstorder", "StandardDeviation")! };
        var (roi, _) = Regions.OfLevels(2, 2, 1, [1, 2, 3, 4]);
        Assert.Equal(
            ["original_firstorder_StandardDeviation", "original_glcm_Contrast"],
            PyRadiomicsExtraction.Extract(roi, UnitBins with { Features = wanted }, TestContext.Current.CancellationToken).Values.Select(v => v.Definition.Tag));
    }

    [Fact]
    public void A_feature_asked_for_alone_has_the_value_that_it_has_among_all()
    {
        var roi = Box(4, 3, 5, v => 1 + (v * 7 % 11 % 4));
        var all = Values(roi, UnitBins with { Features = PyRadiomicsCatalogue.Features });
        Assert.All(
            PyRadiomicsCatalogue.Features,
            f => Assert.Equal(all[f.ColumnName["original_".Length..]], Assert.Single(Values(roi, UnitBins with { Features = [f] })).Value));
    }

    [Fact]
    public void A_region_without_a_voxel_has_no_value_and_that_is_the_reason()
    {
        var grid = GridGeometry.AxisAligned(2, 1, 1, 1, 1, 1);
        var mask = new Mask(grid, [0, 0]);
        var settings = UnitBins with { Features = [.. PyRadiomicsCatalogue.Features.Where(f => f.Class is "shape" or "firstorder" && f.Name is not ("Entropy" or "Uniformity"))] };
        var values = PyRadiomicsExtraction.Extract(
            new(new(grid, [1, 2], IntensityUnit.Arbitrary), mask, mask, null), settings, TestContext.Current.CancellationToken).Values;
        Assert.All(values, v => Assert.Equal((double.NaN, FeatureInput.EmptyRegion), (v.Value, v.Missing)));
    }

    [Fact]
    public void A_width_that_makes_too_many_levels_of_an_outlier_costs_only_what_is_made_of_levels()
    {
        var roi = Box(4, 3, 5, v => v == 17 ? 1e12 : 1 + (v * 7 % 11 % 4));
        var values = PyRadiomicsExtraction.Extract(roi, UnitBins, TestContext.Current.CancellationToken).Values;
        var missing = values.Where(v => double.IsNaN(v.Value)).ToList();
        Assert.Equal(
            values.Where(v => v.Definition.Family is not ("shape" or "firstorder") || v.Definition.Tag is "original_firstorder_Entropy" or "original_firstorder_Uniformity"),
            missing);
        Assert.Contains("bin width of 1", Assert.Single(missing.Select(v => v.Missing).Distinct()), StringComparison.Ordinal);
    }

    [Fact]
    public void Intensities_are_shifted_for_the_energies_alone()
    {
        var roi = Regions.OfIntensities(-1, 0, 4);
        var plain = Values(roi, UnitBins);
        var shifted = Values(roi, UnitBins with { VoxelArrayShift = 2 });
        Assert.Equal((17.0, 41.0), (plain["firstorder_Energy"], shifted["firstorder_Energy"]));
        Assert.Equal(Math.Sqrt(41.0 / 3), shifted["firstorder_RootMeanSquared"], 1e-14);
        Assert.Equal(plain["firstorder_Mean"], shifted["firstorder_Mean"]);
    }

    [Fact]
    public void Total_energy_is_in_the_volume_of_voxels()
    {
        var grid = GridGeometry.AxisAligned(2, 1, 1, 2, 3, 4);
        var mask = new Mask(grid, [1, 1]);
        var values = Values(new(new(grid, [1, 2], IntensityUnit.Arbitrary), mask, mask, null), UnitBins);
        Assert.Equal(5 * 24, values["firstorder_TotalEnergy"]);
        Assert.Equal(48, values["shape_VoxelVolume"]);
    }

    // m4/m2² of 1, 2, 3: (1/3·2)/(2/3)² = 1.5.
    [Fact]
    public void Kurtosis_is_not_in_excess_and_0_of_a_flat_region()
    {
        Assert.Equal(1.5, Values(Regions.OfIntensities(1, 2, 3), UnitBins)["firstorder_Kurtosis"], 1e-14);
        Assert.Equal(0, Values(Regions.OfIntensities(3, 3, 3), UnitBins)["firstorder_Kurtosis"]);
    }

    // Coordinates −1, 0, 1: variance 2/3, and 4·√(2/3) (the standard: 4·√1).
    [Fact]
    public void Axis_lengths_are_of_the_population() =>
        Assert.Equal(4 * Math.Sqrt(2.0 / 3), Values(Regions.OfIntensities(1, 2, 3), UnitBins)["shape_MajorAxisLength"], 1e-13);

    // The mesh of one voxel is an octahedron with vertices half a voxel from the centre along each axis.
    [Fact]
    public void Diameters_in_planes_lie_in_them()
    {
        var grid = GridGeometry.AxisAligned(3, 3, 3, 1, 2, 4);
        var voxels = new byte[27];
        voxels[grid.Index(1, 1, 1)] = 1;
        var mask = new Mask(grid, voxels);
        Assert.Equal(2, PlaneDiameter.Of(mask));
        Assert.Equal(4, PlaneDiameter.Of(mask.WithSlicesAcross(1)));
        Assert.Equal(4, PlaneDiameter.Of(mask.WithSlicesAcross(2)));
    }

    // Voxels (0,0,0) and (2,1,1): no plane of constant k holds vertices of both but that between the slices, where each is alone in one.
    [Fact]
    public void Vertices_between_slices_are_those_of_one_of_them()
    {
        var grid = GridGeometry.AxisAligned(3, 2, 2, 1, 1, 1);
        var voxels = new byte[12];
        voxels[grid.Index(0, 0, 0)] = voxels[grid.Index(2, 1, 1)] = 1;
        Assert.Equal(Math.Sqrt(5), PlaneDiameter.Of(new Mask(grid, voxels)), 1e-14);
    }

    [Fact]
    public void A_flat_region_has_PyRadiomics_conventional_values()
    {
        var values = Values(Box(3, 3, 3, _ => 5), UnitBins);
        Assert.Equal(
            (0.0, 1.0, 1.0, 1e6, 0.0),
            (values["glcm_Imc1"], values["glcm_Correlation"], values["glcm_MCC"], values["ngtdm_Coarseness"], values["ngtdm_Busyness"]));
    }

    // Columns of 1 and 2 side by side. Along j and k all pairs have one level (of each); across i all are 1–2.
    [Fact]
    public void Maximal_correlation_is_1_where_a_level_tells_its_neighbours()
    {
        var across = new PyRadiomicsFeatureSettings([PyRadiomicsCatalogue.Find("glcm", "MCC")!], BinWidth: 1);
        var values = Values(Box(2, 3, 3, v => 1 + (v % 2)), across);
        Assert.Equal(1, values["glcm_MCC"], 1e-9);
    }

    // p = [[a, b], [b, a]] with a + b = 1/2 has the eigenvalues 1 and 2(a − b) of p(i, j)/√(p(i) p(j)).
    [Fact]
    public void Maximal_correlation_of_two_levels_is_that_of_a_two_by_two_matrix()
    {
        var mcc = new MaximalCorrelation([0, 3, 7]);
        mcc.Add(3, 3, 3);
        mcc.Add(3, 7, 4);
        mcc.Add(7, 7, 3);
        Assert.Equal(0.2, mcc.Take()!.Value, 1e-12);
        Assert.Null(mcc.Take());
    }

    // A stochastic matrix of a random walk on a cycle of 7: eigenvalues cos(2πk/7), the greatest in size but 1 at k = 3.
    [Fact]
    public void Maximal_correlation_can_be_a_negative_eigenvalue()
    {
        var mcc = new MaximalCorrelation([0, 1, 2, 3, 4, 5, 6, 7]);
        for (var level = 1; level <= 7; level++)
            mcc.Add(Math.Min(level, (level % 7) + 1), Math.Max(level, (level % 7) + 1), 1);
        Assert.Equal(Math.Abs(Math.Cos(6 * Math.PI / 7)), mcc.Take()!.Value, 1e-12);
    }

    [Fact]
    public void More_levels_than_eigenvalues_are_computed_of_leave_the_correlation_missing_with_its_reason()
    {
        var value = PyRadiomicsExtraction.Extract(
            Box(10, 10, 6, v => v), UnitBins with { Features = [PyRadiomicsCatalogue.Find("glcm", "MCC")!] }, TestContext.Current.CancellationToken).Values[0];
        Assert.True(double.IsNaN(value.Value));
        Assert.Contains("600 different grey levels", value.Missing, StringComparison.Ordinal);
    }

    // One slice: the nine directions out of it hold no second voxel, which PyRadiomics leaves out; the four in it are all that is left.
    [Fact]
    public void Directions_without_a_line_of_two_voxels_take_no_part_in_the_mean_of_runs()
    {
        var roi = Box(4, 3, 1, v => 1 + (v * v % 3));
        var values = Values(roi, UnitBins);
        var standard = Standard(roi, TextureAggregation.TwoAndAHalfDimensionalDirectionMerged);
        Assert.Equal(standard["rlm_sre_2_5D_avg"], values["glrlm_ShortRunEmphasis"], 1e-14);
        Assert.Equal(standard["rlm_rl_entr_2_5D_avg"], values["glrlm_RunEntropy"], 1e-14);
        Assert.Equal(values["glrlm_ShortRunEmphasis"], Values(roi, UnitBins with { SliceAxis = 0 })["glrlm_ShortRunEmphasis"], 1e-14);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Planes_across_any_axis_are_the_standards_slices_of_the_turned_region(int axis)
    {
        var roi = Box(4, 3, 5, v => 1 + (v * 7 % 11 % 4));
        var values = Values(roi, UnitBins with { SliceAxis = axis });
        var standard = Standard(roi.WithSlicesAcross(axis), TextureAggregation.TwoAndAHalfDimensional);
        Assert.Equal(standard["cm_contrast_2_5D_avg"], values["glcm_Contrast"], 1e-14);
        Assert.Equal(standard["szm_zs_entr_2_5D"], values["glszm_ZoneEntropy"], 1e-14);
        Assert.Equal(standard["ngl_dc_entr_2_5D"], values["gldm_DependenceEntropy"], 1e-14);
        Assert.Equal(standard["ngt_complexity_2_5D"], values["ngtdm_Complexity"], 1e-13);
    }

    [Fact]
    public void Directions_without_weights_are_merged_as_the_standard_merges_them()
    {
        var roi = Box(4, 3, 5, v => 1 + (v * 7 % 11 % 4));
        var values = Values(roi, UnitBins with { Weighting = PyRadiomicsWeighting.None });
        var standard = Standard(roi, TextureAggregation.ThreeDimensional);
        Assert.Equal(standard["cm_joint_entr_3D_comb"], values["glcm_JointEntropy"], 1e-14);
        Assert.Equal(standard["rlm_rlnu_3D_comb"], values["glrlm_RunLengthNonUniformity"], 1e-12);
    }

    // Two voxels along i and two along j, one corner apart, 3 and 4 mm: pairs (1, 2) along i, (1, 3) along j, (2, 3) on one diagonal,
    // of which euclidean weights leave exp(−9), exp(−16) and exp(−25).
    [Theory]
    [InlineData(PyRadiomicsWeighting.Euclidean, 9, 16, 25)]
    [InlineData(PyRadiomicsWeighting.Infinity, 9, 16, 16)]
    [InlineData(PyRadiomicsWeighting.Manhattan, 9, 16, 49)]
    public void Weights_are_by_the_length_of_the_step_in_mm(PyRadiomicsWeighting weighting, int i, int j, int diagonal)
    {
        var grid = GridGeometry.AxisAligned(2, 2, 1, 3, 4, 1);
        var mask = new Mask(grid, [1, 1, 1, 0]);
        var roi = new RegionOfInterest(new(grid, [1, 2, 3, 0], IntensityUnit.Arbitrary), mask, mask, null);
        var values = Values(roi, UnitBins with { Weighting = weighting });
        var (a, b, c) = (Math.Exp(-i), Math.Exp(-j), Math.Exp(-diagonal));
        Assert.Equal((a + (4 * b) + c) / (a + b + c), values["glcm_Contrast"], 1e-12);
    }

    // Two neighbours of levels 1 and 2, and a lone voxel of level 3, which the standard would leave out.
    [Fact]
    public void A_voxel_without_neighbours_counts_as_a_voxel_of_its_level()
    {
        var (roi, _) = Regions.OfLevels(5, 1, 1, [1, 2, 0, 0, 3]);
        var values = Values(roi, UnitBins);
        // n = 1, 1, 1 of 3 voxels; s = 1, 1, 0: Σ p s = 2/3, Σ (p + q)(i − j)² over ordered pairs = 2·(2/3)(1 + 4 + 1) = 8.
        Assert.Equal(1.5, values["ngtdm_Coarseness"], 1e-14);
        Assert.Equal(4, values["ngtdm_Strength"], 1e-13);
    }

    [Fact]
    public void Degenerate_regions_give_values_or_reasons()
    {
        foreach (var roi in new[] { Regions.OfIntensities(4), Regions.OfIntensities(4, 4), Regions.OfIntensities(1, 9), Box(2, 2, 2, v => v) })
        {
            Assert.All(
                PyRadiomicsExtraction.Extract(roi, UnitBins, TestContext.Current.CancellationToken).Values,
                v => Assert.True(double.IsFinite(v.Value) ? v.Missing is null : double.IsNaN(v.Value) && v.Missing is not null, v.Definition.Tag));
        }
    }

    private static RegionOfInterest Box(int countI, int countJ, int countK, Func<int, double> intensity)
    {
        var grid = GridGeometry.AxisAligned(countI, countJ, countK, 1, 1, 1);
        var mask = new Mask(grid, [.. Enumerable.Repeat((byte)1, grid.VoxelCount)]);
        return new(new(grid, [.. Enumerable.Range(0, grid.VoxelCount).Select(intensity)], IntensityUnit.Arbitrary), mask, mask, null);
    }

    private static Dictionary<string, double> Values(RegionOfInterest roi, PyRadiomicsFeatureSettings settings) =>
        PyRadiomicsExtraction.Extract(roi, settings, TestContext.Current.CancellationToken)
            .Values.ToDictionary(v => v.Definition.Tag["original_".Length..], v => v.Value);

    private static Dictionary<string, double> Standard(RegionOfInterest roi, string aggregation) => FeatureExtractor.Extract(
            roi, PyRadiomicsExtraction.Discretise(roi, UnitBins), new(["glcm", "glrlm", "glszm", "ngtdm", "ngldm"], [aggregation]),
            TestContext.Current.CancellationToken)
        .ToDictionary(v => v.Definition.Tag, v => v.Value);
}
