using System.Text;

namespace RadiogenomicsCloud.Imaging.Dicom;

/// <summary>
/// Specific Character Set (0008,0005) to an encoding (PS3.3 section C.12.1.1.2). Where several are named, code extensions of
/// ISO 2022 are decoded where .NET can, else the first single-byte set is used: names may then show wrong letters, and nothing
/// else depends on them. Bytes that an encoding does not know become replacement characters, never errors.
/// </summary>
internal static class DicomText
{
    private static readonly EncodingProvider CodePages = CodePagesEncodingProvider.Instance;

    public static Encoding Of(IReadOnlyList<string> characterSets)
    {
        var found = Encoding.Latin1;
        foreach (var set in characterSets)
        {
            var page = CodePage(set);
            if (page is null)
                continue;
            found = Get(page.Value);
            if (page is 65001 or > 50000)
                break;
        }
        return found;
    }

    private static int? CodePage(string set) => set.Replace("ISO 2022 IR ", "ISO_IR ", StringComparison.Ordinal) switch
    {
        "ISO_IR 192" => 65001,
        "ISO_IR 100" => 28591,
        "ISO_IR 101" => 28592,
        "ISO_IR 109" => 28593,
        "ISO_IR 110" => 28594,
        "ISO_IR 144" => 28595,
        "ISO_IR 127" => 28596,
        "ISO_IR 126" => 28597,
        "ISO_IR 138" => 28598,
        "ISO_IR 148" => 28599,
        "ISO_IR 203" => 28605,
        "ISO_IR 166" => 874,
        "ISO_IR 13" => 932,
        "ISO_IR 87" or "ISO_IR 159" => 50220,
        "ISO_IR 149" => 51949,
        "ISO_IR 58" or "GBK" => 936,
        "GB18030" => 54936,
        _ => null,
    };

    private static Encoding Get(int page) => page switch
    {
        65001 => Encoding.UTF8,
        28591 => Encoding.Latin1,
        _ => CodePages.GetEncoding(page) ?? Encoding.Latin1,
    };
}
