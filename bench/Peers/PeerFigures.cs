namespace RadiogenomicsCloud.Bench.Peers;

/// <summary>
/// What others take for the same regions: CPU milliseconds of one thread, median of five, arrays in memory, cropped to the ROI's box
/// (November 2026). Null where it was not measured or not feasible.
/// </summary>
/// <param name="PyRadiomics">All feature classes, and those without the mesh of its shape class (commit 8ed5793).</param>
/// <param name="Pictologics">All families without Moran's I and Geary's C, compiled kernels warm: the fastest peer that has all families.</param>
/// <param name="PictologicsPairs">Moran's I and Geary's C.</param>
internal sealed record PeerFigures(string Case, (double All, double WithoutShape) PyRadiomics, double Pictologics, double? PictologicsPairs, double? Mirp)
{
    private static readonly PeerFigures[] Measured =
    [
        new("STS_001 PET native, 0.25 SUV", (31, 21), 13, 110, 512),
        new("STS_001 CT native, 25 HU", (729, 217), 222, 59_330, 2_716),
        new("STS_001 MR native, 32 bins", (688, 184), 209, 58_716, null),
        new("blob 25³", (35, 20), 24, 103, 498),
        new("blob 50³", (434, 74), 138, 6_233, 1_147),
        new("blob 75³", (2_524, 218), 438, 71_107, null),
        new("blob 100³", (7_731, 486), 1_058, null, 7_485),
    ];

    /// <summary>Of this case; null where the peers were not measured on it.</summary>
    public static PeerFigures? Of(string name) => Measured.FirstOrDefault(p => p.Case == name);
}
