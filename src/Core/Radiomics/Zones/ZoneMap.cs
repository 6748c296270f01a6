using System.Numerics;

namespace RadiogenomicsCloud.Radiomics.Zones;

/// <summary>
/// The zones of a region: voxels of one grey level that are connected through neighbours of the same level, 26 in the volume or 8 in a
/// slice. Zones are numbered from 0 in the order in which a raster scan meets them, so those of a slice follow one another.
/// </summary>
/// <remarks>
/// One raster scan with union–find. A voxel looks at those of its neighbours that the scan has passed: where one has the voxel's level
/// it takes its label, where several have that are not one zone already, their labels become one set. Time is all but linear in the
/// voxels of the box; memory is one integer a voxel of the box and three a label.
/// </remarks>
internal sealed class ZoneMap
{
    private readonly LevelBox region;
    private readonly int[] labels;
    private readonly int[] zoneOfLabel;
    private readonly int[] firstZone;

    private ZoneMap(LevelBox region, int[] labels, int[] zoneOfLabel, ushort[] codes, int[] sizes, int[] firstZone)
    {
        this.region = region;
        this.labels = labels;
        this.zoneOfLabel = zoneOfLabel;
        this.firstZone = firstZone;
        Codes = codes;
        Sizes = sizes;
    }

    /// <summary>Renumbered level of each zone, as in <see cref="LevelBox.Codes"/>.</summary>
    public ushort[] Codes { get; }

    /// <summary>Voxels of each zone.</summary>
    public int[] Sizes { get; }

    public int Count => Sizes.Length;

    /// <summary>Number of slices of the box, or 1 where zones reach through slices.</summary>
    public int PartCount => firstZone.Length - 1;

    /// <summary>The zones of a slice of the box, or of the volume.</summary>
    public Range Part(int part) => firstZone[part]..firstZone[part + 1];

    /// <summary>Zones that reach through slices (26-connected).</summary>
    public static ZoneMap InVolume(LevelBox region) => Of(region, inVolume: true);

    /// <summary>Zones within slices (8-connected).</summary>
    public static ZoneMap InSlices(LevelBox region) => Of(region, inVolume: false);

    /// <summary>The least distance to the region's edge among the voxels of each zone.</summary>
    public int[] LeastOf(EdgeDistances distances)
    {
        var least = new int[Count];
        Array.Fill(least, int.MaxValue);
        for (var k = 0; k < region.CountK; k++)
        {
            for (var j = 0; j < region.CountJ; j++)
            {
                var label = labels.AsSpan(region.RowStart(j, k), region.CountI);
                var distance = distances.Row(region.StartI, region.StartJ + j, region.StartK + k, region.CountI);
                for (var i = 0; i < label.Length; i++)
                {
                    if (label[i] == 0)
                        continue;
                    ref var zone = ref least[zoneOfLabel[label[i]]];
                    zone = Math.Min(zone, distance[i]);
                }
            }
        }
        return least;
    }

    private static ZoneMap Of(LevelBox region, bool inVolume)
    {
        var labels = new int[region.Codes.Length];
        var sets = new LabelSets();
        var neighbours = new ScannedNeighbours(region, inVolume);
        var firstLabel = new int[inVolume ? 1 : region.CountK];
        for (var k = 0; k < region.CountK; k++)
        {
            if (!inVolume || k == 0)
                firstLabel[k] = sets.Count;
            for (var j = 0; j < region.CountJ; j++)
                LabelRow(region.Codes, labels, region.RowStart(j, k), neighbours, sets);
        }
        return Numbered(region, labels, sets, firstLabel);
    }

    private static void LabelRow(ushort[] codes, int[] labels, int start, ScannedNeighbours neighbours, LabelSets sets)
    {
        var matches = neighbours.Match(start);
        var (offsets, representatives) = (neighbours.Offsets, neighbours.Representatives);
        for (var i = 0; i < matches.Length; i++)
        {
            var v = start + i;
            if (codes[v] == 0)
                continue;
            uint same = representatives[matches[i]];
            if (same == 0)
            {
                labels[v] = sets.Add(codes[v]);
                continue;
            }
            var label = labels[v + offsets[BitOperations.TrailingZeroCount(same)]];
            for (same &= same - 1; same != 0; same &= same - 1)
                sets.Unite(label, labels[v + offsets[BitOperations.TrailingZeroCount(same)]]);
            labels[v] = sets.Extend(label);
        }
    }

    private static ZoneMap Numbered(LevelBox region, int[] labels, LabelSets sets, int[] firstLabel)
    {
        var zoneOfLabel = new int[sets.Count];
        var codes = new List<ushort>();
        var sizes = new List<int>();
        var firstZone = new int[firstLabel.Length + 1];
        var part = 0;
        for (var label = 1; label < zoneOfLabel.Length; label++)
        {
            for (; part < firstLabel.Length && firstLabel[part] <= label; part++)
                firstZone[part] = codes.Count;
            // A set's root is its lowest label, which has been numbered before the others come.
            var root = sets.Root(label);
            if (root == label)
            {
                zoneOfLabel[label] = codes.Count;
                codes.Add(sets.CodeOf(label));
                sizes.Add(sets.SizeOf(label));
            }
            else
            {
                zoneOfLabel[label] = zoneOfLabel[root];
                sizes[zoneOfLabel[root]] += sets.SizeOf(label);
            }
        }
        Array.Fill(firstZone, codes.Count, part, firstZone.Length - part);
        return new(region, labels, zoneOfLabel, [.. codes], [.. sizes], firstZone);
    }
}
