using System.Globalization;
using RadiogenomicsCloud.Imaging.Dicom;
using RadiogenomicsCloud.Imaging.Nifti;
using RadiogenomicsCloud.Imaging.Structures;

namespace RadiogenomicsCloud.Imaging;

/// <summary>A chosen image whose grid is known and whose voxels are not read yet, with the files to look for its mask in.</summary>
internal sealed class ImageImporterCase
{
    private readonly List<string> _warnings = [];
    private readonly ImageInventory _masks;
    private readonly bool _together;
    private readonly ImageSelection _selection;
    private readonly IReadOnlyList<DicomSeries> _allSeries;
    private readonly DicomSeries? _series;
    private readonly ImageFile? _nifti;
    private readonly GridGeometry _grid;
    private Volume? _volume;

    private ImageImporterCase(
        ImageInventory images, ImageInventory masks, ImageSelection selection, DicomSeries? series, ImageFile? nifti)
    {
        (_masks, _selection, _series, _nifti, _allSeries) = (masks, selection, series, nifti, images.Series);
        _together = ReferenceEquals(images, masks);
        foreach (var inventory in new[] { images, masks }.Distinct())
        {
            _warnings.AddRange(inventory.Warnings);
            _warnings.AddRange(inventory.Unreadable.Select(u => u.Reason));
        }
        // Only that they differ is said: an identifier is not for messages.
        if (images.Series.Select(s => s.PatientId).OfType<string>().Distinct().Skip(1).Any())
            _warnings.Add($"The series of this case have different patient identifiers {DicomTags.PatientId}; make sure that they are one patient's.");
        _grid = series is not null ? SeriesVolumeReader.Geometry(series) : NiftiReader.ReadGrid(nifti!, out _);
    }

    private string Modality => _series?.Modality ?? _selection.Modality?.ToUpperInvariant() ?? "OT";

    private string Source => _series?.SeriesInstanceUid ?? _nifti!.Name;

    public static ImageImporterCase OfSeries(DicomSeries series, ImageInventory images, ImageInventory masks, ImageSelection selection) =>
        new(images, masks, selection, series, null);

    public static ImageImporterCase OfNifti(ImageFile image, ImageInventory images, ImageInventory masks, ImageSelection selection) =>
        new(images, masks, selection, null, image);

    public ImportedImage Load(CancellationToken cancel)
    {
        // The mask first: it is small, and most of what can be wrong is wrong there.
        var (mask, roi) = ReadMask(cancel);
        return Load(mask, roi, [], cancel);
    }

    /// <summary>One of several regions; the image is read for the first of them and kept.</summary>
    public ImportedImage Load(RegionSource region, CancellationToken cancel)
    {
        var warnings = new List<string>();
        var mask = region.Read(warnings, cancel);
        NoteBorder(mask, region.Roi, warnings);
        return Load(mask, region.Roi, warnings, cancel);
    }

    /// <summary>
    /// The regions that the patterns mean, each with its own mask; the selection's where there is no pattern, or, where that names none
    /// either, the label of a NIfTI mask.
    /// </summary>
    public IReadOnlyList<RegionSource> Regions(IReadOnlyList<string> patterns, int? label, CancellationToken cancel)
    {
        var mask = MaskFile();
        if (patterns.Count == 0 && label is { } value && _selection.Roi is null && mask is not null)
            patterns = [value.ToString(CultureInfo.InvariantCulture)];
        if (patterns.Count == 0)
        {
            var (read, roi) = ReadMask(cancel);
            return [RegionSource.Of(roi, (_, _) => read)];
        }
        return mask is not null
            ? new LabelRegions(mask, _grid, Source, _selection.Union).Find(patterns, cancel)
            : new NamedRegions(_masks, _allSeries, _series, _grid, _selection, _warnings).Find(patterns);
    }

    private ImportedImage Load(Mask mask, IReadOnlyList<string> roi, List<string> warnings, CancellationToken cancel)
    {
        var volume = _volume ??= ReadVolume(cancel);
        if (!volume.Grid.SharesSpaceWith(mask.Grid))
            throw LatticeMap.NotShared(string.Join(", ", roi), mask.Grid, Source, volume.Grid, volume.Grid.CornerDistanceVoxels(mask.Grid));
        return new ImportedImage(volume, new Mask(volume.Grid, mask.Values), Modality, roi, Source, [.. Warnings().Concat(warnings).Distinct()]);
    }

