using System.Globalization;

namespace RadiogenomicsCloud.Imaging.Dicom;

/// <summary>
/// The time that the activities of a PET series are corrected to, and that since the injection: after the pseudo-code of the QIBA
/// FDG-PET profile ("vendor-neutral pseudo-code for SUV calculation").
/// </summary>
internal static class PetTiming
{
    /// <summary>An injection this many half-lives before the scan is a wrong date, not a scan.</summary>
    private const double MostHalfLives = 10;

    /// <summary>
    /// Start of the scan, to which decay correction START refers: the series time, unless it is later than the first acquisition
    /// (a reprocessed series). Then the private scan time of GE; else, from Frame Reference Time, the acquisition time minus that plus
    /// the time within the frame at which the average count rate is met, ln(λT / (1 − e^(−λT))) / λ; else the acquisition time.
    /// </summary>
    public static DateTime ScanStart(IReadOnlyList<DicomDataset> headers, double halfLife, List<string> warnings)
    {
        DateTime? series = null, acquired = null;
        var first = headers[0];
        foreach (var header in headers)
        {
            if (DicomTime.Of(header, DicomTags.SeriesDate, DicomTags.SeriesTime) is { } s && !(s >= series))
                series = s;
            var a = DicomTime.Of(header, DicomTags.AcquisitionDate, DicomTags.AcquisitionTime)
                ?? DicomTime.DateAndTime(header, DicomTags.AcquisitionDateTime, header);
            if (a is { } at && !(at >= acquired))
                (acquired, first) = (at, header);
        }
        if (series is { } start && !(start > acquired))
            return start;
        if (acquired is not { } earliest)
            throw PetTags.Missing(first.File, DicomTags.SeriesTime, "to correct the dose for decay");
        if (PetTags.Private(first, 0x0009, "GEMS_PETD_01", 0x0D) is { } scan && DicomTime.DateAndTime(first, scan, first) is { } stated)
            return stated;
        if (first.GetDouble(DicomTags.FrameReferenceTime) is { } reference && first.GetDouble(DicomTags.ActualFrameDuration) is { } duration
            && duration > 0 && Math.Abs(reference) < 1e9 && duration < 1e9)
        {
            var lambda = Math.Log(2) / halfLife;
            var decay = lambda * duration / 1000;
            var average = Math.Log(decay / -Expm1(-decay)) / lambda;
            return earliest - TimeSpan.FromSeconds((reference / 1000) - average);
        }
        warnings.Add("The PET series time is later than its first acquisition or absent; the first acquisition time is taken as the start of the scan.");
        return earliest;
    }

    /// <summary>Seconds from injection to <paramref name="reference"/>, never negative.</summary>
    public static double SecondsSinceInjection(
        DicomDataset drug, DicomDataset header, DateTime reference, double halfLife, List<string> warnings)
    {
        var full = DicomTime.DateAndTime(drug, DicomTags.RadiopharmaceuticalStartDateTime, header);
        if (full is { } injected)
        {
            var seconds = (reference - injected).TotalSeconds;
            if (seconds >= 0 && seconds <= MostHalfLives * halfLife)
                return seconds;
        }
        var time = DicomTime.TimeOfDay(drug, DicomTags.RadiopharmaceuticalStartTime) ?? full?.TimeOfDay
            ?? throw PetTags.Missing(header.File, DicomTags.RadiopharmaceuticalStartTime, "to correct the dose for decay");
        if (full is not null)
            warnings.Add($"{DicomTags.RadiopharmaceuticalStartDateTime} does not fit the date of the scan (changed by de-identification?); only the times of day are used.");
        var elapsed = (reference.TimeOfDay - time).TotalSeconds;
        if (elapsed < 0)
        {
            elapsed += TimeSpan.FromDays(1).TotalSeconds;
            warnings.Add("The injection time of day is later than that of the scan; the injection is taken to be on the day before.");
        }
        return elapsed <= MostHalfLives * halfLife
            ? elapsed
            : throw new BadInputException("suv.time",
                $"{header.File}: {DicomTags.RadiopharmaceuticalStartTime} lies {elapsed.ToString("0", CultureInfo.InvariantCulture)} s before the scan, more than {MostHalfLives} half-lives; correct it.",
                header.File);
    }

    /// <summary>e^x − 1 without cancellation for small x, by its series.</summary>
    private static double Expm1(double x) =>
        Math.Abs(x) < 1e-5 ? x + (x * x / 2) + (x * x * x / 6) : Math.Exp(x) - 1;
}
