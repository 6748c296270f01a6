using System.Globalization;

namespace RadiogenomicsCloud.Imaging.Dicom.Deidentification;

/// <summary>
/// The attributes of the Basic Application Level Confidentiality Profile (DICOM PS3.15 Table E.1-1) that are looked at here, from the file
/// <c>basic-profile.csv</c> of this folder, which says what it leaves out.
/// </summary>
internal static class BasicProfile
{
    /// <summary>Options are written there without the digits that all codes begin with.</summary>
    private const int FirstOption = 113100;

    private static readonly Dictionary<DicomTag, ProfileAttribute> Attributes = [];
    private static readonly List<(uint Mask, uint Value, ProfileAttribute Attribute)> Repeating = [];

    static BasicProfile()
    {
        using var stream = typeof(BasicProfile).Assembly.GetManifestResourceStream("basic-profile.csv")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#' || line.StartsWith("tag,", StringComparison.Ordinal))
                continue;
            var cells = line.Split(',');
            var attribute = new ProfileAttribute(
                cells[1], cells[2],
                cells[3][0] switch { 'X' => ProfileAction.Remove, 'Z' => ProfileAction.Empty, _ => ProfileAction.Replace },
                [.. cells[4].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(o => FirstOption + int.Parse(o, CultureInfo.InvariantCulture))]);
            var value = Hex(cells[0].Replace('x', '0'));
            if (cells[0].Contains('x', StringComparison.Ordinal))
                Repeating.Add((Hex(string.Concat(cells[0].Select(c => c == 'x' ? '0' : 'F'))), value, attribute));
            else
                Attributes.Add(new((ushort)(value >> 16), (ushort)value), attribute);
        }
    }

    public static int Count => Attributes.Count + Repeating.Count;

    /// <summary>Null for an attribute that the profile leaves as it is, or that is not looked at.</summary>
    public static ProfileAttribute? Find(DicomTag tag)
    {
        if (Attributes.TryGetValue(tag, out var known))
            return known;
        var value = ((uint)tag.Group << 16) | tag.Element;
        return Repeating.FirstOrDefault(r => (value & r.Mask) == r.Value).Attribute;
    }

    private static uint Hex(string digits) => uint.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
