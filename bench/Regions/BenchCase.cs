using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Bench.Regions;

/// <summary>A region by name, made when it is asked for.</summary>
/// <param name="Load">Given the folder of the reference data; null where the case's data are absent.</param>
/// <param name="Edge">Voxels along each axis of a synthetic region; null for the others.</param>
internal sealed record BenchCase(string Name, Func<string, BenchRegion?> Load, int? Edge = null)
{
    /// <summary>All cases, in the order of the tables.</summary>
    public static IReadOnlyList<BenchCase> All { get; } =
    [
        new("STS_001 PET native, 0.25 SUV", data => ReferenceRegion.Sarcoma(data, "PT", new(DiscretiseMethod.FBS, BinWidth: 0.25))),
        new("STS_001 CT native, 25 HU", data => ReferenceRegion.Sarcoma(data, "CT", new(DiscretiseMethod.FBS, BinWidth: 25))),
        new("STS_001 MR native, 32 bins", data => ReferenceRegion.Sarcoma(data, "MR", new(DiscretiseMethod.FBN, Bins: 32))),
        .. from edge in (int[])[25, 50, 75, 100]
           select new BenchCase($"blob {edge}³", data => ReferenceRegion.Blob(data, edge)),
        .. from edge in SyntheticEdges
           select new BenchCase($"synthetic {edge}³", _ => SyntheticRegion.Create(edge), edge),
    ];

    /// <summary>Sizes on which growth is looked at.</summary>
    public static IReadOnlyList<int> SyntheticEdges => [10, 25, 50, 75, 100, 150];

    /// <summary>The case of this name.</summary>
    public static BenchCase Find(string name) =>
        All.FirstOrDefault(c => c.Name == name) ?? throw new ArgumentException($"There is no case '{name}'.", nameof(name));
}
