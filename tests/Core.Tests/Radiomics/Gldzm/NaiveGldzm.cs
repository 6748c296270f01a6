using RadiogenomicsCloud.Core.Tests.Radiomics.Zones;
using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Core.Tests.Radiomics.Gldzm;

/// <summary>The distance zone features letter by letter after the manual: flood fill, and the distance to every position outside.</summary>
internal static class NaiveGldzm
{
    private static readonly string[] Names =
    [
        "sde", "lde", "lgze", "hgze", "sdlge", "sdhge", "ldlge", "ldhge", "glnu", "glnu_norm", "zdnu", "zdnu_norm", "z_perc", "gl_var",
        "zd_var", "zd_entr",
    ];

    /// <summary>All features by tag; none where no voxel has a level.</summary>
    public static Dictionary<string, double> Compute(DiscretisedRegion region, Mask morphology) =>
        NaiveZones.Compute(
            region, "dzm_", Names, (voxels, inVolume) => voxels.Min(v => Distance(morphology, v.I, v.J, v.K, inVolume)));

    /// <summary>The least number of steps along the axes to a position outside the mask, which is any outside the image as well.</summary>
    public static int Distance(Mask mask, int i, int j, int k, bool inVolume)
    {
        var least = int.MaxValue;
        for (var z = inVolume ? -1 : k; z <= (inVolume ? mask.Grid.CountK : k); z++)
        {
            for (var y = -1; y <= mask.Grid.CountJ; y++)
            {
                for (var x = -1; x <= mask.Grid.CountI; x++)
                {
                    if (!Inside(x, y, z))
                        least = Math.Min(least, Math.Abs(x - i) + Math.Abs(y - j) + Math.Abs(z - k));
                }
            }
        }
        return least;

        bool Inside(int x, int y, int z) =>
            x >= 0 && y >= 0 && z >= 0 && x < mask.Grid.CountI && y < mask.Grid.CountJ && z < mask.Grid.CountK && mask[x, y, z];
    }
}
