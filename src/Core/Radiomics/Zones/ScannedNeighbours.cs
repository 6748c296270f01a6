using System.Numerics;
using System.Runtime.InteropServices;

namespace RadiogenomicsCloud.Radiomics.Zones;

/// <summary>
/// Those neighbours of a voxel that a raster scan has passed, 13 in the volume or 4 in a slice, and which of them have its level: one bit
/// each, found for many voxels of a row at once.
/// </summary>
internal sealed class ScannedNeighbours
{
    // The first touches all others, so that where it has the voxel's level nothing else needs to be looked at.
    private static readonly (int I, int J, int K)[] VolumeVectors =
    [
        (0, 0, -1), (0, -1, 0), (-1, 0, 0), (-1, -1, 0), (1, -1, 0),
        (0, -1, -1), (-1, 0, -1), (1, 0, -1), (0, 1, -1), (-1, -1, -1), (1, -1, -1), (-1, 1, -1), (1, 1, -1),
    ];

    private static readonly (int I, int J, int K)[] SliceVectors = [(0, -1, 0), (-1, 0, 0), (-1, -1, 0), (1, -1, 0)];

    private static readonly ushort[] VolumeRepresentatives = RepresentativesOf(VolumeVectors);

    private static readonly ushort[] SliceRepresentatives = RepresentativesOf(SliceVectors);

    private readonly ushort[] codes;
    private readonly ushort[] matches;

    public ScannedNeighbours(LevelBox region, bool inVolume)
    {
        codes = region.Codes;
        matches = new ushort[region.CountI];
        Offsets = Array.ConvertAll(
            inVolume ? VolumeVectors : SliceVectors, d => d.I + (d.J * region.StrideJ) + (d.K * region.StrideK));
        Representatives = inVolume ? VolumeRepresentatives : SliceRepresentatives;
    }

    /// <summary>Distance in <see cref="LevelBox.Codes"/> to each of the neighbours.</summary>
    public int[] Offsets { get; }

    /// <summary>
    /// For every set of neighbours that have the voxel's level, as bits: one of each group that is connected without the voxel, and hence
    /// one zone already.
    /// </summary>
    public ushort[] Representatives { get; }

    /// <summary>Bits of the neighbours that have the level of each voxel of a row; without meaning for voxels outside.</summary>
    public ReadOnlySpan<ushort> Match(int rowStart)
    {
        var row = codes.AsSpan(rowStart, matches.Length);
        var found = matches.AsSpan();
        found.Clear();
        for (var n = 0; n < Offsets.Length; n++)
            Match(row, codes.AsSpan(rowStart + Offsets[n], matches.Length), (ushort)(1 << n), found);
        return found;
    }

    private static void Match(ReadOnlySpan<ushort> row, ReadOnlySpan<ushort> neighbours, ushort bit, Span<ushort> found)
    {
        var rows = MemoryMarshal.Cast<ushort, Vector<ushort>>(row);
        var others = MemoryMarshal.Cast<ushort, Vector<ushort>>(neighbours);
        var bits = MemoryMarshal.Cast<ushort, Vector<ushort>>(found);
        var mask = new Vector<ushort>(bit);
        for (var b = 0; b < bits.Length; b++)
            bits[b] |= Vector.Equals(rows[b], others[b]) & mask;
        for (var i = bits.Length * Vector<ushort>.Count; i < found.Length; i++)
        {
            if (row[i] == neighbours[i])
                found[i] |= bit;
        }
    }

    private static ushort[] RepresentativesOf((int I, int J, int K)[] vectors)
    {
        var touching = Array.ConvertAll(vectors, a => vectors.Index().Where(b => Touch(a, b.Item)).Sum(b => 1 << b.Index));
        var representatives = new ushort[1 << vectors.Length];
        for (var set = 1; set < representatives.Length; set++)
        {
            for (var left = set; left != 0;)
            {
                var first = left & -left;
                representatives[set] |= (ushort)first;
                left &= ~Group(first, set, touching);
            }
        }
        return representatives;
    }

    /// <summary>All of a set that the first reaches through neighbours within the set.</summary>
    private static int Group(int first, int set, int[] touching)
    {
        var group = first;
        for (var pending = first; pending != 0;)
        {
            var reached = touching[BitOperations.TrailingZeroCount(pending)] & set & ~group;
            pending = (pending & (pending - 1)) | reached;
            group |= reached;
        }
        return group;
    }

    private static bool Touch((int I, int J, int K) a, (int I, int J, int K) b) =>
        Math.Abs(a.I - b.I) <= 1 && Math.Abs(a.J - b.J) <= 1 && Math.Abs(a.K - b.K) <= 1;
}
