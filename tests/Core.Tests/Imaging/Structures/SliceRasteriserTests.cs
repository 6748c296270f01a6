using CsCheck;
using RadiogenomicsCloud.Imaging.Structures;

namespace RadiogenomicsCloud.Core.Tests.Imaging.Structures;

public class SliceRasteriserTests
{
    private const int Side = 24;

    private static readonly Gen<(double X, double Y)[]> AnyPolygon =
        Gen.Select(Gen.Double[-4, Side + 4], Gen.Double[-4, Side + 4], (x, y) => (x, y)).Array[1, 12];

    // Vertices on voxel centres and half way between: every degenerate case at once.
    private static readonly Gen<(double X, double Y)[]> LatticePolygon =
        Gen.Select(Gen.Int[-4, 2 * Side], Gen.Int[-4, 2 * Side], (x, y) => (x / 2.0, y / 2.0)).Array[3, 12];

    [Fact]
    public void Any_polygons_equal_the_naive_point_in_polygon_test() =>
        AnyPolygon.Array[1, 4].Sample(polygons => EqualsOracle(polygons), iter: 400, threads: 1);

    [Fact]
    public void Polygons_on_the_lattice_equal_the_naive_test_with_the_same_half_open_rule() =>
        LatticePolygon.Array[1, 4].Sample(polygons => EqualsOracle(polygons), iter: 400, threads: 1);

    [Fact]
    public void Even_odd_is_the_parity_of_the_winding_number() =>
        AnyPolygon.Where(p => p.Length >= 3).Sample(
            polygon =>
            {
                var mask = Rasterise(Side, polygon);
                for (var j = 0; j < Side; j++)
                {
                    for (var i = 0; i < Side; i++)
                    {
                        if (DistanceToEdges(i, j, polygon) > 1e-4 && mask[(j * Side) + i] != (EvenOddOracle.Winding(i, j, polygon) & 1))
                            return false;
                    }
                }
                return true;
            },
            iter: 200,
            threads: 1);

    [Fact]
    public void Order_direction_and_first_vertex_do_not_matter() =>
        AnyPolygon.Where(p => p.Length >= 3).Sample(
            polygon =>
            {
                var expected = Rasterise(Side, polygon);
                var turned = polygon.Skip(1).Append(polygon[0]).Reverse().ToArray();
                return Rasterise(Side, turned).AsSpan().SequenceEqual(expected);
            },
            iter: 200,
            threads: 1);

    [Fact]
    public void A_square_on_voxel_centres_has_its_left_and_upper_edge_and_not_its_right_and_lower()
    {
        var mask = Rasterise(Side, [(3, 5), (7, 5), (7, 8), (3, 8)]);
        for (var j = 0; j < Side; j++)
        {
            for (var i = 0; i < Side; i++)
                Assert.Equal(i is >= 3 and < 7 && j is >= 5 and < 8 ? 1 : 0, mask[(j * Side) + i]);
        }
    }

    [Fact]
    public void Decimal_noise_does_not_move_a_vertex_off_a_voxel_centre()
    {
        var exact = Rasterise(Side, [(3, 5), (7, 5), (7, 8), (3, 8)]);
        const double Noise = 1e-7;
        var noisy = Rasterise(Side, [(3 + Noise, 5 - Noise), (7 - Noise, 5 + Noise), (7 + Noise, 8 - Noise), (3 - Noise, 8 + Noise)]);
        Assert.Equal(exact, noisy);
    }

    [Fact]
    public void Touching_polygons_share_out_every_voxel_once() =>
        // A random fan around a random centre, cut into triangles: together they are the fan, separately they never overlap.
        Gen.Select(Gen.Int[0, 2 * Side], Gen.Int[0, 2 * Side], Gen.Int[3, 9]).Sample(
            (cx, cy, n) =>
            {
                var centre = (X: cx / 2.0, Y: cy / 2.0);
                var rim = Enumerable.Range(0, n)
                    .Select(a => (X: centre.X + Math.Round(9 * Math.Cos(2 * Math.PI * a / n)), Y: centre.Y + Math.Round(9 * Math.Sin(2 * Math.PI * a / n))))
                    .ToArray();
                var times = new int[Side * Side];
                for (var a = 0; a < n; a++)
                {
                    var triangle = Rasterise(Side, [centre, rim[a], rim[(a + 1) % n]]);
                    for (var v = 0; v < times.Length; v++)
                        times[v] += triangle[v];
                }
                var whole = Rasterise(Side, rim);
                return times.Select(t => (byte)t).SequenceEqual(whole);
            },
            iter: 200,
            threads: 1);

