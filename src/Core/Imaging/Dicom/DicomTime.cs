using System.Globalization;

namespace RadiogenomicsCloud.Imaging.Dicom;

/// <summary>DA, TM and DT values (PS3.5 section 6.2), with the forms of ACR-NEMA that old files have.</summary>
internal static class DicomTime
{
    /// <summary>Stands where a date was removed: all dates of a file are then this one, and differences of times still hold.</summary>
    private static readonly DateTime NoDate = new(1900, 1, 1);

    /// <summary>A date and a time from two attributes; null where the time is absent.</summary>
    public static DateTime? Of(DicomDataset data, DicomTag dateTag, DicomTag timeTag) =>
        TimeOfDay(data, timeTag) is { } time ? (Date(data, dateTag) ?? NoDate) + time : null;

    public static DateTime? Date(DicomDataset data, DicomTag tag)
    {
        if (data.GetString(tag) is not { } text)
            return null;
        var digits = text.Replace(".", "", StringComparison.Ordinal);
        return DateTime.TryParseExact(digits, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && IsPlausible(date)
            ? date
            : throw DicomErrors.Value(data.File, tag, "is not a date (YYYYMMDD)");
    }

    public static TimeSpan? TimeOfDay(DicomDataset data, DicomTag tag) =>
        data.GetString(tag) is { } text
            ? ParseTime(text.Replace(":", "", StringComparison.Ordinal)) ?? throw DicomErrors.Value(data.File, tag, "is not a time (HHMMSS.FFFFFF)")
            : null;

    /// <summary>
    /// A DT value in the local time of the data set: a UTC offset in the value is used where the data set states its own
    /// (0008,0201), else left aside, as both then come from one clock.
    /// </summary>
    public static DateTime? DateAndTime(DicomDataset data, DicomTag tag, DicomDataset root)
    {
        if (data.GetString(tag) is not { } text)
            return null;
        var sign = text.LastIndexOfAny(['+', '-']);
        var own = sign >= 0 ? Offset(text[sign..]) : null;
        var body = sign >= 0 ? text[..sign] : text;
        if (body.Length < 8 || (sign >= 0 && own is null)
            || !DateTime.TryParseExact(body[..8], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            || !IsPlausible(date)
            || ParseTime(body.Length > 8 ? body[8..] : "00") is not { } time)
            throw DicomErrors.Value(data.File, tag, "is not a date and time (YYYYMMDDHHMMSS.FFFFFF)");
        var local = root.GetString(DicomTags.TimezoneOffsetFromUtc) is { } zone ? Offset(zone) : null;
        return own is { } from && local is { } to ? date + time - from + to : date + time;
    }

    /// <summary>Far enough from the ends of the calendar for any arithmetic that is done here.</summary>
    private static bool IsPlausible(DateTime date) => date.Year is >= 1800 and <= 9000;

    private static TimeSpan? Offset(string text) =>
        text.Length == 5 && text[0] is '+' or '-'
        && int.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var hhmm) && hhmm % 100 < 60 && hhmm <= 1400
            ? new TimeSpan(hhmm / 100, hhmm % 100, 0) * (text[0] == '-' ? -1 : 1)
            : null;

    private static TimeSpan? ParseTime(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? text : text[..point];
        if (whole.Length is not (2 or 4 or 6) || !int.TryParse(whole.PadRight(6, '0'), NumberStyles.None, CultureInfo.InvariantCulture, out var hhmmss))
            return null;
        var fraction = 0.0;
        if (point >= 0 && text.Length > point + 1
            && !double.TryParse("0" + text[point..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out fraction))
            return null;
        // 60 seconds is a leap second.
        return hhmmss / 10000 < 24 && hhmmss / 100 % 100 < 60 && hhmmss % 100 <= 60
            ? new TimeSpan(hhmmss / 10000, hhmmss / 100 % 100, hhmmss % 100) + TimeSpan.FromSeconds(fraction)
            : null;
    }
}
