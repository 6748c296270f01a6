using RadiogenomicsCloud.Imaging.Dicom;

namespace RadiogenomicsCloud.Imaging.Structures;

/// <summary>Why a structure set or segmentation is, or is not, that of a series.</summary>
internal enum RoiMatchKind
{
    Matched,

    /// <summary>It was drawn on another series of the case.</summary>
    OtherSeries,

    /// <summary>Another Patient ID, or no reference that resolves and another frame of reference.</summary>
    OtherPatient,

    /// <summary>No reference resolves, and several series share frame of reference and planes.</summary>
    Ambiguous,

    /// <summary>No reference resolves, and its planes are not those of a series of its frame of reference.</summary>
    NoPlanes,
}

/// <summary>
/// Decides whether an object was drawn on a series: by the referenced series UID; else by the SOP instance UIDs of the images under the
/// contours or frames; else if the series is the only one that shares frame of reference and planes with it.
/// </summary>
internal sealed record RoiSeriesMatch(RoiMatchKind Kind, IReadOnlyList<string> Warnings)
{
    /// <summary>The object was drawn on several series of the case, of which the matched one is one: each region has its own.</summary>
    public bool OnSeveralSeries { get; private init; }

    public static RoiSeriesMatch Of(RoiObject roi, DicomSeries image, IReadOnlyList<DicomSeries> all)
    {
        if (roi.PatientId is { } id && image.PatientId is { } patient && id != patient)
            return new(RoiMatchKind.OtherPatient, []);

        var warnings = new List<string>();
        var bySop = new HashSet<string>(StringComparer.Ordinal);
        var resolved = 0;
        if (roi.SopUids.Count > 0)
        {
            var seriesOfSop = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var series in all)
            {
                foreach (var instance in series.Instances)
                    seriesOfSop[instance.SopInstanceUid] = series.SeriesInstanceUid;
            }
            foreach (var sop in roi.SopUids)
            {
                if (!seriesOfSop.TryGetValue(sop, out var series))
                    continue;
                resolved++;
                bySop.Add(series);
            }
            if (resolved < roi.SopUids.Count)
            {
                var missing = resolved == 0 ? "none is there" : $"{roi.SopUids.Count - resolved} are not there";
                warnings.Add($"The {roi.Kind} '{roi.File}' refers to images by SOP Instance UID, of which {missing}.");
            }
        }

        var bySeries = all.Where(s => roi.SeriesUids.Contains(s.SeriesInstanceUid)).Select(s => s.SeriesInstanceUid).ToHashSet(StringComparer.Ordinal);
        // A structure set that names several series, a registered pair say, was drawn on the one whose images its contours name.
        if (bySeries.Count > 1 && bySeries.Overlaps(bySop))
            bySeries.IntersectWith(bySop);
        var drawnOn = bySeries.Count > 0 ? bySeries : bySop;
        if (drawnOn.Count > 0)
        {
            if (!drawnOn.Contains(image.SeriesInstanceUid))
                return new(RoiMatchKind.OtherSeries, []);
            if (roi.FrameOfReferenceUid is { } frame && image.FrameOfReferenceUid is { } ofImage && frame != ofImage)
                warnings.Add($"The {roi.Kind} '{roi.File}' refers to the series but states another frame of reference; check that its "
                    + "contours lie where they should.");
            return new(RoiMatchKind.Matched, warnings) { OnSeveralSeries = drawnOn.Count > 1 };
        }

        if (roi.FrameOfReferenceUid is null || roi.FrameOfReferenceUid != image.FrameOfReferenceUid)
        {
            return new(
                all.Any(s => s.FrameOfReferenceUid is not null && s.FrameOfReferenceUid == roi.FrameOfReferenceUid) ? RoiMatchKind.OtherSeries : RoiMatchKind.OtherPatient,
                []);
        }
        if (!LiesOn(roi, image))
            return new(RoiMatchKind.NoPlanes, []);
        if (all.Any(s => s.SeriesInstanceUid != image.SeriesInstanceUid && s.FrameOfReferenceUid == roi.FrameOfReferenceUid && LiesOn(roi, s)))
            return new(RoiMatchKind.Ambiguous, []);
        warnings.Add($"The {roi.Kind} '{roi.File}' names no series that is there; it was taken for this one, the only one that shares its "
            + "frame of reference and planes.");
        return new(RoiMatchKind.Matched, warnings);
    }

    /// <summary>
    /// Whether one region of an object that was drawn on several series, a registered pair say, can be of this one. Not so if its images
    /// are in the case and none of them is in this series, or if its frame of reference is that of another series and not of this.
    /// </summary>
    public static bool IsOn(RoiEntry roi, DicomSeries image, IReadOnlyList<DicomSeries> all)
    {
        var wanted = roi.SopUids.ToHashSet(StringComparer.Ordinal);
        var drawnOn = all.Where(s => s.Instances.Any(i => wanted.Contains(i.SopInstanceUid))).ToList();
        if (drawnOn.Count > 0)
            return drawnOn.Contains(image);
        return roi.FrameOfReferenceUid is not { } frame || image.FrameOfReferenceUid is null || frame == image.FrameOfReferenceUid
            || !all.Any(s => s.FrameOfReferenceUid == frame);
    }

    private static bool LiesOn(RoiObject roi, DicomSeries series)
    {
        try
        {
            return roi.LiesOn(SeriesVolumeReader.Geometry(series));
        }
        catch (BadInputException)
        {
            // A series without a regular grid has no planes to share, and contours that cannot be read lie on none.
            return false;
        }
    }
}
