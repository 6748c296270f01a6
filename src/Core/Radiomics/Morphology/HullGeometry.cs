using RadiogenomicsCloud.Imaging;

namespace RadiogenomicsCloud.Radiomics.Morphology;

/// <summary>The convex hull in mm.</summary>
/// <param name="Vertices">In the frame of the grid's axes (not rotated to the patient), from the box's first voxel.</param>
/// <param name="Normals">Outward unit normals of its planes, each once and opposite ones once, the largest facets first.</param>
internal sealed record HullGeometry(Point3[] Vertices, Point3[] Normals, double Volume, double Area)
{
    public static HullGeometry Of(ConvexHull hull, VoxelBox box)
    {
        Point3 Scaled(LatticePoint p) => new(p.X * box.SpacingI / 2, p.Y * box.SpacingJ / 2, p.Z * box.SpacingK / 2);
        var vertices = hull.Vertices.Select(Scaled).ToArray();
        var determinant = 0L;
        var areas = new Dictionary<(long, long, long), double>();
        foreach (var facet in hull.Facets)
        {
            var (nx, ny, nz) = hull.Normal(facet);
            var a = hull.Vertices[facet.A];
            determinant += (nx * a.X) + (ny * a.Y) + (nz * a.Z);
            var key = Primitive(nx, ny, nz);
            areas[key] = areas.GetValueOrDefault(key)
                + ((vertices[facet.B] - vertices[facet.A]).Cross(vertices[facet.C] - vertices[facet.A]).Length / 2);
        }
        var planes = areas.OrderByDescending(p => p.Value).ThenBy(p => p.Key).ToList();
        var normals = planes.Select(p => Unit(new(p.Key.Item1 / box.SpacingI, p.Key.Item2 / box.SpacingJ, p.Key.Item3 / box.SpacingK)));
        return new(
            vertices, [.. normals], determinant / 6.0 * (box.SpacingI / 2) * (box.SpacingJ / 2) * (box.SpacingK / 2), planes.Sum(p => p.Value));
    }

    /// <summary>The largest distance between two vertices, mm: those of the hull suffice.</summary>
    public double Diameter()
    {
        var largest = 0.0;
        for (var a = 0; a < Vertices.Length; a++)
        {
            for (var b = a + 1; b < Vertices.Length; b++)
            {
                var d = Vertices[a] - Vertices[b];
                largest = Math.Max(largest, d.Dot(d));
            }
        }
        return Math.Sqrt(largest);
    }

    private static Point3 Unit(Point3 v) => v * (1 / v.Length);

    /// <summary>The shortest integer vector of the same direction, its first non-zero component positive.</summary>
    private static (long, long, long) Primitive(long x, long y, long z)
    {
        var divisor = Gcd(Gcd(Math.Abs(x), Math.Abs(y)), Math.Abs(z));
        if (x < 0 || (x == 0 && (y < 0 || (y == 0 && z < 0))))
            divisor = -divisor;
        return (x / divisor, y / divisor, z / divisor);
    }

    private static long Gcd(long a, long b)
    {
        while (b != 0)
            (a, b) = (b, a % b);
        return a;
    }
}
