using RadiogenomicsCloud.Imaging;

namespace RadiogenomicsCloud.Radiomics.Morphology;

/// <summary>The convex hull in mm.</summary>
/// <param name="Vertices">In the frame of the grid's axes (not rotated to the patient), from the box's first voxel.</param>
/// <param name="Normals">Unit normals of its planes, parallel planes once, the largest first.</param>
/// <param name="Edges">Unit directions of its edges, parallel edges once, the longest first.</param>
internal sealed record HullGeometry(Point3[] Vertices, Point3[] Normals, Point3[] Edges, double Volume, double Area)
{
    public static HullGeometry Of(ConvexHull hull, VoxelBox box)
    {
        Point3 Scaled(LatticePoint p) => new(p.X * box.SpacingI / 2, p.Y * box.SpacingJ / 2, p.Z * box.SpacingK / 2);
        var vertices = hull.Vertices.Select(Scaled).ToArray();
        var determinant = 0L;
        var areas = new Dictionary<(long, long, long), double>();
        var lengths = new Dictionary<(long, long, long), double>();
        var seen = new Dictionary<(int, int), (long, long, long)>();
        foreach (var facet in hull.Facets)
        {
            var (nx, ny, nz) = hull.Normal(facet);
            var a = hull.Vertices[facet.A];
            determinant += (nx * a.X) + (ny * a.Y) + (nz * a.Z);
            var key = Primitive(nx, ny, nz);
            areas[key] = areas.GetValueOrDefault(key)
                + ((vertices[facet.B] - vertices[facet.A]).Cross(vertices[facet.C] - vertices[facet.A]).Length / 2);
            AddEdge(facet.A, facet.B, key);
            AddEdge(facet.B, facet.C, key);
            AddEdge(facet.C, facet.A, key);
        }
        var planes = areas.OrderByDescending(p => p.Value).ThenBy(p => p.Key).ToList();
        var normals = planes.Select(p => Unit(new(p.Key.Item1 / box.SpacingI, p.Key.Item2 / box.SpacingJ, p.Key.Item3 / box.SpacingK)));
        var edges = lengths.OrderByDescending(e => e.Value).ThenBy(e => e.Key).Select(e => Unit(Scaled(new((int)e.Key.Item1, (int)e.Key.Item2, (int)e.Key.Item3))));
        return new(
            vertices, [.. normals], [.. edges], determinant / 6.0 * (box.SpacingI / 2) * (box.SpacingJ / 2) * (box.SpacingK / 2), planes.Sum(p => p.Value));

        // An edge between two triangles of one plane is none of the hull's: it only shows how the plane was cut up.
        void AddEdge(int from, int to, (long, long, long) plane)
        {
            if (!seen.TryGetValue((to, from), out var other))
            {
                seen[(from, to)] = plane;
                return;
            }
            if (plane == other)
                return;
            var (a, b) = (hull.Vertices[from], hull.Vertices[to]);
            var direction = Primitive(b.X - a.X, b.Y - a.Y, b.Z - a.Z);
            lengths[direction] = lengths.GetValueOrDefault(direction) + (vertices[to] - vertices[from]).Length;
        }
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
