namespace RadiogenomicsCloud.Imaging.Structures;

/// <summary>A region that an <see cref="RoiObject"/> holds.</summary>
/// <param name="Number">ROI Number or Segment Number: its key inside the object.</param>
/// <param name="HasContent">Whether there is a contour or frame of it.</param>
internal sealed record RoiEntry(int Number, string Name, bool HasContent)
{
    /// <summary>The region's own frame of reference, where the object states one for each.</summary>
    public string? FrameOfReferenceUid { get; init; }

    /// <summary>The images under this region's contours, where the object names them.</summary>
    public IReadOnlyList<string> SopUids { get; init; } = [];
}

/// <summary>What RT structure sets and segmentations have in common: named regions and what they were drawn on.</summary>
/// <param name="File">For messages.</param>
/// <param name="Kind">"structure set" or "segmentation".</param>
/// <param name="SeriesUids">Series Instance UIDs that it says it was drawn on.</param>
/// <param name="SopUids">SOP Instance UIDs of the images that it says it was drawn on.</param>
internal abstract record RoiObject(
    string File, string Kind, string? PatientId, string? FrameOfReferenceUid,
    IReadOnlyList<string> SeriesUids, IReadOnlyList<string> SopUids, IReadOnlyList<RoiEntry> Rois)
{
    /// <summary>How far its contours or frames lie off the places that they may have on the grid, at worst, in voxels; 0 if it has
    /// none.</summary>
    public abstract double OffPlanes(GridGeometry grid);

    /// <summary>The largest <see cref="OffPlanes"/> of an object that shares the planes of a grid.</summary>
    public abstract double PlaneTolerance { get; }

    public bool LiesOn(GridGeometry grid) => OffPlanes(grid) <= PlaneTolerance;

    /// <summary>Sets the region's voxels in <paramref name="mask"/> (linear order of the grid), adding what had to be left out to the
    /// warnings.</summary>
    public abstract void Set(RoiEntry roi, GridGeometry grid, Span<byte> mask, List<string> warnings, CancellationToken cancel);
}
