namespace RadiogenomicsCloud.Radiomics.Morphology;

/// <summary>
/// The triangles of marching cubes on a binary mask at level 0.5, for each of the 256 ways in which the eight corners of a cube can
/// be inside. The table is derived, not typed in, so that its properties hold by construction:
/// on a face whose inside corners lie diagonally, each is cut off by itself, a rule that sees only the face, so that neighbouring
/// cubes agree and the surface is closed; and each closed loop of cuts is triangulated to the largest area (in a cube of equal sides),
/// at equal area to the least volume, which no rotation or reflection of the cube changes. Of such rules, the largest area is the one
/// that gives the reference values of the IBSI: the least area misses seven of them, up to 1.5 % off.
/// Source: Lorensen and Cline, Computer Graphics 1987;21:163–169; ambiguous faces: Nielson and Hamann, Visualization '91.
/// </summary>
internal static class MarchingCubesTable
{
    /// <summary>A vertex in half edges of the cube from its corner 0: two coordinates are 0 or 2, the third is 1.</summary>
    internal readonly record struct Vertex(int X, int Y, int Z)
    {
        public int this[int axis] => axis == 0 ? X : axis == 1 ? Y : Z;

        public static Vertex operator -(Vertex a, Vertex b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

        public static Vertex operator +(Vertex a, Vertex b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

        public Vertex Cross(Vertex other) =>
            new((Y * other.Z) - (Z * other.Y), (Z * other.X) - (X * other.Z), (X * other.Y) - (Y * other.X));

        public int Dot(Vertex other) => (X * other.X) + (Y * other.Y) + (Z * other.Z);
    }

    /// <summary>A triangle whose normal (B − A) × (C − A) points out of the mask.</summary>
    internal readonly record struct Triangle(Vertex A, Vertex B, Vertex C)
    {
        public Vertex DoubleArea => (B - A).Cross(C - A);

        /// <summary>Area where the cube has these sides.</summary>
        public double Area(double sideX, double sideY, double sideZ)
        {
            // The cross product of vectors given in half sides.
            var n = DoubleArea;
            var (x, y, z) = (n.X * sideY * sideZ, n.Y * sideZ * sideX, n.Z * sideX * sideY);
            return Math.Sqrt((x * x) + (y * y) + (z * z)) / 8;
        }

        /// <summary>Six times the signed volume of the tetrahedron with the cube's corner 0.</summary>
        public int Determinant => A.Dot(B.Cross(C));
    }

    /// <summary>
    /// By configuration (bit c of it is set where corner c is inside; x = bit 0, y = bit 1, z = bit 2 of c) the loops of the surface
    /// in the cube, and by loop all triangulations that the rule leaves equal. They differ in area only where voxels are not cubes.
    /// </summary>
    private static readonly Triangle[][][][] Loops = [.. Enumerable.Range(0, 256).Select(Build)];

    /// <summary>
    /// The triangles of a configuration in a cube of the given sides (up to scale). Of triangulations that the rule leaves equal, that
    /// of the largest area there, so that mirrored masks have the same area on any voxels.
    /// </summary>
    public static IEnumerable<Triangle> Triangles(int configuration, double sideX, double sideY, double sideZ) =>
        Loops[configuration].SelectMany(loop => loop.MaxBy(triangles => triangles.Sum(t => t.Area(sideX, sideY, sideZ)))!);

    private static Triangle[][][] Build(int configuration)
    {
        var next = Segments(configuration);
        var loops = new List<Triangle[][]>();
        while (next.Count > 0)
        {
            // The loops are taken up in a fixed order, not that of a hash table.
            var start = next.Keys.OrderBy(v => (v.X, v.Y, v.Z)).First();
            var loop = new List<Vertex>();
            for (var vertex = start; next.Remove(vertex, out var following); vertex = following)
                loop.Add(vertex);
            loops.Add([.. Triangulate(loop, 0, loop.Count - 1).Alternatives]);
        }
        return [.. loops];
    }

    /// <summary>On each face, a segment from where its border enters a run of inside corners to where it leaves it.</summary>
    private static Dictionary<Vertex, Vertex> Segments(int configuration)
    {
        var next = new Dictionary<Vertex, Vertex>();
        foreach (var face in Faces())
        {
            for (var entry = 0; entry < 4; entry++)
            {
                if (Inside(face[(entry + 3) % 4]) || !Inside(face[entry]))
                    continue;
                var exit = entry;
                while (Inside(face[(exit + 1) % 4]))
                    exit = (exit + 1) % 4;
                next[Midpoint(face[(entry + 3) % 4], face[entry])] = Midpoint(face[exit], face[(exit + 1) % 4]);
            }
        }
        return next;

        bool Inside(int corner) => (configuration & (1 << corner)) != 0;
    }

    /// <summary>Corners of the six faces, counter-clockwise seen from outside.</summary>
    private static IEnumerable<int[]> Faces()
    {
        for (var axis = 0; axis < 3; axis++)
        {
            var (u, v) = (1 << ((axis + 1) % 3), 1 << ((axis + 2) % 3));
            yield return [0, v, u | v, u];
            var far = 1 << axis;
            yield return [far, far | u, far | u | v, far | v];
        }
    }

    private static Vertex Midpoint(int a, int b) => Corner(a) + Corner(b);

    private static Vertex Corner(int corner) => new(corner & 1, (corner >> 1) & 1, corner >> 2);

    /// <summary>All best triangulations of the polygon first..last; loops have at most seven vertices, so plain recursion does.</summary>
    private static (double Area, int Determinant, List<Triangle[]> Alternatives) Triangulate(List<Vertex> loop, int first, int last)
    {
        if (last - first < 2)
            return (0, 0, [[]]);
        (double Area, int Determinant, List<Triangle[]> Alternatives) best = (double.NegativeInfinity, 0, []);
        for (var middle = first + 1; middle < last; middle++)
        {
            var triangle = new Triangle(loop[first], loop[middle], loop[last]);
            var left = Triangulate(loop, first, middle);
            var right = Triangulate(loop, middle, last);
            var area = left.Area + right.Area + triangle.Area(1, 1, 1)
                - DiagonalPenalty(loop, first, middle) - DiagonalPenalty(loop, middle, last);
            var determinant = left.Determinant + right.Determinant + triangle.Determinant;
            var larger = area > best.Area + 1e-9;
            var asLarge = area > best.Area - 1e-9;
            if (larger || (asLarge && determinant < best.Determinant))
                best = (area, determinant, []);
            else if (!asLarge || determinant > best.Determinant)
                continue;
            best.Alternatives.AddRange(
                from l in left.Alternatives from r in right.Alternatives select (Triangle[])[triangle, .. l, .. r]);
        }
        return best;
    }

    /// <summary>A diagonal within a face of the cube would make the surface touch its neighbour's there: never where it can be avoided.</summary>
    private static double DiagonalPenalty(List<Vertex> loop, int a, int b)
    {
        if (b - a < 2)
            return 0;
        for (var axis = 0; axis < 3; axis++)
        {
            if (loop[a][axis] == loop[b][axis] && loop[a][axis] != 1)
                return 1000;
        }
        return 0;
    }
}
