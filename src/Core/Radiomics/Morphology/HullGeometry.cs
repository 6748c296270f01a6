using RadiogenomicsCloud.Imaging;

namespace RadiogenomicsCloud.Radiomics.Morphology;

/// <summary>The convex hull in mm.</summary>
/// <param name="Vertices">In the frame of the grid's axes (not rotated to the patient), from the box's first voxel.</param>
/// <param name="Normals">Unit normals of its planes, parallel planes once, the largest first.</param>
/// <param name="Edges">Unit directions of its edges, parallel edges once, the longest first.</param>
internal sealed record HullGeometry(Point3[] Vertices, Point3[] Normals, Point3[] Edges, double Volume, double Area)
{
    /// <summary>Triangles in one plane are one of these; empty where the hull is given by its vertices alone.</summary>
    public Plane[] Planes { get; init; } = [];

    /// <summary>The edges, each between two planes.</summary>
    public Ridge[] Ridges { get; init; } = [];

    /// <param name="Normal">Unit, outward.</param>
    /// <param name="Area">mm².</param>
    internal readonly record struct Plane(Point3 Normal, double Area);

    /// <summary>Indices of vertices and planes.</summary>
    internal readonly record struct Ridge(int A, int B, int Left, int Right);

    public static HullGeometry Of(ConvexHull hull, VoxelBox box)
    {
        Point3 Scaled(LatticePoint p) => new(p.X * box.SpacingI / 2, p.Y * box.SpacingJ / 2, p.Z * box.SpacingK / 2);
        var vertices = hull.Vertices.Select(Scaled).ToArray();
        var determinant = 0L;
        var facets = hull.Facets;
        var planeOfFacet = new int[facets.Count];
        var indexOfPlane = new Dictionary<LatticeVector, int>();
        var planes = new List<Plane>();
        for (var f = 0; f < planeOfFacet.Length; f++)
        {
            var facet = facets[f];
            var (x, y, z) = hull.Normal(facet);
            var a = hull.Vertices[facet.A];
            determinant += (x * a.X) + (y * a.Y) + (z * a.Z);
            var normal = LatticeVector.Shortest(x, y, z);
            var area = (vertices[facet.B] - vertices[facet.A]).Cross(vertices[facet.C] - vertices[facet.A]).Length / 2;
            if (indexOfPlane.TryAdd(normal, planes.Count))
                planes.Add(new(Unit(new(normal.X / box.SpacingI, normal.Y / box.SpacingJ, normal.Z / box.SpacingK)), 0));
            planeOfFacet[f] = indexOfPlane[normal];
            planes[planeOfFacet[f]] = planes[planeOfFacet[f]] with { Area = planes[planeOfFacet[f]].Area + area };
        }

        var areas = new Dictionary<LatticeVector, double>();
        foreach (var (normal, index) in indexOfPlane)
            areas[normal.Undirected()] = areas.GetValueOrDefault(normal.Undirected()) + planes[index].Area;
        var ridges = RidgesOf(hull, planeOfFacet);
        var lengths = new Dictionary<LatticeVector, double>();
        foreach (var ridge in ridges)
        {
            var (a, b) = (hull.Vertices[ridge.A], hull.Vertices[ridge.B]);
            var direction = LatticeVector.Shortest(b.X - a.X, b.Y - a.Y, b.Z - a.Z).Undirected();
            lengths[direction] = lengths.GetValueOrDefault(direction) + (vertices[ridge.B] - vertices[ridge.A]).Length;
        }
        var normals = Largest(areas).Select(p => Unit(new(p.X / box.SpacingI, p.Y / box.SpacingJ, p.Z / box.SpacingK)));
        var edges = Largest(lengths).Select(e => Unit(Scaled(new((int)e.X, (int)e.Y, (int)e.Z))));
        return new(
            vertices, [.. normals], [.. edges], determinant / 6.0 * (box.SpacingI / 2) * (box.SpacingJ / 2) * (box.SpacingK / 2),
            planes.Sum(p => p.Area))
        {
            Planes = [.. planes],
            Ridges = ridges,
        };
    }

    /// <summary>Edges between two planes; one between two triangles of one plane only shows how the plane was cut up.</summary>
    private static Ridge[] RidgesOf(ConvexHull hull, int[] planeOfFacet)
    {
        var ridges = new List<Ridge>();
        for (var f = 0; f < planeOfFacet.Length; f++)
        {
            var (facet, neighbours) = (hull.Facets[f], hull.Neighbours[f]);
            Add(facet.A, facet.B, neighbours.AB);
            Add(facet.B, facet.C, neighbours.BC);
            Add(facet.C, facet.A, neighbours.CA);

            void Add(int from, int to, int across)
            {
                // Each edge is met from both sides.
                if (from < to && planeOfFacet[f] != planeOfFacet[across])
                    ridges.Add(new(from, to, planeOfFacet[f], planeOfFacet[across]));
            }
        }
        return [.. ridges];
    }

    private static IEnumerable<LatticeVector> Largest(Dictionary<LatticeVector, double> sizes) =>
        sizes.OrderByDescending(p => p.Value).ThenBy(p => p.Key).Select(p => p.Key);

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
}
