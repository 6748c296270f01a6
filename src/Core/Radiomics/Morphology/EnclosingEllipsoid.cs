using System.Runtime.InteropServices;
using RadiogenomicsCloud.Imaging;

namespace RadiogenomicsCloud.Radiomics.Morphology;

/// <summary>
/// The ellipsoid of least volume around points (MVEE). The IBSI found no consensus on it. Here: the dual of Khachiyan's method (Todd
/// and Yıldırım, Discrete Appl. Math. 2007;155:1731–1744), climbed by exchanging weight between the farthest and the nearest point
/// that has some (Böhning, Metrika 1986;33:337–347) to a relative gap of <see cref="Tolerance"/>, then scaled so that every point is
/// inside: its volume is at most (1 + Tolerance)² times the least one, its axes agree to about √Tolerance. Should the ascent need
/// more than <see cref="MaxSteps"/> steps, it stops there, with a larger gap and still around every point.
/// </summary>
internal static class EnclosingEllipsoid
{
    public const double Tolerance = 1e-9;

    private const int MaxSteps = 100_000;

    /// <summary>Semi-axes of the ellipsoid around points that do not lie in one plane.</summary>
    public static Ellipsoid Around(IReadOnlyList<Point3> points)
    {
        var count = points.Count;
        // Centred and scaled: the moments below are then of order one.
        var (origin, scale) = Frame(points);
        var x = new double[count];
        var y = new double[count];
        var z = new double[count];
        for (var p = 0; p < count; p++)
        {
            var q = (points[p] - origin) * scale;
            (x[p], y[p], z[p]) = (q.X, q.Y, q.Z);
        }
        var weights = new double[count];
        var active = Spanning(x, y, z);
        foreach (var p in active)
            weights[p] = 1.0 / active.Count;
        var all = Enumerable.Range(0, count).ToArray();
        // Only a few points touch the ellipsoid: weight moves among a few until they agree about as well as all did when last asked.
        var gapOfAll = double.PositiveInfinity;
        for (var step = 0; step < MaxSteps; step++)
        {
            var few = CollectionsMarshal.AsSpan(active);
            var moments = Moments.Of(x, y, z, weights, few);
            var (far, near) = Extremes(moments, x, y, z, weights, few);
            // With n = d + 1 = 4 lifted dimensions, optimality is: all 4 or less, and 4 wherever there is weight.
            if (Gap(moments, far, near) > Math.Max(Tolerance, gapOfAll / 10))
            {
                Exchange(moments, weights, far, near);
                if (weights[near] == 0)
                    active.Remove(near);
                continue;
            }
            (far, _) = Extremes(moments, x, y, z, weights, all);
            gapOfAll = Gap(moments, far, near);
            if (gapOfAll <= Tolerance)
                break;
            if (!active.Contains(far))
                active.Add(far);
        }

        var final = Moments.Of(x, y, z, weights, CollectionsMarshal.AsSpan(active));
        var (farthest, _) = Extremes(final, x, y, z, weights, all);
        var largest = final.Distance(x[farthest], y[farthest], z[farthest]);
        var (major, minor, smallest) = SymmetricEigenvalues.OfPositiveSemiDefinite(final.Xx, final.Yy, final.Zz, final.Xy, final.Xz, final.Yz);
        // Lifted distance κ = 1 + squared Mahalanobis distance; the farthest point lies on the surface.
        var reach = Math.Sqrt(largest - 1) / scale;
        return new(Math.Sqrt(major) * reach, Math.Sqrt(minor) * reach, Math.Sqrt(smallest) * reach);

        double Gap(Moments moments, int far, int near) => Math.Max(
            (moments.Distance(x[far], y[far], z[far]) / 4) - 1, 1 - (moments.Distance(x[near], y[near], z[near]) / 4));

        // The determinant of the moments is 1 + δ(κ₊ − κ₋) − δ²(κ₊κ₋ − κ₊₋²) times as large after moving δ.
        void Exchange(Moments moments, double[] from, int far, int near)
        {
            var (most, least) = (moments.Distance(x[far], y[far], z[far]), moments.Distance(x[near], y[near], z[near]));
            var cross = moments.Product(x[far], y[far], z[far], x[near], y[near], z[near]);
            var curvature = (most * least) - (cross * cross);
            var best = curvature > 0 ? (most - least) / (2 * curvature) : double.PositiveInfinity;
            var moved = best < from[near] ? best : from[near];
            from[far] += moved;
            from[near] = moved == from[near] ? 0 : from[near] - moved;
        }
    }

