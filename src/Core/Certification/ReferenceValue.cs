using System.Globalization;

namespace RadiogenomicsCloud.Certification;

/// <summary>A reference value of the IBSI as it is printed, and its tolerance.</summary>
/// <param name="Printed">A plain decimal number. Three significant digits, but whole numbers such as voxel counts are printed in full.</param>
/// <param name="Tolerance">As printed; 0 where the table gives none.</param>
public sealed record ReferenceValue(string Printed, decimal Tolerance)
{
    private const int SignificantDigits = 3;

    /// <summary>Beyond it a number is no decimal, and no reference value comes near.</summary>
    private const int LargestExponent = 26;

    /// <summary><see cref="Printed"/> as a number.</summary>
    public decimal Value { get; } = decimal.Parse(Printed, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>How many significant digits a computed value is rounded to: three, or more where the table has more.</summary>
    public int Digits { get; } =
        Math.Max(SignificantDigits, Printed.Replace(".", "", StringComparison.Ordinal).Trim('-', '0').Length);

    /// <summary>
    /// A computed value rounded as the table is printed: to <see cref="Digits"/> significant digits of its exact binary value, halves away
    /// from zero. Null where it is not finite, or larger than any number that a table could hold.
    /// </summary>
    public decimal? Rounded(double computed)
    {
        if (!double.IsFinite(computed))
            return null;
        var text = computed.ToString("E28", CultureInfo.InvariantCulture);
        var at = text.IndexOf('E', StringComparison.Ordinal);
        if (int.Parse(text.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) > LargestExponent)
            return null;
        var mantissa = decimal.Parse(text.AsSpan(0, at), NumberStyles.Float, CultureInfo.InvariantCulture);
        var digits = decimal.Round(mantissa, Digits - 1, MidpointRounding.AwayFromZero).ToString(CultureInfo.InvariantCulture);
        return decimal.Parse(digits + text[at..], NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    /// <summary>The rounded value less the reference; null where there is no rounded value.</summary>
    public decimal? Difference(double computed) => Rounded(computed) - Value;

    /// <summary>Whether the rounded value lies within the tolerance of the reference, in decimal arithmetic and with no other slack.</summary>
    public bool Accepts(double computed) => Difference(computed) is { } difference && Math.Abs(difference) <= Tolerance;
}
