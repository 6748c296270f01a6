namespace RadiogenomicsCloud.Radiomics.Morphology;

/// <summary>
/// The convex hull of lattice points by quickhull, in exact integer arithmetic: coplanar points, the rule on voxel grids, need no
/// tolerance. Facets are triangles; neighbouring ones may be coplanar. Source: Barber, Dobkin, Huhdanpaa, ACM Trans. Math. Softw.
/// 1996;22:469–483.
/// </summary>
internal sealed class ConvexHull
{
    private readonly List<LatticePoint> _points;
    private readonly List<Face> _faces = [];
    private readonly int[] _nextOutside;

    private ConvexHull(List<LatticePoint> points)
    {
        _points = points;
        _nextOutside = new int[points.Count];
    }

    /// <summary>Corners of a facet counter-clockwise seen from outside, as indices into <see cref="Vertices"/>.</summary>
    internal readonly record struct Facet(int A, int B, int C);

    public List<LatticePoint> Vertices { get; } = [];

    public List<Facet> Facets { get; } = [];

    /// <summary>For each facet, the indices of those across A→B, B→C, C→A.</summary>
    public List<(int AB, int BC, int CA)> Neighbours { get; } = [];

    /// <summary>The hull of points that do not all lie in one plane; the half-voxel star of any voxel makes sure of that.</summary>
    public static ConvexHull Of(List<LatticePoint> points)
    {
        var hull = new ConvexHull(points);
        hull.Start();
        hull.Grow();
        hull.Collect();
        return hull;
    }

    /// <summary>Normal (B − A) × (C − A) of a facet in lattice units, outward.</summary>
    public (long X, long Y, long Z) Normal(Facet facet) => Normal(Vertices[facet.A], Vertices[facet.B], Vertices[facet.C]);

    private static (long X, long Y, long Z) Normal(LatticePoint a, LatticePoint b, LatticePoint c)
    {
        long ux = b.X - a.X, uy = b.Y - a.Y, uz = b.Z - a.Z;
        long vx = c.X - a.X, vy = c.Y - a.Y, vz = c.Z - a.Z;
        return ((uy * vz) - (uz * vy), (uz * vx) - (ux * vz), (ux * vy) - (uy * vx));
    }

    private void Start()
    {
        int a = 0, b = 0;
        for (var p = 1; p < _points.Count; p++)
        {
            if (_points[p].X < _points[a].X)
                a = p;
            if (_points[p].X > _points[b].X)
                b = p;
        }
        var c = Furthest(p =>
        {
            var (x, y, z) = Normal(_points[a], _points[b], _points[p]);
            return ((double)x * x) + ((double)y * y) + ((double)z * z);
        });
        var base3 = new Face(a, b, c, Normal(_points[a], _points[b], _points[c]), _points[a]);
        var d = Furthest(p => Math.Abs((double)base3.Height(_points[p])));
        if (base3.Height(_points[d]) > 0)
            (b, c) = (c, b);

        AddFace(a, b, c);
        AddFace(a, d, b);
        AddFace(b, d, c);
        AddFace(c, d, a);
        // Neighbours across A→B, B→C, C→A.
        (_faces[0].N0, _faces[0].N1, _faces[0].N2) = (1, 2, 3);
        (_faces[1].N0, _faces[1].N1, _faces[1].N2) = (3, 2, 0);
        (_faces[2].N0, _faces[2].N1, _faces[2].N2) = (1, 3, 0);
        (_faces[3].N0, _faces[3].N1, _faces[3].N2) = (2, 1, 0);
        for (var p = 0; p < _points.Count; p++)
            Assign(p, 0);
    }

    private int Furthest(Func<int, double> distance)
    {
        var (best, furthest) = (0, -1.0);
        for (var p = 0; p < _points.Count; p++)
        {
            var value = distance(p);
            if (value > furthest)
                (best, furthest) = (p, value);
        }
        return best;
    }

