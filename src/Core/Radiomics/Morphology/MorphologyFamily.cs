using RadiogenomicsCloud.Imaging;

namespace RadiogenomicsCloud.Radiomics.Morphology;

/// <summary>
/// The 29 morphological features (HCUG) of the IBSI reference manual, in 3D and in mm whatever the voxel spacing. Shape is that of
/// the morphological mask; intensities are those of the intensity mask.
/// <para>NaN where a feature is not defined: elongation and flatness of a single voxel (no major axis), densities of the
/// approximate ellipsoid where it has no volume (flat or straight ROIs), centre of mass shift where the intensities sum to 0,
/// Moran's I and Geary's C of one voxel, of flat intensities or of boxes beyond 2²⁶ voxels.</para>
/// </summary>
public sealed class MorphologyFamily : IFeatureFamily
{
    private const string FamilyKey = "morphology";

    public string Key => FamilyKey;

    public bool NeedsDiscretisation => false;

    public IReadOnlyList<FeatureDefinition> Features { get; } =
    [
        Define("morph_volume", "RNU0", "Volume (mesh)", "mm³"),
        Define("morph_vol_approx", "YEKZ", "Volume (voxel counting)", "mm³"),
        Define("morph_area_mesh", "C0JK", "Surface area (mesh)", "mm²"),
        Define("morph_av", "2PR5", "Surface to volume ratio", "1/mm"),
        Define("morph_comp_1", "SKGS", "Compactness 1"),
        Define("morph_comp_2", "BQWJ", "Compactness 2"),
        Define("morph_sph_dispr", "KRCK", "Spherical disproportion"),
        Define("morph_sphericity", "QCFX", "Sphericity"),
        Define("morph_asphericity", "25C7", "Asphericity"),
        Define("morph_com", "KLMA", "Centre of mass shift", "mm"),
        Define("morph_diam", "L0JK", "Maximum 3D diameter", "mm"),
        Define("morph_pca_maj_axis", "TDIC", "Major axis length", "mm"),
        Define("morph_pca_min_axis", "P9VJ", "Minor axis length", "mm"),
        Define("morph_pca_least_axis", "7J51", "Least axis length", "mm"),
        Define("morph_pca_elongation", "Q3CK", "Elongation"),
        Define("morph_pca_flatness", "N17B", "Flatness"),
        Define("morph_vol_dens_aabb", "PBX1", "Volume density (axis-aligned bounding box)"),
        Define("morph_area_dens_aabb", "R59B", "Area density (axis-aligned bounding box)"),
        Define("morph_vol_dens_ombb", "ZH1A", "Volume density (oriented minimum bounding box)"),
        Define("morph_area_dens_ombb", "IQYR", "Area density (oriented minimum bounding box)"),
        Define("morph_vol_dens_aee", "6BDE", "Volume density (approximate enclosing ellipsoid)"),
        Define("morph_area_dens_aee", "RDD2", "Area density (approximate enclosing ellipsoid)"),
        Define("morph_vol_dens_mvee", "SWZ1", "Volume density (minimum volume enclosing ellipsoid)"),
        Define("morph_area_dens_mvee", "BRI8", "Area density (minimum volume enclosing ellipsoid)"),
        Define("morph_vol_dens_conv_hull", "R3ER", "Volume density (convex hull)"),
        Define("morph_area_dens_conv_hull", "7T7F", "Area density (convex hull)"),
        Define("morph_integ_int", "99N0", "Integrated intensity", "intensity·mm³"),
        Define("morph_moran_i", "N365", "Moran's I index"),
        Define("morph_geary_c", "NPT7", "Geary's C measure"),
    ];

    public void Compute(FeatureInput input, FamilyValues values)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(values);
        var roi = input.Roi;
        if (VoxelBox.Of(roi.MorphologicalMask) is not { } box || VoxelBox.Of(roi.IntensityMask) is not { } intensityBox)
        {
            values.Missing(FeatureInput.EmptyRegion);
            return;
        }

        var mesh = SurfaceMesh.Of(box);
        var hull = HullGeometry.Of(ConvexHull.Of(HullCandidates.Of(box)), box);
        var cloud = VoxelCloud.Of(box);
        var intensities = IntensityMoments.Of(roi, intensityBox);

        Shape(mesh, cloud, values.Values);
        values[9] = (cloud.Centre - intensities.WeightedCentre + Offset(box, intensityBox)).Length;
        values[10] = hull.Diameter();
        Axes(cloud.Axes, values.Values);
        Densities(mesh, box, hull, cloud.Axes, values.Values);
        values[26] = mesh.Volume * intensities.Mean;
        if (input.IsWanted(Features[27]) || input.IsWanted(Features[28]))
            (values[27], values[28]) = SpatialAutocorrelation.Of(roi, intensityBox);
    }

    private static FeatureDefinition Define(string tag, string code, string name, string unit = "1") =>
        new(tag, code, name, FamilyKey, null, unit);

    private static Point3 Offset(VoxelBox from, VoxelBox to) => new(
        (from.StartI - to.StartI) * from.SpacingI, (from.StartJ - to.StartJ) * from.SpacingJ, (from.StartK - to.StartK) * from.SpacingK);

    private static void Shape(SurfaceMesh mesh, VoxelCloud cloud, Span<double> values)
    {
        var (volume, area) = (mesh.Volume, mesh.Area);
        // Area of the sphere of the same volume.
        var sphere = Math.Cbrt(36 * Math.PI * volume * volume);
        values[0] = volume;
        values[1] = cloud.Volume;
        values[2] = area;
        values[3] = area / volume;
        values[4] = volume / (Math.Sqrt(Math.PI) * area * Math.Sqrt(area));
        values[5] = Math.Pow(sphere / area, 3);
        values[6] = area / sphere;
        values[7] = sphere / area;
        values[8] = (area / sphere) - 1;
    }

    /// <summary>Axis lengths are 4·√λ, twice the semi-axes of the approximate ellipsoid.</summary>
    private static void Axes(Ellipsoid axes, Span<double> values)
    {
        values[11] = 2 * axes.A;
        values[12] = 2 * axes.B;
        values[13] = 2 * axes.C;
        values[14] = axes.B / axes.A;
        values[15] = axes.C / axes.A;
    }

    private static void Densities(SurfaceMesh mesh, VoxelBox box, HullGeometry hull, Ellipsoid approximate, Span<double> values)
    {
        var (x, y, z) = (box.CountI * box.SpacingI, box.CountJ * box.SpacingJ, box.CountK * box.SpacingK);
        Pair(16, x * y * z, 2 * ((x * y) + (y * z) + (z * x)), values);
        var oriented = OrientedBox.Around(hull);
        Pair(18, oriented.Volume, oriented.Area, values);
        if (approximate.Volume > 0)
            Pair(20, approximate.Volume, approximate.Area, values);
        var enclosing = EnclosingEllipsoid.Around(hull.Vertices);
        Pair(22, enclosing.Volume, enclosing.Area, values);
        Pair(24, hull.Volume, hull.Area, values);

        void Pair(int at, double volume, double area, Span<double> into) =>
            (into[at], into[at + 1]) = (mesh.Volume / volume, mesh.Area / area);
    }
}
