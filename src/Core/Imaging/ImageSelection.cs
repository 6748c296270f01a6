namespace RadiogenomicsCloud.Imaging;

/// <summary>Which series and which region of a case an imaging entry of the study means.</summary>
/// <param name="Modality"><c>CT</c>, <c>MR</c> or <c>PT</c> (DICOM 0008,0060); null takes the only image there is.</param>
/// <param name="Description">Series Description (0008,103E), a name or <c>/regular expression/</c>; null where the modality is enough. For NIfTI: the image's file name without extension.</param>
/// <param name="Roi">ROI name or <c>/regular expression/</c>; null takes the only ROI there is.</param>
/// <param name="Union">Whether several matching ROIs are joined; otherwise two matches are an error.</param>
public sealed record ImageSelection(string? Modality, string? Description, string? Roi, bool Union = false);

/// <summary>One image of a case with its region of interest on the same grid.</summary>
/// <param name="Roi">Names of the ROIs that the mask was made of.</param>
/// <param name="Source">Series instance UID, or the NIfTI file's name.</param>
/// <param name="Warnings">Findings that do not forbid the analysis, one sentence each.</param>
public sealed record ImportedImage(
    Volume Image, Mask Mask, string Modality, IReadOnlyList<string> Roi, string Source, IReadOnlyList<string> Warnings);
