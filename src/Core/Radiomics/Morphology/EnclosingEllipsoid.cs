using RadiogenomicsCloud.Imaging;

namespace RadiogenomicsCloud.Radiomics.Morphology;

/// <summary>
/// The ellipsoid of least volume around points (MVEE). The IBSI found no consensus on it. Here: Khachiyan's ascent with away steps
/// (Todd and Yıldırım, Discrete Appl. Math. 2007;155:1731–1744) to a relative gap of <see cref="Tolerance"/>, then scaled so that
/// every point is inside: its volume is at most (1 + Tolerance)² times the least one, its axes agree to about √Tolerance. Should the
/// ascent need more than <see cref="MaxSteps"/> steps, it stops there, with a larger gap and still around every point.
/// </summary>
internal static class EnclosingEllipsoid
{
    public const double Tolerance = 1e-9;

    private const int MaxSteps = 20_000;

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
        Array.Fill(weights, 1.0 / count);
        for (var step = 0; step < MaxSteps; step++)
        {
            var moments = Moments.Of(x, y, z, weights);
            var (most, least, mostAt, leastAt) = Extremes(moments, x, y, z, weights);
            // With n = d + 1 = 4 lifted dimensions, optimality is: all 4 or less, and 4 wherever there is weight.
            var (above, below) = ((most / 4) - 1, 1 - (least / 4));
            if (Math.Max(above, below) <= Tolerance)
                break;
            if (above >= below)
            {
                Move(weights, mostAt, (most - 4) / (4 * (most - 1)));
            }
            else
            {
                var drop = weights[leastAt] / (1 - weights[leastAt]);
                var best = least > 1 ? (4 - least) / (4 * (least - 1)) : double.PositiveInfinity;
                Move(weights, leastAt, -Math.Min(best, drop));
                if (best >= drop)
                    weights[leastAt] = 0;
            }
        }

        var final = Moments.Of(x, y, z, weights);
        var (largest, _, _, _) = Extremes(final, x, y, z, weights);
        var (major, minor, smallest) = SymmetricEigenvalues.OfPositiveSemiDefinite(final.Xx, final.Yy, final.Zz, final.Xy, final.Xz, final.Yz);
        // Lifted distance κ = 1 + squared Mahalanobis distance; the farthest point lies on the surface.
        var reach = Math.Sqrt(largest - 1) / scale;
        return new(Math.Sqrt(major) * reach, Math.Sqrt(minor) * reach, Math.Sqrt(smallest) * reach);
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

    private static void Move(double[] weights, int towards, double by)
    {
        foreach (ref var weight in weights.AsSpan())
            weight *= 1 - by;
        weights[towards] += by;
    }

    private static (double Most, double Least, int MostAt, int LeastAt) Extremes(
        Moments m, double[] x, double[] y, double[] z, double[] weights)
    {
        var (most, least, mostAt, leastAt) = (double.NegativeInfinity, double.PositiveInfinity, 0, 0);
        for (var p = 0; p < x.Length; p++)
        {
            var distance = m.Distance(x[p], y[p], z[p]);
            if (distance > most)
                (most, mostAt) = (distance, p);
            if (weights[p] > 0 && distance < least)
                (least, leastAt) = (distance, p);
        }
        return (most, least, mostAt, leastAt);
    }

    /// <summary>Weighted mean and covariance, and the inverse of the latter.</summary>
    private readonly record struct Moments(
        double X, double Y, double Z, double Xx, double Yy, double Zz, double Xy, double Xz, double Yz,
        double InvXx, double InvYy, double InvZz, double InvXy, double InvXz, double InvYz)
    {
        public static Moments Of(double[] x, double[] y, double[] z, double[] weights)
        {
            double total = 0, mx = 0, my = 0, mz = 0, xx = 0, yy = 0, zz = 0, xy = 0, xz = 0, yz = 0;
            for (var p = 0; p < x.Length; p++)
            {
                var w = weights[p];
                if (w == 0)
                    continue;
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
        public double Distance(double x, double y, double z)
        {
            var (dx, dy, dz) = (x - X, y - Y, z - Z);
            return 1 + (dx * ((InvXx * dx) + (2 * ((InvXy * dy) + (InvXz * dz)))))
                + (dy * ((InvYy * dy) + (2 * InvYz * dz))) + (InvZz * dz * dz);
        }
    }
}
