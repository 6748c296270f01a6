using CsCheck;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Radiomics.Morphology;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.Morphology;

/// <summary>The shapes that the standard has no reference values for, and the closed forms behind the others.</summary>
public sealed class EnclosingShapesTests
{
    private static readonly Gen<(Point3 U, Point3 V, Point3 W)> Rotation =
        Gen.Select(Gen.Double[0, Math.PI], Gen.Double[0, Math.PI], Gen.Double[0, Math.PI]).Select((a, b, c) =>
        {
            var u = new Point3(Math.Cos(a) * Math.Cos(b), Math.Sin(a) * Math.Cos(b), Math.Sin(b));
            var helper = new Point3(-Math.Sin(a), Math.Cos(a), 0);
            var other = u.Cross(helper);
            return (u, (helper * Math.Cos(c)) + (other * Math.Sin(c)), u.Cross((helper * Math.Cos(c)) + (other * Math.Sin(c))));
        });

    [Fact]
    public void The_oriented_box_of_a_box_is_the_box_in_any_orientation() => Rotation.Sample(
        r =>
        {
            var corners = Corners(r, 3, 2, 1);
            var box = OrientedBox.Around(new(corners, [r.U, r.V, r.W], [r.U, r.V, r.W], 48, 88));
            // Projected extents are exact to 2⁻³⁰.
            Assert.Equal(48, box.Volume, 48 * 3e-9);
            Assert.Equal(88, box.Area, 88 * 3e-9);
        },
        iter: 50, threads: 1);

    [Fact]
    public void The_oriented_box_of_a_grid_of_points_is_not_misled_by_points_on_one_line()
    {
        // All projections along the axes put many points on one another or on one line.
        Point3[] points = [.. from x in Enumerable.Range(0, 6) from y in Enumerable.Range(0, 5) from z in Enumerable.Range(0, 4) select new Point3(x * 0.1, y * 0.3, z * 0.7)];
        Assert.Equal(0.5 * 1.2 * 2.1, OrientedBox.Around(new(points, [], [], 0, 0)).Volume, 1e-9);
    }

    [Fact]
    public void The_oriented_box_of_a_rotated_voxelised_box_is_much_tighter_than_the_axis_aligned_one()
    {
        var (c, s) = (Math.Cos(0.5), Math.Sin(0.5));
        var roi = MorphologyCase.Region(60, 60, 30, p =>
            Math.Abs((p.X * c) + (p.Y * s)) <= 22 && Math.Abs((p.Y * c) - (p.X * s)) <= 8 && Math.Abs(p.Z) <= 10);
        var values = MorphologyCase.Compute(roi);
        Assert.InRange(values["morph_vol_dens_ombb"], 0.93, 1);
        Assert.InRange(values["morph_vol_dens_aabb"], 0.4, 0.6);
        Assert.InRange(values["morph_area_dens_ombb"], 0.9, 1.1);
    }

    [Fact]
    public void The_oriented_box_encloses_no_less_than_the_hull_and_no_more_than_the_axis_aligned_box() =>
        Gen.Byte[0, 1].Array[125].Where(m => m.Any(v => v != 0)).Sample(
            mask =>
            {
                var box = VoxelBox.Of(new(GridGeometry.AxisAligned(5, 5, 5, 1, 1.5, 2), mask))!;
                var hull = HullGeometry.Of(ConvexHull.Of(HullCandidates.Of(box)), box);
                var oriented = OrientedBox.Around(hull);
                Assert.InRange(oriented.Volume, hull.Volume, box.CountI * box.CountJ * 1.5 * box.CountK * 2 * (1 + 1e-12));
            },
            iter: 50, threads: 1);

    [Fact]
    public void The_oriented_box_is_no_larger_than_any_of_a_thousand_boxes_in_random_orientation() =>
        Gen.Select(Gen.Byte[0, 1].Array[125].Where(m => m.Any(v => v != 0)), Rotation.Array[1000]).Sample(
            (mask, rotations) =>
            {
                var box = VoxelBox.Of(new(GridGeometry.AxisAligned(5, 5, 5, 1, 1.5, 2), mask))!;
                var hull = HullGeometry.Of(ConvexHull.Of(HullCandidates.Of(box)), box);
                double Extent(Point3 axis) => hull.Vertices.Max(axis.Dot) - hull.Vertices.Min(axis.Dot);
                var random = rotations.Min(r => Extent(r.U) * Extent(r.V) * Extent(r.W));
                Assert.True(OrientedBox.Around(hull).Volume <= random);
            },
            iter: 15, threads: 1);

