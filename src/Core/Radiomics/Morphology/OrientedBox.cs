using RadiogenomicsCloud.Imaging;

namespace RadiogenomicsCloud.Radiomics.Morphology;

/// <summary>
/// The smallest box, in any orientation, around a convex hull. The IBSI found no consensus on it. Here: along the normal of every
/// plane of the hull, the direction of every edge and 49 directions spread over the half sphere, the smallest rectangle around the
/// projection, one of whose sides lies along an edge (Freeman and Shapira, Commun. ACM 1975;18:409–413); from each of these boxes,
/// the same along its axes again and again while that gains, which also finds boxes that touch edges only (O'Rourke, Int. J. Comput.
/// Inf. Sci. 1985;14:183–199). Hulls too large for all of it (see <see cref="Effort"/>) take the largest planes and the longest
/// edges, and descend from the smallest boxes first. A box of least volume up to what such a search may miss, never a larger one
/// than the axis-aligned box.
/// </summary>
/// <param name="Volume">mm³.</param>
/// <param name="Area">mm².</param>
internal readonly record struct OrientedBox(double Volume, double Area)
{
    /// <summary>Most vertices projected: a quarter along normals, a quarter along edges, the rest to descend.</summary>
    private const int Effort = 1_000_000;

    /// <summary>Directions spread evenly, the same for a mirrored or turned hull; the grid's axes are among them, so that the box is
    /// never larger than the axis-aligned one.</summary>
    private static readonly Point3[] Lattice =
    [
        .. from x in Enumerable.Range(-2, 5)
           from y in Enumerable.Range(-2, 5)
           from z in Enumerable.Range(-2, 5)
           where (x, y, z).CompareTo((0, 0, 0)) > 0 && (x % 2 != 0 || y % 2 != 0 || z % 2 != 0)
           select new Point3(x, y, z) * (1 / new Point3(x, y, z).Length),
    ];

    public static OrientedBox Around(HullGeometry hull)
    {
        var search = new Search(hull.Vertices);
        var tries = Effort / hull.Vertices.Length;
        Point3[] directions = [.. Lattice, .. hull.Normals.Take(tries / 4), .. hull.Edges.Take(tries / 4)];
        var starts = directions.Select(search.Along).OrderBy(found => found.Box.Volume).ToList();
        tries -= directions.Length;
        var best = starts.Aggregate((a, b) => b.Box.IsBetterThan(a.Box) ? b : a).Box;
        foreach (var start in starts)
        {
            var (box, axes) = start;
            for (var descends = true; descends && tries > 0;)
            {
                var (next, nextAxes) = axes.Select(search.Along).Aggregate((a, b) => b.Box.IsBetterThan(a.Box) ? b : a);
                tries -= axes.Length;
                descends = next.IsBetterThan(box);
                if (descends)
                    (box, axes) = (next, nextAxes);
            }
            if (box.IsBetterThan(best))
                best = box;
        }
        return best;
    }

    /// <summary>Smaller in volume; at the same volume in area, so that the order of the search does not show.</summary>
    private bool IsBetterThan(OrientedBox other) =>
        Volume < other.Volume * (1 - 1e-9) || (Volume <= other.Volume * (1 + 1e-9) && Area < other.Area * (1 - 1e-9));

    private sealed class Search(Point3[] vertices)
    {
        private readonly double[] _x = new double[vertices.Length];
        private readonly double[] _y = new double[vertices.Length];
        private readonly long[] _keys = new long[vertices.Length];
        private readonly int[] _order = new int[vertices.Length];
        private readonly int[] _hull = new int[(2 * vertices.Length) + 2];

        private OrientedBox _best;
        private Point3[] _axes = [];

        /// <summary>The best box with one axis along a unit vector.</summary>
        public (OrientedBox Box, Point3[] Axes) Along(Point3 n)
        {
            _best = new(double.PositiveInfinity, double.PositiveInfinity);
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
            var count = PlaneHull();
            for (var edge = 0; edge < count; edge++)
                TryEdge(_hull[edge], _hull[(edge + 1) % count], count, high - low, n, u, w);
            return (_best, _axes);
        }

        private void TryEdge(int from, int to, int count, double depth, Point3 n, Point3 u, Point3 w)
        {
            var (ex, ey) = (_x[to] - _x[from], _y[to] - _y[from]);
            var length = Math.Sqrt((ex * ex) + (ey * ey));
            // Points that coincide in the projection but for rounding make no edge.
            if (length <= 1e-9 * depth)
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
            if (box.IsBetterThan(_best))
                (_best, _axes) = (box, [n, (u * ex) + (w * ey), (w * ex) - (u * ey)]);
        }

        /// <summary>
        /// Andrew's monotone chain; returns how many of <see cref="_hull"/> count. Many vertices fall on one line in a projection, and
        /// rounding must not unsort them: the chain runs on coordinates in 2⁻³⁰ of the extent, whose turns are exact;
        /// the box may fall short of the points by as much.
        /// </summary>
        private int PlaneHull()
        {
            var (left, bottom) = (_x.Min(), _y.Min());
            var quantum = Math.Max(_x.Max() - left, _y.Max() - bottom) / (1 << 30);
            for (var p = 0; p < _keys.Length; p++)
            {
                _keys[p] = ((long)Math.Round((_x[p] - left) / quantum) << 32) + (long)Math.Round((_y[p] - bottom) / quantum);
                _order[p] = p;
            }
            Array.Sort(_keys, _order);
            var count = 0;
            for (var p = 0; p < _keys.Length; p++)
                Chain(p, 2);
            var lower = count + 1;
            for (var p = _keys.Length - 2; p >= 0; p--)
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
}
