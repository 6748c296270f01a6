using System.Globalization;

namespace RadiogenomicsCloud.Imaging.Dicom;

/// <summary>What PET headers must hold for SUV, and where vendors put it.</summary>
internal static class PetTags
{
    /// <summary>A number that must be there and positive: the error names the tag and says what for.</summary>
    public static double Positive(DicomDataset data, DicomTag tag, string why)
    {
        var value = data.GetDouble(tag) ?? throw Missing(data.File, tag, why);
        return value > 0
            ? value
            : throw new BadInputException("suv.missing",
                $"{data.File}: {tag} is {value.ToString("R", CultureInfo.InvariantCulture)}; a positive value is needed {why}.", data.File);
    }

    public static BadInputException Missing(string file, DicomTag tag, string why) =>
        new("suv.missing", $"{file} lacks {tag}, which is needed {why}.", file);

    /// <summary>The element of a private block (PS3.5 section 7.8.1), wherever its creator reserved it.</summary>
    public static DicomTag? Private(DicomDataset data, ushort group, string creator, byte element)
    {
        foreach (var tag in data.Tags)
        {
            if (tag.Group == group && tag.Element is >= 0x10 and <= 0xFF && data.GetString(tag) == creator)
                return new(group, (ushort)((tag.Element << 8) | element));
        }
        return null;
    }
}