    [Fact]
    public void A_keyhole_is_its_outer_contour_without_its_inner_one()
    {
        (double, double)[] outer = [(2.2, 2.2), (20.4, 2.2), (20.4, 19.7), (2.2, 19.7)];
        (double, double)[] inner = [(7.1, 6.9), (7.1, 13.3), (14.6, 13.3), (14.6, 6.9)];
        (double, double)[] keyhole = [.. outer, outer[0], inner[0], inner[1], inner[2], inner[3], inner[0], outer[0]];
        Assert.Equal(Rasterise(Side, outer, inner), Rasterise(Side, keyhole));
        Assert.Equal(0, Rasterise(Side, keyhole)[(10 * Side) + 10]);
        Assert.Equal(1, Rasterise(Side, keyhole)[(10 * Side) + 4]);
    }

    [Fact]
    public void A_supersampled_ring_has_the_area_of_the_annulus()
    {
        // Nested circles; the area of the regular polygons that stand for them is known: n/2·r²·sin(2π/n).
        const int Fine = 512, N = 720;
        const double Outer = 230, Inner = 111;
        (double, double)[] Circle(double r) =>
            [.. Enumerable.Range(0, N).Select(a => (255.3 + (r * Math.Cos(2 * Math.PI * a / N)), 254.9 + (r * Math.Sin(2 * Math.PI * a / N))))];
        var area = N / 2.0 * ((Outer * Outer) - (Inner * Inner)) * Math.Sin(2 * Math.PI / N);
        var counted = Rasterise(Fine, Circle(Outer), Circle(Inner)).Sum(v => v);
        Assert.Equal(1, counted / area, 3);
    }

    [Fact]
    public void Work_is_bounded_whatever_the_points_are()
    {
        // 4,100 edges over all of 65,535 rows are more than 2^28 crossings; 4,000 are fewer.
        double[] x = new double[4100], y = [.. Enumerable.Range(0, 4100).Select(n => n % 2 == 0 ? -10.0 : 1e6)];
        Assert.True(new SliceRasteriser(1, ushort.MaxValue).Add(x.AsSpan(0, 4000), y.AsSpan(0, 4000)));
        Assert.False(new SliceRasteriser(1, ushort.MaxValue).Add(x, y));
    }

    [Fact]
    public void Parts_outside_the_slice_are_cut_off()
    {
        var mask = Rasterise(Side, [(-1e6, -1e6), (1e6, -1e6), (1e6, 1e6), (-1e6, 1e6)]);
        Assert.All(mask, v => Assert.Equal(1, v));
        Assert.All(Rasterise(Side, [(30, 0), (40, 0), (40, 40)]), v => Assert.Equal(0, v));
        Assert.All(Rasterise(Side, [(0, -30), (40, -30), (40, -1)]), v => Assert.Equal(0, v));
    }

    internal static byte[] Rasterise(int side, params (double X, double Y)[][] polygons)
    {
        var rasteriser = new SliceRasteriser(side, side);
        foreach (var polygon in polygons)
            rasteriser.Add(polygon.Select(p => p.X).ToArray(), polygon.Select(p => p.Y).ToArray());
        var slice = new byte[side * side];
        rasteriser.ResolveInto(slice);
        return slice;
    }

    private static bool EqualsOracle((double X, double Y)[][] polygons)
    {
        const double Grid = 1 << 20;
        var snapped = polygons.Select(p => p.Select(v => (Math.Round(v.X * Grid) / Grid, Math.Round(v.Y * Grid) / Grid)).ToArray()).ToArray();
        var mask = Rasterise(Side, polygons);
        for (var j = 0; j < Side; j++)
        {
            for (var i = 0; i < Side; i++)
            {
                if (mask[(j * Side) + i] != (EvenOddOracle.Inside(i, j, snapped) ? 1 : 0))
                    return false;
            }
        }
        return true;
    }

    private static double DistanceToEdges(double px, double py, (double X, double Y)[] polygon)
    {
        var nearest = double.PositiveInfinity;
        for (int a = 0, b = polygon.Length - 1; a < polygon.Length; b = a++)
        {
            var (dx, dy) = (polygon[a].X - polygon[b].X, polygon[a].Y - polygon[b].Y);
            var length = (dx * dx) + (dy * dy);
            var t = length == 0 ? 0 : Math.Clamp((((px - polygon[b].X) * dx) + ((py - polygon[b].Y) * dy)) / length, 0, 1);
            nearest = Math.Min(nearest, Math.Sqrt(Math.Pow(polygon[b].X + (t * dx) - px, 2) + Math.Pow(polygon[b].Y + (t * dy) - py, 2)));
        }
        return nearest;
    }
}
