using RadiogenomicsCloud.Imaging;

namespace RadiogenomicsCloud.Radiomics.Morphology;

/// <summary>The smallest boxes around one convex hull that have an axis along a given direction.</summary>
internal sealed class OrientedBoxSearch
{
    /// <summary>A plane seen this nearly from its edge may be on either side of the outline; a vertex too many there does no harm.</summary>
    private const double EdgeOn = 1e-10;

    private readonly Point3[] _vertices;
    private readonly HullGeometry.Plane[] _planes;
    private readonly HullGeometry.Ridge[] _ridges;
    private readonly double[] _facing;
    private readonly int[] _outline, _seen;
    private readonly double[] _x, _y;
    private readonly long[] _keys;
    private readonly int[] _order, _hull;
    private int _round;

    public OrientedBoxSearch(HullGeometry hull)
    {
        (_vertices, _planes, _ridges) = (hull.Vertices, hull.Planes, hull.Ridges);
        var count = _vertices.Length;
        _facing = new double[_planes.Length];
        (_outline, _seen, _order, _hull) = (new int[count], new int[count], new int[count], new int[(2 * count) + 2]);
        (_x, _y, _keys) = (new double[count], new double[count], new long[count]);
    }

    /// <summary>Projected area times depth: no box with an axis along this unit vector has less volume. 0 for a hull of vertices alone.</summary>
    public double LowerBound(Point3 n) => Face(n) * Depth(n);

    /// <summary>The best box with one axis along a unit vector, which is the first of its axes.</summary>
    public (OrientedBox Box, Point3[] Axes) Along(Point3 n)
    {
        var helper = Math.Abs(n.X) <= Math.Abs(n.Y) && Math.Abs(n.X) <= Math.Abs(n.Z) ? new Point3(1, 0, 0)
            : Math.Abs(n.Y) <= Math.Abs(n.Z) ? new Point3(0, 1, 0) : new Point3(0, 0, 1);
        var u = n.Cross(helper);
        u *= 1 / u.Length;
        var w = n.Cross(u);
        Face(n);
        var points = Outline();
        for (var p = 0; p < points; p++)
        {
            _x[p] = _vertices[_outline[p]].Dot(u);
            _y[p] = _vertices[_outline[p]].Dot(w);
        }
        var (box, ex, ey) = SmallestRectangle(PlaneHull(points), Depth(n));
        return (box, [n, (u * ex) + (w * ey), (w * ex) - (u * ey)]);
    }

    /// <summary>How much each plane faces along n; returns the projected area.</summary>
    private double Face(Point3 n)
    {
        // Two sums, because one would wait for itself; always these two, so that every machine has the same bits.
        double even = 0, odd = 0;
        for (var p = 0; p < _planes.Length; p++)
        {
            var facing = _planes[p].Normal.Dot(n);
            _facing[p] = facing;
            if ((p & 1) == 0)
                even += _planes[p].Area * Math.Abs(facing);
            else
                odd += _planes[p].Area * Math.Abs(facing);
        }
        return (even + odd) / 2;
    }

