namespace RadiogenomicsCloud.Bench.Peers;

/// <summary>How time grows with the number of voxels n, against n log n.</summary>
internal static class Growth
{
    /// <summary>Nanoseconds per n log₂ n: falls or stays where time grows no faster.</summary>
    public static double Normalised(int voxels, double milliseconds) => milliseconds * 1e6 / (voxels * Math.Log2(voxels));

    /// <summary>The power of n log n that time grows with: the slope of the least-squares line of log t over log(n log n).</summary>
    public static double Exponent(IReadOnlyList<(int Voxels, double Milliseconds)> points)
    {
        var x = points.Select(p => Math.Log(p.Voxels * Math.Log2(p.Voxels))).ToArray();
        var y = points.Select(p => Math.Log(p.Milliseconds)).ToArray();
        var (meanX, meanY) = (x.Average(), y.Average());
        return x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / x.Sum(a => (a - meanX) * (a - meanX));
    }
}
