namespace RadiogenomicsCloud.Tables;

/// <summary>
/// A TCGA sample or aliquot barcode, <c>TCGA-XX-XXXX-SSV…</c>: the first 12 characters name the patient, SS is the sample type (01 primary
/// solid tumour, 02 recurrent, 06 metastatic, 10–14 normal), V the vial. Letter case counts.
/// </summary>
/// <remarks>https://docs.gdc.cancer.gov/Encyclopedia/pages/TCGA_Barcode/</remarks>
/// <param name="Text">The barcode as it stood.</param>
/// <param name="CaseId">Its first 12 characters.</param>
/// <param name="SampleType">0 to 99.</param>
public sealed record TumourBarcode(string Text, string CaseId, int SampleType)
{
    private const int CaseLength = 12;

    /// <summary>Sample types 01–09 are tumours; the others are normal tissue, controls and cell lines.</summary>
    public bool IsTumour => SampleType is >= 1 and <= 9;

    /// <summary>Parses a barcode that goes on past the case id; null for anything else.</summary>
    public static TumourBarcode? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length < CaseLength + 3 || !text.StartsWith("TCGA-", StringComparison.Ordinal) || text[7] != '-' || text[CaseLength] != '-')
            return null;
        for (var i = 5; i < CaseLength; i++)
            if (i != 7 && !char.IsAsciiDigit(text[i]) && !char.IsAsciiLetterUpper(text[i]))
                return null;
        var (tens, units) = (text[CaseLength + 1], text[CaseLength + 2]);
        if (!char.IsAsciiDigit(tens) || !char.IsAsciiDigit(units))
            return null;
        var rest = text.AsSpan(CaseLength + 3);
        if (rest.Length > 0 && char.IsAsciiLetterUpper(rest[0]))
            rest = rest[1..];
        if (rest.Length > 0 && rest[0] != '-')
            return null;
        return new TumourBarcode(text, text[..CaseLength], 10 * (tens - '0') + (units - '0'));
    }
}