    private double Depth(Point3 n)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var vertex in _vertices)
        {
            var height = vertex.Dot(n);
            low = height < low ? height : low;
            high = height > high ? height : high;
        }
        return high - low;
    }

    /// <summary>The vertices between planes that face along and against the direction: all that can be on the projection's border.</summary>
    private int Outline()
    {
        var count = 0;
        if (_ridges.Length == 0)
        {
            for (; count < _vertices.Length; count++)
                _outline[count] = count;
            return count;
        }
        _round++;
        foreach (ref readonly var ridge in _ridges.AsSpan())
        {
            if (_facing[ridge.Left] * _facing[ridge.Right] > EdgeOn)
                continue;
            Add(ridge.A);
            Add(ridge.B);
        }
        return count;

        void Add(int vertex)
        {
            if (_seen[vertex] == _round)
                return;
            _seen[vertex] = _round;
            _outline[count++] = vertex;
        }
    }

    /// <summary>Rotating calipers (Shamos 1978; Toussaint 1983): as the edge turns, what is farthest along and across it only moves on.</summary>
    private (OrientedBox Box, double X, double Y) SmallestRectangle(int count, double depth)
    {
        var best = (Box: new OrientedBox(double.PositiveInfinity, double.PositiveInfinity), X: 1.0, Y: 0.0);
        var (right, top, left) = (-1, 0, 0);
        for (var edge = 0; edge < count; edge++)
        {
            var (from, to) = (_hull[edge], _hull[(edge + 1) % count]);
            var (ex, ey) = (_x[to] - _x[from], _y[to] - _y[from]);
            var length = Math.Sqrt((ex * ex) + (ey * ey));
            // Points that coincide in the projection but for rounding make no edge.
            if (length <= 1e-9 * depth)
                continue;
            (ex, ey) = (ex / length, ey / length);
            if (right < 0)
            {
                right = Farthest(count, ex, ey);
                top = Farthest(count, -ey, ex);
                left = Farthest(count, -ex, -ey);
            }
            Advance(ref right, count, ex, ey);
            Advance(ref top, count, -ey, ex);
            Advance(ref left, count, -ex, -ey);
            var a = Along(right, ex, ey) - Along(left, ex, ey);
            var b = Along(top, -ey, ex) - Along(edge, -ey, ex);
            if (!Box(a, b, depth).IsBetterThan(best.Box))
                continue;
            // The direction of a very short edge is rounding, and the calipers may then miss a corner: the better box is measured.
            var box = Box(Extent(count, ex, ey), Extent(count, -ey, ex), depth);
            if (box.IsBetterThan(best.Box))
                best = (box, ex, ey);
        }
        return best;
    }

    private static OrientedBox Box(double a, double b, double c) => new(a * b * c, 2 * ((a * b) + (b * c) + (c * a)));

    private double Extent(int count, double x, double y)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        for (var corner = 0; corner < count; corner++)
        {
            var along = Along(corner, x, y);
            (low, high) = (Math.Min(low, along), Math.Max(high, along));
        }
        return high - low;
    }

    private double Along(int corner, double x, double y) => (_x[_hull[corner]] * x) + (_y[_hull[corner]] * y);

    private int Farthest(int count, double x, double y)
    {
        var best = 0;
        for (var corner = 1; corner < count; corner++)
            best = Along(corner, x, y) > Along(best, x, y) ? corner : best;
        return best;
    }

    private void Advance(ref int corner, int count, double x, double y)
    {
        for (var steps = 0; steps < count; steps++)
        {
            var next = corner + 1 == count ? 0 : corner + 1;
            if (Along(next, x, y) < Along(corner, x, y))
                return;
            corner = next;
        }
    }

    /// <summary>
    /// Andrew's monotone chain, counter-clockwise; returns how many of <see cref="_hull"/> count. Many vertices fall on one line in a
    /// projection, and rounding must not unsort them: the chain runs on coordinates in 2⁻³⁰ of the extent, whose turns are exact; the
    /// box may fall short of the points by as much.
    /// </summary>
    private int PlaneHull(int points)
    {
        var (left, bottom, right, top) = (_x[0], _y[0], _x[0], _y[0]);
        for (var p = 1; p < points; p++)
        {
            (left, right) = (Math.Min(left, _x[p]), Math.Max(right, _x[p]));
            (bottom, top) = (Math.Min(bottom, _y[p]), Math.Max(top, _y[p]));
        }
        var quantum = Math.Max(right - left, top - bottom) / (1 << 30);
        for (var p = 0; p < points; p++)
        {
            _keys[p] = ((long)Math.Round((_x[p] - left) / quantum) << 32) + (long)Math.Round((_y[p] - bottom) / quantum);
            _order[p] = p;
        }
        Array.Sort(_keys, _order, 0, points);
        var count = 0;
        for (var p = 0; p < points; p++)
            Chain(p, 2);
        var lower = count + 1;
        for (var p = points - 2; p >= 0; p--)
            Chain(p, lower);
        for (var v = 0; v < count; v++)
            _hull[v] = _order[_hull[v]];
        return count - 1;

        void Chain(int p, int least)
        {
            while (count >= least && Turn(_keys[_hull[count - 2]], _keys[_hull[count - 1]], _keys[p]) <= 0)
                count--;
            _hull[count++] = p;
        }
    }

    private static long Turn(long a, long b, long c) =>
        (((b >> 32) - (a >> 32)) * ((c & uint.MaxValue) - (a & uint.MaxValue)))
        - (((b & uint.MaxValue) - (a & uint.MaxValue)) * ((c >> 32) - (a >> 32)));
}