    public ImageCheck Check(CancellationToken cancel)
    {
        var (mask, roi) = ReadMask(cancel);
        if (_series is not null)
            _warnings.AddRange(SeriesVolumeReader.Check(_series));
        var description = _series is null ? NiftiChoice.BaseName(_nifti!.Name) : _series.Description;
        return new ImageCheck(Modality, description, Source, _grid, roi, mask.Count(), Warnings());
    }

    private string[] Warnings() => [.. _warnings.Distinct()];

    private (Mask Mask, IReadOnlyList<string> Roi) ReadMask(CancellationToken cancel)
    {
        var (mask, roi) = MaskFile() is { } file
            ? (NiftiMask.Read(file, _selection.Roi, _grid, Source, _warnings, out var name, cancel), [name])
            : ReadRois(cancel);
        NoteBorder(mask, roi, _warnings);
        return (mask, roi);
    }

    private static void NoteBorder(Mask mask, IReadOnlyList<string> roi, List<string> warnings)
    {
        if (TouchesBorder(mask))
            warnings.Add($"ROI '{string.Join("', '", roi)}' touches the border of the image; features that look at its surroundings are "
                + "less certain.");
    }

    private (Mask Mask, IReadOnlyList<string> Roi) ReadRois(CancellationToken cancel)
    {
        var found = RoiFinder.Find(_masks, _allSeries, _series, _grid, _selection);
        _warnings.AddRange(found.Warnings);
        return (found.ToMask(_grid, _warnings, cancel), found.Names);
    }

    /// <summary>The NIfTI mask to use, if it is one.</summary>
    private ImageFile? MaskFile()
    {
        var nifti = _masks.NiftiFiles;
        if (_nifti is not null && _together)
            return NiftiChoice.MaskOf(_nifti, nifti);
        if (_masks.StructureSets.Count + _masks.Segmentations.Count > 0)
            return null;
        // Given apart, a single file is the mask whatever its name; otherwise the one that is named so.
        var masks = nifti.Count == 1 && !_together ? nifti : [.. nifti.Where(NiftiChoice.IsMask)];
        return masks.Count switch
        {
            1 => masks[0],
            0 when nifti.Count == 0 || _together => null,
            0 => throw new BadInputException("roi.none",
                $"None of the {nifti.Count} NIfTI files given as mask is named '.mask.nii' or '.mask.nii.gz'; give the one file."),
            _ => throw new BadInputException("roi.several",
                $"There are {masks.Count} NIfTI masks: {Listing.Of([.. masks.Select(m => $"'{m.Name}'")])}; give one."),
        };
    }

    private Volume ReadVolume(CancellationToken cancel)
    {
        if (_series is not null)
        {
            var read = SeriesVolumeReader.Read(_series, cancel);
            _warnings.AddRange(read.Warnings);
            return read.Volume;
        }
        var unit = Modality switch
        {
            "CT" => IntensityUnit.Hounsfield,
            "PT" => IntensityUnit.SuvBodyWeight,
            _ => IntensityUnit.Arbitrary,
        };
        var volume = NiftiReader.ReadVolume(_nifti!, unit, out var notes, cancel);
        _warnings.AddRange(notes);
        if (unit == IntensityUnit.SuvBodyWeight)
            _warnings.Add($"'{_nifti!.Name}' does not state its unit; its values are taken as SUV by body weight.");
        return volume;
    }

    private static bool TouchesBorder(Mask mask)
    {
        var g = mask.Grid;
        for (var k = 0; k < g.CountK; k++)
        {
            for (var j = 0; j < g.CountJ; j++)
            {
                var whole = k == 0 || k == g.CountK - 1 || j == 0 || j == g.CountJ - 1;
                var row = mask.Values.AsSpan(g.Index(0, j, k), g.CountI);
                if (whole ? row.ContainsAnyExcept((byte)0) : (row[0] | row[^1]) != 0)
                    return true;
            }
        }
        return false;
    }
}