    [Fact]
    public void The_smallest_ellipsoid_around_a_box_has_its_semi_axes_times_the_root_of_three() => Rotation.Sample(
        r =>
        {
            var ellipsoid = EnclosingEllipsoid.Around(Corners(r, 3, 2, 1));
            Assert.Equal(3 * Math.Sqrt(3), ellipsoid.A, 1e-5);
            Assert.Equal(2 * Math.Sqrt(3), ellipsoid.B, 1e-5);
            Assert.Equal(Math.Sqrt(3), ellipsoid.C, 1e-5);
        },
        iter: 20, threads: 1);

    [Fact]
    public void The_smallest_ellipsoid_around_points_of_an_ellipsoid_is_that_ellipsoid()
    {
        var points = new List<Point3>();
        for (var n = 0; n < 900; n++)
        {
            // Fibonacci sphere, stretched and moved.
            var z = 1 - ((2 * n) + 1) / 900.0;
            var (sin, cos) = Math.SinCos(n * Math.PI * (3 - Math.Sqrt(5)));
            var radius = Math.Sqrt(1 - (z * z));
            points.Add(new(100 + (9 * radius * cos), -50 + (5 * radius * sin), 7 + (2 * z)));
        }
        var ellipsoid = EnclosingEllipsoid.Around(points);
        Assert.Equal(9, ellipsoid.A, 1e-4);
        Assert.Equal(5, ellipsoid.B, 1e-4);
        Assert.Equal(2, ellipsoid.C, 1e-4);
    }

    [Fact]
    public void The_smallest_ellipsoid_around_a_tetrahedron_is_its_circumscribed_one()
    {
        // A regular tetrahedron of edge 2√2: circumradius √3.
        var ellipsoid = EnclosingEllipsoid.Around([new(1, 1, 1), new(1, -1, -1), new(-1, 1, -1), new(-1, -1, 1)]);
        Assert.Equal(4 * Math.PI / 3 * Math.Pow(3, 1.5), ellipsoid.Volume, 1e-6);
    }

    public static TheoryData<double, double, double> VoxelSpacings { get; } = new() { { 1, 1, 1 }, { 0.7, 1.9, 4 }, { 3, 0.5, 0.5 } };

    [Theory]
    [MemberData(nameof(VoxelSpacings))]
    public void One_voxel_is_an_octahedron_in_an_ellipsoid_of_its_half_axes(double spacingI, double spacingJ, double spacingK)
    {
        var values = MorphologyCase.Compute(MorphologyCase.Region(1, 1, 1, _ => true, spacingI, spacingJ, spacingK));
        // Octahedron abc/6, ellipsoid 4π/3·abc/8: affine, so the same for every spacing.
        Assert.Equal(1 / Math.PI, values["morph_vol_dens_mvee"], 1e-8);
        Assert.Equal(1, values["morph_vol_dens_conv_hull"], 1e-12);
    }

    [Fact]
    public void One_cubic_voxel_is_a_regular_octahedron_whose_smallest_box_is_a_cube_of_two_thirds()
    {
        var values = MorphologyCase.Compute(MorphologyCase.Region(1, 1, 1, _ => true));
        // Along a unit vector it extends by the largest component: (2, 2, −1)/3, (2, −1, 2)/3 and (−1, 2, 2)/3 make a cube of side 2/3,
        // where the voxel's axes make 1, two of its edges and an axis 1/2, and a pair of faces 1/3 of volume.
        Assert.Equal(27.0 / 48, values["morph_vol_dens_ombb"], 1e-8);
        Assert.Equal(3 * Math.Sqrt(3) / 8, values["morph_area_dens_ombb"], 1e-8);
        // Against the sphere of diameter 1.
        Assert.Equal(Math.Sqrt(3) / Math.PI, values["morph_area_dens_mvee"], 1e-4);
    }