    /// <summary>
    /// Up to six points that span space, to start from: the extremes along x, then along directions across the lines between those found
    /// (Kumar and Yıldırım, J. Optim. Theory Appl. 2005;126:1–21).
    /// </summary>
    private static List<int> Spanning(double[] x, double[] y, double[] z)
    {
        var found = new List<int>();
        var direction = new Point3(1, 0, 0);
        var first = default(Point3);
        for (var round = 0; round < 3; round++)
        {
            var (low, high) = (0, 0);
            for (var p = 1; p < x.Length; p++)
            {
                var height = Height(p);
                low = height < Height(low) ? p : low;
                high = height > Height(high) ? p : high;
            }
            foreach (var extreme in (ReadOnlySpan<int>)[low, high])
            {
                if (!found.Contains(extreme))
                    found.Add(extreme);
            }
            var line = new Point3(x[high] - x[low], y[high] - y[low], z[high] - z[low]);
            // The first line has an extent along x, so that its perpendicular is not 0.
            direction = round == 0 ? new(-line.Y, line.X, 0) : first.Cross(line);
            first = round == 0 ? line : first;
        }
        return found;

        double Height(int p) => (x[p] * direction.X) + (y[p] * direction.Y) + (z[p] * direction.Z);
    }

    private static (Point3 Origin, double Scale) Frame(IReadOnlyList<Point3> points)
    {
        var (low, high) = (points[0], points[0]);
        foreach (var p in points)
        {
            low = new(Math.Min(low.X, p.X), Math.Min(low.Y, p.Y), Math.Min(low.Z, p.Z));
            high = new(Math.Max(high.X, p.X), Math.Max(high.Y, p.Y), Math.Max(high.Z, p.Z));
        }
        return ((low + high) * 0.5, 2 / (high - low).Length);
    }

    /// <summary>The farthest of the points, and the nearest of those with weight.</summary>
    private static (int Far, int Near) Extremes(
        in Moments m, double[] x, double[] y, double[] z, double[] weights, ReadOnlySpan<int> among)
    {
        var (most, least, far, near) = (double.NegativeInfinity, double.PositiveInfinity, 0, 0);
        foreach (var p in among)
        {
            var distance = m.Distance(x[p], y[p], z[p]);
            if (distance > most)
                (most, far) = (distance, p);
            if (weights[p] > 0 && distance < least)
                (least, near) = (distance, p);
        }
        return (far, near);
    }

    /// <summary>Weighted mean and covariance, and the inverse of the latter.</summary>
    private readonly record struct Moments(
        double X, double Y, double Z, double Xx, double Yy, double Zz, double Xy, double Xz, double Yz,
        double InvXx, double InvYy, double InvZz, double InvXy, double InvXz, double InvYz)
    {
        public static Moments Of(double[] x, double[] y, double[] z, double[] weights, ReadOnlySpan<int> among)
        {
            double total = 0, mx = 0, my = 0, mz = 0, xx = 0, yy = 0, zz = 0, xy = 0, xz = 0, yz = 0;
            foreach (var p in among)
            {
                var w = weights[p];
                var (wx, wy, wz) = (w * x[p], w * y[p], w * z[p]);
                total += w;
                mx += wx;
                my += wy;
                mz += wz;
                xx += wx * x[p];
                yy += wy * y[p];
                zz += wz * z[p];
                xy += wx * y[p];
                xz += wx * z[p];
                yz += wy * z[p];
            }
            (mx, my, mz) = (mx / total, my / total, mz / total);
            xx = (xx / total) - (mx * mx);
            yy = (yy / total) - (my * my);
            zz = (zz / total) - (mz * mz);
            xy = (xy / total) - (mx * my);
            xz = (xz / total) - (mx * mz);
            yz = (yz / total) - (my * mz);
            var (cxx, cxy, cxz) = ((yy * zz) - (yz * yz), (xz * yz) - (xy * zz), (xy * yz) - (xz * yy));
            var inverse = 1 / ((xx * cxx) + (xy * cxy) + (xz * cxz));
            return new(
                mx, my, mz, xx, yy, zz, xy, xz, yz,
                cxx * inverse, ((xx * zz) - (xz * xz)) * inverse, ((xx * yy) - (xy * xy)) * inverse,
                cxy * inverse, cxz * inverse, ((xy * xz) - (xx * yz)) * inverse);
        }

        /// <summary>1 + squared Mahalanobis distance from the mean.</summary>
        public double Distance(double x, double y, double z) => Product(x, y, z, x, y, z);

        /// <summary>1 + the inner product of two points, seen from the mean, under the inverse covariance.</summary>
        public double Product(double x, double y, double z, double u, double v, double w)
        {
            var (dx, dy, dz) = (x - X, y - Y, z - Z);
            var (du, dv, dw) = (u - X, v - Y, w - Z);
            return 1 + (dx * ((InvXx * du) + (InvXy * dv) + (InvXz * dw)))
                + (dy * ((InvXy * du) + (InvYy * dv) + (InvYz * dw)))
                + (dz * ((InvXz * du) + (InvYz * dv) + (InvZz * dw)));
        }
    }
}