    private void Grow()
    {
        var visible = new List<int>();
        var startsAt = new Dictionary<int, int>();
        for (var f = 0; f < _faces.Count; f++)
        {
            if (_faces[f].Dead || _faces[f].Outside < 0)
                continue;
            var apex = _faces[f].FurthestOutside;
            MarkVisible(f, apex, visible);
            var firstNew = _faces.Count;
            startsAt.Clear();
            foreach (var v in visible)
            {
                var face = _faces[v];
                TryRim(face.A, face.B, face.N0);
                TryRim(face.B, face.C, face.N1);
                TryRim(face.C, face.A, face.N2);
            }
            // The facet (u, w, apex) meets the one that starts at w across w→apex, and is met by it there.
            for (var n = firstNew; n < _faces.Count; n++)
            {
                _faces[n].N1 = startsAt[_faces[n].B];
                _faces[_faces[n].N1].N2 = n;
            }
            foreach (var v in visible)
            {
                for (var p = _faces[v].Outside; p >= 0;)
                {
                    var next = _nextOutside[p];
                    if (p != apex)
                        Assign(p, firstNew);
                    p = next;
                }
                _faces[v].Outside = -1;
            }

            void TryRim(int u, int w, int neighbour)
            {
                if (_faces[neighbour].Dead)
                    return;
                var created = AddFace(u, w, apex);
                _faces[created].N0 = neighbour;
                _faces[neighbour].ReplaceAcross(w, u, created);
                startsAt[u] = created;
            }
        }
    }

    /// <summary>All facets that the apex sees; they die. Facets in whose plane it lies are not seen.</summary>
    private void MarkVisible(int start, int apex, List<int> visible)
    {
        visible.Clear();
        visible.Add(start);
        _faces[start].Dead = true;
        for (var at = 0; at < visible.Count; at++)
        {
            var face = _faces[visible[at]];
            Visit(face.N0);
            Visit(face.N1);
            Visit(face.N2);
        }

        void Visit(int neighbour)
        {
            if (_faces[neighbour].Dead || _faces[neighbour].Height(_points[apex]) <= 0)
                return;
            _faces[neighbour].Dead = true;
            visible.Add(neighbour);
        }
    }

    private int AddFace(int a, int b, int c)
    {
        _faces.Add(new(a, b, c, Normal(_points[a], _points[b], _points[c]), _points[a]));
        return _faces.Count - 1;
    }

    private void Assign(int point, int fromFace)
    {
        for (var f = fromFace; f < _faces.Count; f++)
        {
            var height = _faces[f].Height(_points[point]);
            if (height <= 0)
                continue;
            _nextOutside[point] = _faces[f].Outside;
            _faces[f].Outside = point;
            if (height > _faces[f].FurthestHeight)
                (_faces[f].FurthestHeight, _faces[f].FurthestOutside) = (height, point);
            return;
        }
    }

    private void Collect()
    {
        var index = new int[_points.Count];
        Array.Fill(index, -1);
        var facetOfFace = new int[_faces.Count];
        for (var f = 0; f < _faces.Count; f++)
        {
            var face = _faces[f];
            if (face.Dead)
                continue;
            facetOfFace[f] = Facets.Count;
            Facets.Add(new(IndexOf(face.A), IndexOf(face.B), IndexOf(face.C)));
        }
        foreach (var face in _faces)
        {
            if (!face.Dead)
                Neighbours.Add((facetOfFace[face.N0], facetOfFace[face.N1], facetOfFace[face.N2]));
        }

        int IndexOf(int point)
        {
            if (index[point] < 0)
            {
                index[point] = Vertices.Count;
                Vertices.Add(_points[point]);
            }
            return index[point];
        }
    }

    private sealed class Face(int a, int b, int c, (long X, long Y, long Z) normal, LatticePoint on)
    {
        public readonly int A = a, B = b, C = c;
        public int N0, N1, N2;
        public int Outside = -1, FurthestOutside = -1;
        public long FurthestHeight;
        public bool Dead;

        /// <summary>Positive outside; at most six times the volume of the points' box, which a long holds.</summary>
        public long Height(LatticePoint p) =>
            (normal.X * (p.X - on.X)) + (normal.Y * (p.Y - on.Y)) + (normal.Z * (p.Z - on.Z));

        public void ReplaceAcross(int from, int to, int neighbour)
        {
            if (A == from && B == to)
                N0 = neighbour;
            else if (B == from && C == to)
                N1 = neighbour;
            else
                N2 = neighbour;
        }
    }
}