    [Theory]
    [InlineData(6, 6, 1, 1)]
    [InlineData(9, 4, 2, 1.5)]
    [InlineData(4, 12, 0.5, 3)]
    public void A_prism_over_a_diamond_has_the_box_that_stands_on_its_side(int reach, int halfHeight, double spacing, double spacingK)
    {
        var (count, height) = ((2 * reach) + 1, (2 * halfHeight) + 1);
        var values = MorphologyCase.Compute(MorphologyCase.Region(
            count, count, height, p => Math.Abs(p.X) + Math.Abs(p.Y) <= (reach * spacing) + 1e-9, spacing, spacing, spacingK));
        var (side, depth) = (Math.Sqrt(2) * (reach + 0.5) * spacing, height * spacingK);
        Assert.Equal(side * side * depth, values["morph_volume"] / values["morph_vol_dens_ombb"], side * side * depth * 3e-9);
        var area = 2 * ((side * side) + (2 * side * depth));
        Assert.Equal(area, values["morph_area_mesh"] / values["morph_area_dens_ombb"], area * 3e-9);
    }

    [Fact]
    public void Stretching_the_voxels_stretches_the_smallest_ellipsoid_with_the_hull() =>
        Gen.Select(Gen.Byte[0, 1].Array[125].Where(m => m.Any(v => v != 0)), Gen.Double[0.2, 5], Gen.Double[0.2, 5]).Sample(
            (mask, y, z) =>
            {
                double Density(double j, double k)
                {
                    var box = VoxelBox.Of(new(GridGeometry.AxisAligned(5, 5, 5, 1, j, k), mask))!;
                    var hull = HullGeometry.Of(ConvexHull.Of(HullCandidates.Of(box)), box);
                    return hull.Volume / EnclosingEllipsoid.Around(hull.Vertices).Volume;
                }
                Assert.Equal(Density(1, 1), Density(y, z), 5e-9);
            },
            iter: 60, threads: 1);

    /*  import numpy as np; from scipy.special import eval_legendre as P
        def area(a,b,c):
            al, be = np.sqrt(1-b*b/a/a), np.sqrt(1-c*c/a/a); v = np.arange(21)
            return 4*np.pi*a*b*np.sum((al*be)**v/(1-4*v**2)*P(v,(al*al+be*be)/(2*al*be)))  */
    [Theory]
    [InlineData(3, 2, 1, 52.81348101202415)]
    [InlineData(46.35, 40.75, 35.05, 20930.574276893327)]
    [InlineData(10, 9.5, 1, 919.5739585627992)]
    public void The_ellipsoids_area_is_the_series_of_the_manual(double a, double b, double c, double area) =>
        Assert.Equal(area, new Ellipsoid(a, b, c).Area, 1e-11 * area);

    [Fact]
    public void The_area_of_a_sphere_is_exact_and_that_of_a_line_zero()
    {
        Assert.Equal(36 * Math.PI, new Ellipsoid(3, 3, 3).Area, 1e-12);
        Assert.Equal(0, new Ellipsoid(3, 0, 0).Area);
        // α = 0: the limit from the manual's series.
        Assert.Equal(new Ellipsoid(2, 2 - 1e-9, 1).Area, new Ellipsoid(2, 2, 1).Area, 1e-6);
    }

    [Fact]
    public void Eigenvalues_of_a_rotated_diagonal_are_the_diagonal() => Rotation.Sample(
        r =>
        {
            double Entry(Func<Point3, double> a, Func<Point3, double> b) =>
                (7 * a(r.U) * b(r.U)) + (2 * a(r.V) * b(r.V)) + (0.01 * a(r.W) * b(r.W));
            var (major, minor, least) = SymmetricEigenvalues.OfPositiveSemiDefinite(
                Entry(p => p.X, p => p.X), Entry(p => p.Y, p => p.Y), Entry(p => p.Z, p => p.Z),
                Entry(p => p.X, p => p.Y), Entry(p => p.X, p => p.Z), Entry(p => p.Y, p => p.Z));
            Assert.Equal(7, major, 1e-12);
            Assert.Equal(2, minor, 1e-12);
            Assert.Equal(0.01, least, 1e-12);
        },
        iter: 100, threads: 1);

    private static Point3[] Corners((Point3 U, Point3 V, Point3 W) r, double a, double b, double c) =>
        [.. Enumerable.Range(0, 8).Select(n =>
            (r.U * ((n & 1) == 0 ? a : -a)) + (r.V * ((n & 2) == 0 ? b : -b)) + (r.W * ((n & 4) == 0 ? c : -c)) + new Point3(10, 20, -30))];
}
