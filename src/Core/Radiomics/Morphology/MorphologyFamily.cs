using RadiogenomicsCloud.Imaging;

namespace RadiogenomicsCloud.Radiomics.Morphology;

/// <summary>
/// The 29 morphological features (HCUG) of the IBSI reference manual, in 3D and in mm whatever the voxel spacing. Shape is that of
/// the morphological mask; intensities are those of the intensity mask.
/// <para>NaN where a feature is not defined: elongation and flatness of a single voxel (no major axis), densities of the
/// approximate ellipsoid where it has no volume (flat or straight ROIs), centre of mass shift where the intensities sum to 0,
/// Moran's I and Geary's C of one voxel, of flat intensities or of boxes beyond 2²⁶ voxels. Each says which.</para>
/// </summary>
public sealed class MorphologyFamily : IFeatureFamily
{
    private const string FamilyKey = "morphology";

    private const string NoIntensity = "the intensity mask has no voxel";

    // Positions in the list below.
    private const int CentreShift = 9, Diameter = 10, MajorAxis = 11, Elongation = 14, AxisAligned = 16, Oriented = 18, Approximate = 20;

    private const int Enclosing = 22, Hull = 24, IntegratedIntensity = 26, MoranI = 27;

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
        if (VoxelBox.Of(roi.MorphologicalMask) is not { } box)
        {
            values.Missing(FeatureInput.EmptyRegion);
            return;
        }

        var mesh = SurfaceMesh.Of(box);
        var hull = HullGeometry.Of(ConvexHull.Of(HullCandidates.Of(box)), box);
        var cloud = VoxelCloud.Of(box);
        Shape(mesh, cloud, values.Values);
        values[Diameter] = hull.Diameter();
        Axes(cloud.Axes, values);
        Densities(mesh, box, hull, cloud.Axes, values);
        Intensities(input, box, mesh, cloud, values);
    }

    private void Intensities(FeatureInput input, VoxelBox shape, SurfaceMesh mesh, VoxelCloud cloud, FamilyValues values)
    {
        var roi = input.Roi;
        if (VoxelBox.Of(roi.IntensityMask) is not { } box)
        {
            values.Missing(CentreShift, 1, NoIntensity);
            values.Missing(IntegratedIntensity, 3, NoIntensity);
            return;
        }
        var moments = IntensityMoments.Of(roi, box);
        values[CentreShift] = (cloud.Centre - moments.WeightedCentre + Offset(shape, box)).Length;
        values.Missing(CentreShift, 1, "the intensities sum to 0");
        var integrated = mesh.Volume * moments.Mean;
        values[IntegratedIntensity] = integrated == 0 && moments.Mean != 0 ? double.NaN : integrated;
        values.Missing(IntegratedIntensity, 1, FamilyValues.Overflow);
        if (!input.IsWanted(Features[MoranI]) && !input.IsWanted(Features[MoranI + 1]))
            return;
        (values[MoranI], values[MoranI + 1], var why) = SpatialAutocorrelation.Of(roi, box);
        if (why is not null)
            values.Missing(MoranI, 2, why);
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
    private static void Axes(Ellipsoid axes, FamilyValues values)
    {
        values[MajorAxis] = 2 * axes.A;
        values[MajorAxis + 1] = 2 * axes.B;
        values[MajorAxis + 2] = 2 * axes.C;
        values[Elongation] = axes.B / axes.A;
        values[Elongation + 1] = axes.C / axes.A;
        values.Missing(Elongation, 2, "the region is one voxel");
    }

    private static void Densities(SurfaceMesh mesh, VoxelBox box, HullGeometry hull, Ellipsoid approximate, FamilyValues values)
    {
        var (x, y, z) = (box.CountI * box.SpacingI, box.CountJ * box.SpacingJ, box.CountK * box.SpacingK);
        Pair(AxisAligned, x * y * z, 2 * ((x * y) + (y * z) + (z * x)));
        var oriented = OrientedBox.Around(hull);
        Pair(Oriented, oriented.Volume, oriented.Area);
        if (approximate.Volume > 0)
            Pair(Approximate, approximate.Volume, approximate.Area);
        values.Missing(Approximate, 2, approximate switch
        {
            { A: 0 } => "the region is one voxel",
            { B: 0 } => "the voxels lie on a line, so that their approximate ellipsoid has no volume",
            _ => "the voxels lie in a plane, so that their approximate ellipsoid has no volume",
        });
        var enclosing = EnclosingEllipsoid.Around(hull.Vertices);
        Pair(Enclosing, enclosing.Volume, enclosing.Area);
        Pair(Hull, hull.Volume, hull.Area);

        void Pair(int at, double volume, double area) => (values[at], values[at + 1]) = (mesh.Volume / volume, mesh.Area / area);
    }
}
