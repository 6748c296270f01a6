using RadiogenomicsCloud.Core.Tests.Radiomics.Zones;
using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.Glszm;

/// <summary>The size zone features letter by letter after the manual: flood fill, full matrices.</summary>
internal static class NaiveGlszm
{
    private static readonly string[] Names =
    [
        "sze", "lze", "lgze", "hgze", "szlge", "szhge", "lzlge", "lzhge", "glnu", "glnu_norm", "zsnu", "zsnu_norm", "z_perc", "gl_var",
        "zs_var", "zs_entr",
    ];

    /// <summary>All features by tag; none where no voxel has a level.</summary>
    public static Dictionary<string, double> Compute(DiscretisedRegion region) =>
        NaiveZones.Compute(region, "szm_", Names, (voxels, _) => voxels.Count);
}
