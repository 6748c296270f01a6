using CsCheck;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Imaging.Structures;

namespace RadiogenomicsCloud.Core.Tests.Imaging.Structures;

public class ContourMaskTests
{
    // Oblique in all three directions, anisotropic, far from the origin.
    private static readonly GridGeometry Oblique = Turned(new GridGeometry(40, 36, 5, 0.9, 1.1, 3, new(-120, 85, 40), new(1, 0, 0), new(0, 1, 0), new(0, 0, 1)));

    private static readonly GridGeometry Plain = GridGeometry.AxisAligned(20, 20, 10, 1, 1, 3);

    public static TheoryData<string, (double X, double Y)[][]> Shapes() => new()
    {
        { "hole", [Circle(20, 18, 14.3), Circle(21.5, 17.2, 6.1)] },
        { "nested three deep", [Circle(19, 17, 16), Circle(19, 17, 11.5), Circle(18.5, 17.5, 5.2)] },
        { "keyhole", [Keyhole(Circle(20, 18, 14.3), Circle(21.5, 17.2, 6.1))] },
        { "touching along an edge", [[(4.3, 5.1), (18.7, 5.1), (18.7, 29.6), (4.3, 29.6)], [(18.7, 5.1), (33.2, 5.1), (33.2, 29.6), (18.7, 29.6)]] },
        { "touching in a point", [[(5.2, 5.4), (18.6, 17.1), (6.3, 30.2)], [(18.6, 17.1), (34.9, 4.2), (33.1, 31.7)]] },
        { "crossing itself", [[(5.3, 6.2), (33.4, 28.8), (33.4, 6.2), (5.3, 28.8)]] },
        { "star beyond the border", [Star(3, 33, 15, 6.5, 7)] },
        { "thin sliver", [[(2.2, 3.1), (37.6, 33.4), (37.9, 33.2)]] },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Synthetic_structures_equal_a_supersampled_oracle(string what, (double X, double Y)[][] shape)
    {
        const int Slice = 2, Samples = 7;
        var (mask, _) = Rasterise(Oblique, [.. shape.Select(s => Contour(Oblique, Slice, s))]);
        var (sampledVolume, counted) = (0.0, 0);
        for (var j = 0; j < Oblique.CountJ; j++)
        {
            for (var i = 0; i < Oblique.CountI; i++)
            {
                // Samples × Samples points of the voxel, the middle one its centre; the oracle is the naive point-in-polygon test.
                var inside = 0;
                var centre = false;
                for (var s = 0; s < Samples * Samples; s++)
                {
                    var (x, y) = (i + (((s % Samples) - (Samples / 2)) / (double)Samples), j + (((s / Samples) - (Samples / 2)) / (double)Samples));
                    var hit = EvenOddOracle.Inside(x, y, shape);
                    inside += hit ? 1 : 0;
                    if (s == Samples * Samples / 2)
                        centre = hit;
                }
                var value = mask[i, j, Slice];
                Assert.True(centre == value, $"{what}: voxel {i}, {j}");
                if (inside is 0 or Samples * Samples)
                    Assert.True(value == (inside > 0), $"{what}: voxel {i}, {j} lies whole on one side");
                sampledVolume += inside / (double)(Samples * Samples);
                counted += value ? 1 : 0;
            }
        }
        var border = shape.Sum(Perimeter);
        Assert.InRange(counted - sampledVolume, -border / 4, border / 4);
        Assert.Equal(counted, mask.Count());
    }

    [Fact]
    public void Any_contours_on_an_oblique_grid_equal_the_naive_test_in_patient_space() =>
        // Multiples of 1/512 survive the way to millimetres and back, so that even points on edges must agree.
        Gen.Select(Gen.Int[-1500, 21500], Gen.Int[-1500, 19500], (x, y) => (x / 512.0, y / 512.0)).Array[3, 9].Array[1, 3].Sample(
            shape =>
            {
                var (mask, _) = Rasterise(Oblique, [.. shape.Select(s => Contour(Oblique, 1, s))]);
                for (var j = 0; j < Oblique.CountJ; j++)
                {
                    for (var i = 0; i < Oblique.CountI; i++)
                    {
                        if (mask[i, j, 1] != EvenOddOracle.Inside(i, j, shape))
                            return false;
                    }
                }
                return true;
            },
            iter: 100,
            threads: 1);

    [Fact]
    public void A_contour_belongs_to_the_nearest_slice_and_half_way_to_the_upper_one()
    {
        foreach (var (plane, slice) in new[] { (3.0, 3), (3.49, 3), (3.5, 4), (2.51, 3), (-0.5, 0), (9.49, 9) })
        {
            var (mask, warnings) = Rasterise(Plain, [Contour(Plain, plane, Square)]);
            Assert.Equal(16, mask.Count());
            Assert.True(mask[5, 5, slice]);
            Assert.Equal(Math.Abs(plane - slice) > 0.1 ? 1 : 0, warnings.Count);
        }
    }

    [Fact]
    public void Contours_more_than_half_a_spacing_outside_are_reported_with_their_positions()
    {
        var (mask, warnings) = Rasterise(Plain, [Contour(Plain, 9, Square), Contour(Plain, 9.5, Square), Contour(Plain, 12, Square), Contour(Plain, -1, Square)]);
        Assert.Equal(16, mask.Count());
        Assert.Equal("ROI 'R': 3 contours not used, more than half a slice spacing outside the image: at -3, 28.5, 36 mm along the slice normal.", Assert.Single(warnings));
    }

    [Fact]
    public void Slices_that_a_structure_skips_are_reported_and_stay_empty()
    {
        var (mask, warnings) = Rasterise(Plain, [Contour(Plain, 2, Square), Contour(Plain, 5, Square), Contour(Plain, 6, Square)]);
        Assert.Equal(48, mask.Count());
        Assert.False(mask[5, 5, 3]);
        Assert.Equal("ROI 'R' skips 2 slices between its first and its last, not filled: at 9, 12 mm along the slice normal.", Assert.Single(warnings));
    }

    [Fact]
    public void Of_several_planes_at_one_slice_the_nearest_is_used_and_the_others_are_reported()
    {
        var (mask, warnings) = Rasterise(Plain, [Contour(Plain, 2, Square), Contour(Plain, 2.4, Square), Contour(Plain, 3, Square)]);
        Assert.Equal(32, mask.Count());
        Assert.Equal("ROI 'R': 1 contour left out because others lie nearer to the same slice: at 7.2 mm along the slice normal.", Assert.Single(warnings));
    }

    [Fact]
    public void A_contour_and_its_copy_cancel_each_other_and_are_reported()
    {
        var (mask, warnings) = Rasterise(Plain, [Contour(Plain, 2, Square), Contour(Plain, 3, Square), Contour(Plain, 3, Square)]);
        Assert.Equal(16, mask.Count());
        Assert.Equal("ROI 'R': 1 contour drawn again; by the even-odd rule a contour and its copy cancel each other.", Assert.Single(warnings));
    }

    [Fact]
    public void Points_and_open_contours_are_reported_and_not_used()
    {
        var closed = Contour(Plain, 2, Square);
        var (mask, warnings) = Rasterise(Plain,
        [
            closed, closed with { GeometricType = "POINT" }, closed with { GeometricType = "OPEN_PLANAR" }, closed with { GeometricType = "POINT" },
            closed with { GeometricType = "" }, closed with { Data = [1, 1, 6, 2, 2, 6], StatedPoints = 2 }, closed with { GeometricType = "CLOSEDPLANAR_XOR", Data = Contour(Plain, 4, Square).Data, StatedPoints = 5 },
        ]);
        Assert.Equal(32, mask.Count());
        Assert.Equal(
            [
                "ROI 'R': 1 contour of type OPEN_PLANAR not used; only closed planar ones enclose a region.",
                "ROI 'R': 2 contours of type POINT not used; only closed planar ones enclose a region.",
                "ROI 'R': 1 contour of type no type not used; only closed planar ones enclose a region.",
                "ROI 'R': 1 contour of fewer than three points not used.",
                "ROI 'R': 1 contour with another number of points than stated; all points were used.",
                "ROI 'R' skips 1 slice between its first and its last, not filled: at 9 mm along the slice normal.",
            ],
            warnings);
    }

    [Fact]
    public void A_contour_across_the_slices_is_an_error_that_names_the_roi()
    {
        var tilted = new RtContour("CLOSED_PLANAR", [2, 2, 6, 9, 2, 6, 9, 9, 6.5, 2, 9, 6.5], 4);
        var e = Assert.Throws<BadInputException>(() => Rasterise(Plain, [Contour(Plain, 1, Square), tilted]));
        Assert.Equal("rtstruct.not-parallel", e.Code);
        Assert.Equal("Contour 2 of ROI 'R' in 'rs.dcm' is not parallel to the image's slices (it spans 0.5 mm across them); use a structure drawn on this series.", e.Message);
    }

    [Fact]
    public void Coordinates_that_are_no_points_of_a_patient_are_an_error()
    {
        foreach (var data in new double[][] { [1, 2, 3, 4], [double.NaN, 2, 3, 4, 5, 6, 7, 8, 9], [1e7, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 4, 5, double.PositiveInfinity, 7, 8, 9] })
        {
            var e = Assert.Throws<BadInputException>(() => Rasterise(Plain, [new RtContour("CLOSED_PLANAR", data, null)]));
            Assert.Equal("rtstruct.contour-data", e.Code);
        }
    }

    [Fact]
    public void A_long_contour_takes_a_short_time()
    {
        // Linear in the points: a naive test of every voxel against every edge would need 10¹¹ steps.
        var grid = GridGeometry.AxisAligned(1024, 1024, 1, 0.5, 0.5, 1);
        var (mask, _) = Rasterise(grid, [Contour(grid, 0, Star(512, 512, 500, 480, 50_000))]);
        Assert.InRange(mask.Count() / (Math.PI * 500 * 480), 0.98, 1.02);
    }

    private static readonly (double, double)[] Square = [(3.5, 3.5), (7.5, 3.5), (7.5, 7.5), (3.5, 7.5)];

    private static (Mask Mask, List<string> Warnings) Rasterise(GridGeometry grid, RtContour[] contours)
    {
        var mask = new Mask(grid, new byte[grid.VoxelCount]);
        var warnings = new List<string>();
        ContourMask.Set("R", contours, grid, "rs.dcm", mask.Values, warnings, TestContext.Current.CancellationToken);
        return (mask, warnings);
    }

    private static RtContour Contour(GridGeometry grid, double k, (double X, double Y)[] points) => new(
        "CLOSED_PLANAR",
        [.. points.SelectMany(p =>
        {
            var v = grid.ToPatient(p.X, p.Y, k);
            return new[] { v.X, v.Y, v.Z };
        })],
        points.Length);

    private static (double X, double Y)[] Circle(double x, double y, double r) => Star(x, y, r, r, 60);

    private static (double X, double Y)[] Star(double x, double y, double outer, double inner, int tips) =>
        [.. Enumerable.Range(0, 2 * tips).Select(a => (
            x + ((a % 2 == 0 ? outer : inner) * Math.Cos(Math.PI * (a + 0.3) / tips)),
            y + ((a % 2 == 0 ? outer : inner) * Math.Sin(Math.PI * (a + 0.3) / tips))))];

    private static (double X, double Y)[] Keyhole((double X, double Y)[] outer, (double X, double Y)[] inner) =>
        [.. outer, outer[0], inner[0], .. inner.Reverse(), outer[0]];

    private static double Perimeter((double X, double Y)[] p) =>
        Enumerable.Range(0, p.Length).Sum(a => Math.Sqrt(Math.Pow(p[a].X - p[(a + 1) % p.Length].X, 2) + Math.Pow(p[a].Y - p[(a + 1) % p.Length].Y, 2)));

    private static GridGeometry Turned(GridGeometry grid)
    {
        var i = new Point3(Math.Cos(0.4), Math.Sin(0.4), 0);
        var j = new Point3(-Math.Sin(0.4) * Math.Cos(0.7), Math.Cos(0.4) * Math.Cos(0.7), Math.Sin(0.7));
        return grid with { AxisI = i, AxisJ = j, AxisK = i.Cross(j) };
    }
}
