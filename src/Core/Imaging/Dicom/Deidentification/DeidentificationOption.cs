using System.Text.RegularExpressions;

namespace RadiogenomicsCloud.Imaging.Dicom.Deidentification;

/// <summary>The profile and its options, by their codes in PS3.16 CID 7050.</summary>
internal static partial class DeidentificationOption
{
    public const int BasicProfile = 113100;
    public const int CleanPixelData = 113101;
    public const int CleanRecognizableVisualFeatures = 113102;
    public const int RetainSafePrivate = 113111;

    private const int Last = 113112;

    /// <summary>What a file declares: the codes of (0012,0064), and those that the text of (0012,0063) names.</summary>
    public static HashSet<int> Declared(DicomDataset data)
    {
        var codes = data.GetSequence(DeidentificationTags.DeidentificationMethodCodeSequence)
            .Select(item => item.GetString(DicomTags.CodeValue) ?? "")
            .Concat(data.GetStrings(DeidentificationTags.DeidentificationMethod).SelectMany(text => Code().Matches(text).Select(m => m.Value)));
        return [.. codes.Select(code => int.TryParse(code, out var number) ? number : 0).Where(number => number is >= BasicProfile and <= Last)];
    }

    /// <summary>All options: what a file that has no place to declare them is held to.</summary>
    public static HashSet<int> All() => [.. Enumerable.Range(BasicProfile, Last - BasicProfile + 1)];

    [GeneratedRegex(@"\b1131(0[0-9]|1[0-2])\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();
}
