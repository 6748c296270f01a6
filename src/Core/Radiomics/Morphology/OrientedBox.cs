using RadiogenomicsCloud.Imaging;

namespace RadiogenomicsCloud.Radiomics.Morphology;

/// <summary>
/// The smallest box, in any orientation, around a convex hull. The IBSI found no consensus on it. Here: for the normal of every plane
/// of the hull (the largest first, as many as <see cref="Effort"/> allows), the smallest rectangle around the projection, one of
/// whose sides lies along an edge (Freeman and Shapira, Commun. ACM 1975;18:409–413); then the same along the axes of the best box
/// until that gains nothing, which also finds boxes that touch edges only (O'Rourke, Int. J. Comput. Inf. Sci. 1985;14:183–199).
/// </summary>
/// <param name="Volume">mm³.</param>
/// <param name="Area">mm².</param>
internal readonly record struct OrientedBox(double Volume, double Area)
{
    /// <summary>Most projected vertices over all normals.</summary>
    private const int Effort = 1_000_000;

    public static OrientedBox Around(HullGeometry hull)
    {
        var search = new Search(hull.Vertices);
        // The axes of the grid first: the box is then never larger than the axis-aligned one.
        foreach (var axis in (ReadOnlySpan<Point3>)[new(1, 0, 0), new(0, 1, 0), new(0, 0, 1)])
            search.Try(axis);
        var directions = Math.Min(hull.Normals.Length, Effort / hull.Vertices.Length);
        for (var n = 0; n < directions; n++)
            search.Try(hull.Normals[n]);
        for (var round = 0; round < 50; round++)
        {
            var before = search.Best.Volume;
            foreach (var axis in search.Axes.ToArray())
                search.Try(axis);
            if (search.Best.Volume >= before * (1 - 1e-9))
                break;
        }
        return search.Best;
    }

    private sealed class Search(Point3[] vertices)
    {
        private readonly double[] _x = new double[vertices.Length];
        private readonly double[] _y = new double[vertices.Length];
        private readonly int[] _hull = new int[(2 * vertices.Length) + 2];

        public OrientedBox Best { get; private set; } = new(double.PositiveInfinity, double.PositiveInfinity);

        public Point3[] Axes { get; private set; } = [];

        /// <summary>The best box with one axis along a unit vector.</summary>
        public void Try(Point3 n)
        {
            var helper = Math.Abs(n.X) <= Math.Abs(n.Y) && Math.Abs(n.X) <= Math.Abs(n.Z) ? new Point3(1, 0, 0)
                : Math.Abs(n.Y) <= Math.Abs(n.Z) ? new Point3(0, 1, 0) : new Point3(0, 0, 1);
            var u = n.Cross(helper);
            u *= 1 / u.Length;
            var w = n.Cross(u);
            var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
            for (var p = 0; p < vertices.Length; p++)
            {
                var height = vertices[p].Dot(n);
                low = Math.Min(low, height);
                high = Math.Max(high, height);
                _x[p] = vertices[p].Dot(u);
                _y[p] = vertices[p].Dot(w);
            }
            Array.Sort(_x, _y);
            var count = PlaneHull();
            for (var edge = 0; edge < count; edge++)
                TryEdge(_hull[edge], _hull[(edge + 1) % count], count, high - low, n, u, w);
        }

        private void TryEdge(int from, int to, int count, double depth, Point3 n, Point3 u, Point3 w)
        {
            var (ex, ey) = (_x[to] - _x[from], _y[to] - _y[from]);
            var length = Math.Sqrt((ex * ex) + (ey * ey));
            if (length == 0)
                return;
            (ex, ey) = (ex / length, ey / length);
            double minA = double.PositiveInfinity, maxA = double.NegativeInfinity, minB = minA, maxB = maxA;
            for (var v = 0; v < count; v++)
            {
                var (x, y) = (_x[_hull[v]], _y[_hull[v]]);
                var (along, across) = ((x * ex) + (y * ey), (y * ex) - (x * ey));
                minA = Math.Min(minA, along);
                maxA = Math.Max(maxA, along);
                minB = Math.Min(minB, across);
                maxB = Math.Max(maxB, across);
            }
            var (a, b) = (maxA - minA, maxB - minB);
            var box = new OrientedBox(a * b * depth, 2 * ((a * b) + (b * depth) + (depth * a)));
            if (box.Volume < Best.Volume)
                (Best, Axes) = (box, [n, (u * ex) + (w * ey), (w * ex) - (u * ey)]);
        }

        /// <summary>Andrew's monotone chain over the sorted projection; returns how many of <see cref="_hull"/> count.</summary>
        private int PlaneHull()
        {
            var count = 0;
            for (var p = 0; p < _x.Length; p++)
            {
                while (count >= 2 && Turn(_hull[count - 2], _hull[count - 1], p) <= 0)
                    count--;
                _hull[count++] = p;
            }
            var lower = count + 1;
            for (var p = _x.Length - 2; p >= 0; p--)
            {
                while (count >= lower && Turn(_hull[count - 2], _hull[count - 1], p) <= 0)
                    count--;
                _hull[count++] = p;
            }
            return count - 1;
        }

        private double Turn(int a, int b, int c) =>
            ((_x[b] - _x[a]) * (_y[c] - _y[a])) - ((_y[b] - _y[a]) * (_x[c] - _x[a]));
    }
}
