using RadiogenomicsCloud.Core.Tests.Preprocessing;
using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.Morphology;

/// <summary>The published values of the IBSI-1 phantoms.</summary>
public sealed class MorphologyReferenceTests
{
    // Values and tolerances of the IBSI reference manual, morphology, CT radiomics phantom, configurations B and D.
    private const string ConfigurationB = """
            358000;5000;morph_volume
            358000;5000;morph_vol_approx
            33700;300;morph_area_mesh
            0.0944;0.0005;morph_av
            0.0326;0.0001;morph_comp_1
            0.377;0.001;morph_comp_2
            1.38;0.01;morph_sph_dispr
            0.722;0.001;morph_sphericity
            0.385;0.001;morph_asphericity
            63.1;29.6;morph_com
            125;1;morph_diam
            92.6;0.4;morph_pca_maj_axis
            81.3;0.4;morph_pca_min_axis
            70.2;0.3;morph_pca_least_axis
            0.878;0.001;morph_pca_elongation
            0.758;0.001;morph_pca_flatness
            0.477;0.003;morph_vol_dens_aabb
            0.678;0.003;morph_area_dens_aabb
            1.29;0.01;morph_vol_dens_aee
            1.62;0.01;morph_area_dens_aee
            0.829;0.001;morph_vol_dens_conv_hull
            1.12;0.01;morph_area_dens_conv_hull
            4120000;320000;morph_integ_int
            0.0329;0.0001;morph_moran_i
            0.862;0.001;morph_geary_c
            """;

    private const string ConfigurationD = """
            367000;6000;morph_volume
            368000;6000;morph_vol_approx
            34300;400;morph_area_mesh
            0.0934;0.0007;morph_av
            0.0326;0.0002;morph_comp_1
            0.378;0.004;morph_comp_2
            1.38;0.01;morph_sph_dispr
            0.723;0.003;morph_sphericity
            0.383;0.004;morph_asphericity
            64.9;2.8;morph_com
            125;1;morph_diam
            93.3;0.5;morph_pca_maj_axis
            82;0.5;morph_pca_min_axis
            70.9;0.4;morph_pca_least_axis
            0.879;0.001;morph_pca_elongation
            0.76;0.001;morph_pca_flatness
            0.478;0.003;morph_vol_dens_aabb
            0.678;0.003;morph_area_dens_aabb
            1.29;0.01;morph_vol_dens_aee
            1.62;0.01;morph_area_dens_aee
            0.834;0.002;morph_vol_dens_conv_hull
            1.13;0.01;morph_area_dens_conv_hull
            -8640000;1560000;morph_integ_int
            0.0622;0.0013;morph_moran_i
            0.851;0.001;morph_geary_c
            """;

    [Fact]
    public void Every_value_of_the_digital_phantom_agrees_with_the_reference()
    {
        var (image, mask) = IbsiPhantom.Digital();
        Check(new(image, mask, mask, null), IbsiPhantom.Reference("digital-phantom.csv"));
    }

    [Theory]
    [InlineData('A', "config-a.csv")]
    [InlineData('C', "config-c.csv")]
    [InlineData('E', "config-e.csv")]
    public void Every_value_of_the_CT_phantom_agrees_with_the_reference(char configuration, string file)
    {
        var (image, mask) = IbsiPhantom.Ct();
        Check(
            ImagePreparation.Prepare(image, mask, IbsiPhantom.Configuration(configuration), TestContext.Current.CancellationToken),
            IbsiPhantom.Reference(file));
    }

    [Theory]
    [InlineData('B', ConfigurationB)]
    [InlineData('D', ConfigurationD)]
    public void Every_value_of_the_configurations_that_only_the_manual_has_agrees(char configuration, string rows)
    {
        var (image, mask) = IbsiPhantom.Ct();
        Check(
            ImagePreparation.Prepare(image, mask, IbsiPhantom.Configuration(configuration), TestContext.Current.CancellationToken),
            IbsiPhantom.Parse(rows.Split('\n', StringSplitOptions.TrimEntries)));
    }

    private static void Check(RegionOfInterest roi, IReadOnlyList<ReferenceRow> rows)
    {
        var computed = MorphologyCase.Compute(roi);
        // The four features without consensus have no reference value; morph_mask_… are diagnostics.
        var reference = rows
            .Where(row => row.Tag.StartsWith("morph_", StringComparison.Ordinal) && !row.Tag.StartsWith("morph_mask_", StringComparison.Ordinal))
            .ToList();
        Assert.Equal(25, reference.Count);
        Assert.Empty(IbsiPhantom.Disagreements(reference, computed));
    }
}
