using System.Globalization;
using RadiogenomicsCloud.Imaging.Dicom;

namespace RadiogenomicsCloud.Imaging.Structures;

/// <summary>The ROIs of a case that a selection means on one image.</summary>
internal sealed record FoundRois(IReadOnlyList<(RoiObject Object, RoiEntry Roi)> Rois, IReadOnlyList<string> Warnings)
{
    public IReadOnlyList<string> Names => [.. Rois.Select(r => r.Roi.Name)];

    /// <summary>The ROIs, joined, on a grid.</summary>
    /// <exception cref="BadInputException"><c>roi.empty</c>: no voxel centre is inside; and what the objects throw.</exception>
    public Mask ToMask(GridGeometry grid, List<string> warnings, CancellationToken cancel)
    {
        var values = new byte[grid.VoxelCount];
        var leftOut = new List<string>();
        foreach (var (source, roi) in Rois)
            source.Set(roi, grid, values, leftOut, cancel);
        var mask = new Mask(grid, values);
        if (mask.Count() == 0)
            throw Empty(string.Join("', '", Names), Rois[0].Object, leftOut.Count > 0 ? $": {leftOut[^1]}" : ".");
        warnings.AddRange(leftOut);
        return mask;
    }

    internal static BadInputException Empty(string roi, RoiObject source, string end = ".") =>
        new("roi.empty", $"ROI '{roi}' of '{source.File}' holds no voxel of the image{end}", source.File);
}

/// <summary>Finds the ROIs that a selection names among the structure sets and segmentations of a case.</summary>
internal static class RoiFinder
{
    /// <param name="image">The series that the ROI must have been drawn on; null for an image that is not DICOM: planes alone
    /// decide.</param>
    /// <param name="series">All series of the case.</param>
    /// <param name="masks">The files to look in.</param>
    /// <exception cref="BadInputException">
    /// <c>roi.none</c>, <c>roi.other-patient</c>, <c>roi.ambiguous-series</c>, <c>roi.other-series</c>, <c>roi.not-found</c>, <c>roi.several</c>, <c>roi.empty</c>,
    /// <c>mask.space</c>.
    /// </exception>
    public static FoundRois Find(
        ImageInventory masks, IReadOnlyList<DicomSeries> series, DicomSeries? image, GridGeometry grid, ImageSelection selection)
    {
        var objects = new List<RoiObject>();
        var warnings = new List<string>();
        BadInputException? broken = null;
        var reads = masks.StructureSets.Select<DicomFile, Func<RoiObject>>(f => () => RtStructureSet.Read(f.Dataset))
            .Concat(masks.Segmentations.Select<DicomFile, Func<RoiObject>>(f => () => SegmentationObject.Read(f)));
        foreach (var read in reads)
        {
            try
            {
                objects.Add(read());
            }
            catch (BadInputException e)
            {
                // It matters only if the ROI is found nowhere else.
                broken ??= e;
                warnings.Add(e.Message);
            }
        }
        if (objects.Count == 0 && broken is not null)
            throw broken;
        if (objects.Count == 0)
        {
            var reason = masks.Unreadable.Count > 0 ? $"; {masks.Unreadable[0].Reason}" : ".";
            throw new BadInputException("roi.none", $"There is no structure set, segmentation or NIfTI mask with the image{reason}");
        }

        var matched = new List<RoiObject>();
        var elsewhere = new List<(RoiObject Object, RoiEntry Roi)>();
        var rejected = new List<(RoiObject Object, RoiMatchKind Kind)>();
        foreach (var candidate in objects)
        {
            var match = image is null
                ? new RoiSeriesMatch(candidate.LiesOn(grid) ? RoiMatchKind.Matched : RoiMatchKind.NoPlanes, [])
                : RoiSeriesMatch.Of(candidate, image, series);
            if (match.Kind == RoiMatchKind.Matched)
            {
                matched.Add(candidate);
                warnings.AddRange(match.Warnings);
                if (match.OnSeveralSeries)
                    elsewhere.AddRange(candidate.Rois.Where(r => r.HasContent && !RoiSeriesMatch.IsOn(r, image!, series)).Select(r => (candidate, r)));
            }
            else
                rejected.Add((candidate, match.Kind));
        }
        if (matched.Count == 0)
            throw broken ?? NoneMatched(rejected, grid);
        foreach (var (foreign, _) in rejected.Where(r => r.Kind == RoiMatchKind.OtherPatient))
            warnings.Add($"The {foreign.Kind} '{foreign.File}' belongs to another patient or frame of reference and was set aside.");
        return new FoundRois(Select(matched, elsewhere, selection), warnings);
    }

