namespace RadiogenomicsCloud.Core.Tests.Imaging.Structures;

/// <summary>The textbook point-in-polygon test, one voxel and one edge at a time: the naive twin of the scanline rasteriser.</summary>
internal static class EvenOddOracle
{
    /// <summary>Whether (px, py) lies inside an odd number of times; edges are half open as the rasteriser documents.</summary>
    public static bool Inside(double px, double py, IEnumerable<(double X, double Y)[]> polygons)
    {
        var inside = false;
        foreach (var polygon in polygons)
        {
            for (int a = 0, b = polygon.Length - 1; a < polygon.Length; b = a++)
            {
                var (low, high) = polygon[a].Y < polygon[b].Y ? (polygon[a], polygon[b]) : (polygon[b], polygon[a]);
                if (low.Y <= py != high.Y <= py)
                    inside ^= (py - low.Y) * (high.X - low.X) <= (px - low.X) * (high.Y - low.Y);
            }
        }
        return inside;
    }

    /// <summary>Winding number by summed angles: independent of any crossing rule, undefined on edges.</summary>
    public static int Winding(double px, double py, (double X, double Y)[] polygon)
    {
        var angle = 0.0;
        for (int a = 0, b = polygon.Length - 1; a < polygon.Length; b = a++)
        {
            var (ux, uy) = (polygon[b].X - px, polygon[b].Y - py);
            var (vx, vy) = (polygon[a].X - px, polygon[a].Y - py);
            angle += Math.Atan2((ux * vy) - (uy * vx), (ux * vx) + (uy * vy));
        }
        return (int)Math.Round(angle / (2 * Math.PI));
    }
}
