using RadiogenomicsCloud.Imaging;

namespace RadiogenomicsCloud.Certification;

/// <summary>
/// The digital phantom of IBSI 1: 5 × 4 × 4 voxels of 2 mm, 74 of them in the region of interest. Its intensities are its grey levels.
/// Source: IBSI data sets, CC BY 4.0; Zwanenburg et al., Radiology 2020;295:328–338; reference manual, "Digital phantom".
/// </summary>
public static class DigitalPhantom
{
    private const double SpacingMm = 2;

    /// <summary>Slices of constant k, in each the rows of constant j, in each the voxels by i.</summary>
    private const string Intensities =
        "14411 14611 41641 44641 " +
        "14411 11611 11311 44611 " +
        "14411 11111 11911 11611 " +
        "14411 11111 11111 11611";

    private const string Inside =
        "11111 11111 11111 11111 " +
        "11111 11111 01111 11111 " +
        "11100 11111 11011 11111 " +
        "11100 11111 11111 11111";

    private static readonly GridGeometry Grid = GridGeometry.AxisAligned(5, 4, 4, SpacingMm, SpacingMm, SpacingMm);

    /// <summary>A new volume at each call, as its values can be written to.</summary>
    public static Volume Image() => new(Grid, [.. Digits(Intensities).Select(d => (double)d)], IntensityUnit.Arbitrary);

    /// <summary>A new mask at each call.</summary>
    public static Mask Mask() => new(Grid, [.. Digits(Inside)]);

    private static IEnumerable<byte> Digits(string text) => text.Where(char.IsAsciiDigit).Select(c => (byte)(c - '0'));
}
