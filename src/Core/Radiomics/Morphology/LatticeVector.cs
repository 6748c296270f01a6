namespace RadiogenomicsCloud.Radiomics.Morphology;

/// <summary>A direction between lattice points.</summary>
internal readonly record struct LatticeVector(long X, long Y, long Z) : IComparable<LatticeVector>
{
    /// <summary>The shortest integer vector of the same direction, which is not 0.</summary>
    public static LatticeVector Shortest(long x, long y, long z)
    {
        var divisor = Gcd(Gcd(Math.Abs(x), Math.Abs(y)), Math.Abs(z));
        return new(x / divisor, y / divisor, z / divisor);
    }

    /// <summary>This or its opposite, whichever has its first non-zero component positive.</summary>
    public LatticeVector Undirected() => X < 0 || (X == 0 && (Y < 0 || (Y == 0 && Z < 0))) ? new(-X, -Y, -Z) : this;

    public int CompareTo(LatticeVector other) => (X, Y, Z).CompareTo((other.X, other.Y, other.Z));

    private static long Gcd(long a, long b)
    {
        while (b != 0)
            (a, b) = (b, a % b);
        return a;
    }
}
