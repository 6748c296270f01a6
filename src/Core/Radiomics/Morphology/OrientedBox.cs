using RadiogenomicsCloud.Imaging;

namespace RadiogenomicsCloud.Radiomics.Morphology;

/// <summary>
/// The smallest box, in any orientation, around a convex hull. The IBSI found no consensus on it. Here: along the normal of every
/// plane of the hull, the direction of every edge and 49 directions spread over the half sphere, the smallest rectangle around the
/// projection, one of whose sides lies along an edge (Freeman and Shapira, Commun. ACM 1975;18:409–413); from the best of these
/// boxes, the same along its axes again and again while that gains, which also finds boxes that touch edges only (O'Rourke, Int. J.
/// Comput. Inf. Sci. 1985;14:183–199). A direction is looked at only if the projected area times the depth, which no box along it falls
/// short of, promises a gain, the most promising first, up to <see cref="Directions"/> of them. A box of least volume up to what such
/// a search may miss, never a larger one than the axis-aligned box.
/// </summary>
/// <param name="Volume">mm³.</param>
/// <param name="Area">mm².</param>
internal readonly record struct OrientedBox(double Volume, double Area)
{
    /// <summary>Most directions whose rectangles are made before the descents, and in each of those together.</summary>
    private const int Directions = 128, Descents = 96;

    /// <summary>Most of the largest planes, and of the longest edges, that are candidates.</summary>
    private const int Candidates = 400;

    /// <summary>Directions spread evenly, the same for a mirrored or turned hull; the grid's axes are the first, so that the box is
    /// never larger than the axis-aligned one.</summary>
    private static readonly Point3[] Lattice =
    [
        new(1, 0, 0), new(0, 1, 0), new(0, 0, 1),
        .. from x in Enumerable.Range(-2, 5)
           from y in Enumerable.Range(-2, 5)
           from z in Enumerable.Range(-2, 5)
           where (x, y, z).CompareTo((0, 0, 0)) > 0 && (x % 2 != 0 || y % 2 != 0 || z % 2 != 0) && Math.Abs(x) + Math.Abs(y) + Math.Abs(z) > 1
           select new Point3(x, y, z) * (1 / new Point3(x, y, z).Length),
    ];

    public static OrientedBox Around(HullGeometry hull)
    {
        var search = new OrientedBoxSearch(hull);
        Point3[] directions = [.. Lattice, .. hull.Normals.Take(Candidates), .. hull.Edges.Take(Candidates)];
        var bounds = Array.ConvertAll(directions, search.LowerBound);
        // The grid's axes always, then by promise; equal ones in the order given.
        var order = Enumerable.Range(0, directions.Length).OrderBy(d => d < 3 ? -1 : bounds[d]).Take(Directions);
        var starts = new List<(OrientedBox Box, Point3[] Axes)>();
        var best = new OrientedBox(double.PositiveInfinity, double.PositiveInfinity);
        foreach (var d in order)
        {
            if (d >= 3 && bounds[d] > best.Volume * Slack)
                break;
            var found = search.Along(directions[d]);
            starts.Add(found);
            if (found.Box.IsBetterThan(best))
                best = found.Box;
        }

        var tries = Descents;
        foreach (var start in starts.OrderBy(s => s.Box.Volume))
        {
            var (box, axes) = start;
            for (var descends = true; descends && tries > 0;)
            {
                descends = false;
                var (from, fromAxes) = (box, axes);
                // The first axis is the one that this box was found along.
                foreach (var axis in fromAxes.AsSpan(1))
                {
                    tries--;
                    if (search.LowerBound(axis) > box.Volume * Slack)
                        continue;
                    var found = search.Along(axis);
                    if (found.Box.IsBetterThan(box))
                        ((box, axes), descends) = (found, true);
                }
            }
            if (box.IsBetterThan(best))
                best = box;
        }
        return best;
    }

    private const double Slack = 1 + 1e-9;

    /// <summary>Smaller in volume; at the same volume in area, so that the order of the search does not show.</summary>
    public bool IsBetterThan(OrientedBox other) =>
        Volume < other.Volume * (1 - 1e-9) || (Volume <= other.Volume * (1 + 1e-9) && Area < other.Area * (1 - 1e-9));
}
