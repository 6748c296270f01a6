namespace RadiogenomicsCloud.Radiomics.Intensity;

/// <summary>
/// A power of two that brings intensities whose squares would overflow or vanish to where they do neither. Dividing by it is exact.
/// Ordinary intensities (2⁻⁴⁰⁰ to 2⁴⁰⁰) are left as they are.
/// </summary>
/// <param name="Exponent">Scaled intensities are 2^−Exponent times the given ones.</param>
internal readonly record struct IntensityScale(int Exponent)
{
    private const int Ordinary = 400;

    public bool IsOne => Exponent == 0;

    /// <param name="largest">The largest absolute intensity, finite.</param>
    public static IntensityScale For(double largest)
    {
        if (largest == 0)
            return default;
        var exponent = Math.ILogB(largest);
        // Huge ones only as far as needed, so that small ones beside them do not vanish.
        return new(exponent > Ordinary ? exponent - Ordinary : exponent < -Ordinary ? exponent : 0);
    }

    public double Down(double value) => Math.ScaleB(value, -Exponent);

    /// <summary>A result in the given intensities' unit to the <paramref name="power"/>; NaN where a double cannot tell it from 0, infinite where it is too large.</summary>
    public double Up(double value, int power)
    {
        var scaled = Math.ScaleB(value, power * Exponent);
        return scaled == 0 && value != 0 ? double.NaN : scaled;
    }
}
