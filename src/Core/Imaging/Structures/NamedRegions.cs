using RadiogenomicsCloud.Imaging.Dicom;

namespace RadiogenomicsCloud.Imaging.Structures;

/// <summary>Several regions of structure sets and segmentations, each found by its own pattern.</summary>
internal sealed class NamedRegions(
    ImageInventory masks, IReadOnlyList<DicomSeries> series, DicomSeries? image, GridGeometry grid, ImageSelection selection, List<string> warnings)
{
    /// <summary>In the order of the patterns and, of one pattern, of the objects; no region comes twice.</summary>
    public IReadOnlyList<RegionSource> Find(IReadOnlyList<string> patterns)
    {
        var regions = new List<RegionSource>();
        var taken = new HashSet<(string File, int Number)>();
        foreach (var pattern in patterns)
        {
            try
            {
                var wanted = selection with { Roi = pattern == ImageRegions.All ? null : pattern, Union = true };
                var found = RoiFinder.Find(masks, series, image, grid, wanted);
                warnings.AddRange(found.Warnings);
                if (selection.Union)
                    regions.Add(RegionSource.Of(found.Names, (notes, cancel) => found.ToMask(grid, notes, cancel)));
                else
                    regions.AddRange(found.Rois.Where(r => taken.Add((r.Object.File, r.Roi.Number))).Select(r => Single(r, found)));
            }
            catch (BadInputException problem)
            {
                regions.Add(RegionSource.Failed(pattern, problem));
            }
        }
        return regions;
    }

    private RegionSource Single((RoiObject Object, RoiEntry Roi) region, FoundRois among)
    {
        var alone = new FoundRois([region], []);
        var source = RegionSource.Of(alone.Names, (notes, cancel) => alone.ToMask(grid, notes, cancel));
        // Two structure sets may each have a region of this name; rows must be told apart.
        var isShared = among.Rois.Count(r => r.Roi.Name == region.Roi.Name) > 1;
        return isShared ? source with { Name = $"{region.Roi.Name} ({region.Object.File})" } : source;
    }
}