    private static List<(RoiObject Object, RoiEntry Roi)> Select(
        List<RoiObject> objects, List<(RoiObject Object, RoiEntry Roi)> elsewhere, ImageSelection selection)
    {
        var all = objects.SelectMany(o => o.Rois.Select(r => (Object: o, Roi: r))).Except(elsewhere).ToList();
        var named = all;
        if (selection.Roi is { } wanted)
        {
            var pattern = new NamePattern(wanted);
            named = [.. all.Where(r => pattern.Matches(r.Roi.Name))];
            if (named.Count == 0 && elsewhere.FirstOrDefault(r => pattern.Matches(r.Roi.Name)) is ({ } source, { } other))
            {
                throw new BadInputException("roi.other-series",
                    $"ROI '{other.Name}' of '{source.File}' was drawn on another series than the chosen one.", source.File);
            }
            if (named.Count == 0)
            {
                var there = all.Count == 0 ? "it has none" : $"there are {Names(all, objects.Count > 1)}";
                throw new BadInputException("roi.not-found",
                    $"No ROI of '{objects[0].File}' is named {pattern}; {there}.", objects[0].File);
            }
        }
        // Templates leave ROIs without a contour behind: they are no second match, and no first.
        var drawn = named.Where(r => r.Roi.HasContent).ToList();
        if (drawn.Count == 0)
        {
            throw named.Count > 0
                ? FoundRois.Empty(named[0].Roi.Name, named[0].Object, ": it has no contour.")
                : new BadInputException("roi.none", $"The {objects[0].Kind} '{objects[0].File}' has no ROI.", objects[0].File);
        }
        if (drawn.Count > 1 && !selection.Union)
        {
            throw new BadInputException(
                "roi.several",
                $"{drawn.Count} ROIs {(selection.Roi is null ? "are there" : $"match {new NamePattern(selection.Roi)}")}: "
                + $"{Names(drawn, objects.Count > 1)}; name one, or set union: true to join them.",
                objects[0].File);
        }
        return drawn;
    }

    private static BadInputException NoneMatched(List<(RoiObject Object, RoiMatchKind Kind)> rejected, GridGeometry grid)
    {
        var (first, kind) = rejected.MinBy(r => r.Kind switch
        {
            RoiMatchKind.Ambiguous => 0,
            RoiMatchKind.OtherPatient => 1,
            RoiMatchKind.NoPlanes => 2,
            _ => 3,
        });
        return kind switch
        {
            RoiMatchKind.Ambiguous => new BadInputException(
                "roi.ambiguous-series",
                $"The {first.Kind} '{first.File}' names no series that is there, and several share its frame of reference and planes; "
                + "keep only the one that it was drawn on.",
                first.File),
            RoiMatchKind.OtherPatient => new BadInputException(
                "roi.other-patient",
                $"The {first.Kind} '{first.File}' belongs to another patient than the image (other Patient ID, or none of its references "
                + "is there and its frame of reference differs); put the right one in its place.",
                first.File),
            RoiMatchKind.NoPlanes => new BadInputException(
                "mask.space",
                $"The {first.Kind} '{first.File}' and the image do not share a space: its contours or frames lie "
                + $"{Off(first.OffPlanes(grid))} off the image's where {Off(first.PlaneTolerance)} is allowed.",
                first.File),
            _ => new BadInputException(
                "roi.none",
                $"No structure set or segmentation was drawn on the chosen series; "
                + $"{Names([.. rejected.SelectMany(r => r.Object.Rois.Select(roi => (r.Object, roi)))], true)} are on other series.",
                first.File),
        };
    }

    private static string Off(double voxels) => double.IsFinite(voxels)
        ? string.Create(CultureInfo.InvariantCulture, $"{voxels:0.###} slices or voxels")
        : "in other rows and columns";

    private static string Names(List<(RoiObject Object, RoiEntry Roi)> rois, bool withFile) =>
        Listing.Of([.. rois.Select(r => withFile ? $"'{r.Roi.Name}' ({r.Object.File})" : $"'{r.Roi.Name}'")]);
}
