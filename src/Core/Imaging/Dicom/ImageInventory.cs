using System.Security.Cryptography;

namespace RadiogenomicsCloud.Imaging.Dicom;

/// <summary>
/// What a set of files holds, from their headers alone: image series by UID in any folder arrangement, structure sets,
/// segmentations, NIfTI files. A DICOM file that is broken is reported by name and held against the series it names; where it is
/// too broken to name one, against every series in its folder, or every series if its folder has none.
/// </summary>
public sealed class ImageInventory
{
    private const string StructureSetClass = "1.2.840.10008.5.1.4.1.1.481.3";
    private const string SegmentationClass = "1.2.840.10008.5.1.4.1.1.66.4";
    private const string DirectoryClass = "1.2.840.10008.1.3.10";

    private readonly List<(DicomFile File, string Uid)> _images = [];
    private readonly List<DicomFile> _structureSets = [];
    private readonly List<DicomFile> _segmentations = [];
    private readonly List<ImageFile> _nifti = [];
    private readonly List<UnreadableFile> _unreadable = [];
    private readonly List<(UnreadableFile File, string? SeriesUid)> _broken = [];
    private readonly List<string> _ignored = [];
    private readonly List<string> _notDicom = [];
    private readonly List<string> _warnings = [];
    private readonly Dictionary<string, DicomFile> _bySopUid = new(StringComparer.Ordinal);

    private ImageInventory()
    {
    }

    /// <summary>By Series Instance UID, ordinal.</summary>
    public IReadOnlyList<DicomSeries> Series { get; private set; } = [];

    /// <summary>RTSTRUCT objects, complete.</summary>
    public IReadOnlyList<DicomFile> StructureSets => _structureSets;

    /// <summary>SEG objects, headers only; read <see cref="DicomFile.Source"/> again for the pixels.</summary>
    public IReadOnlyList<DicomFile> Segmentations => _segmentations;

    /// <summary>Files named <c>*.nii</c> or <c>*.nii.gz</c>; not opened.</summary>
    public IReadOnlyList<ImageFile> NiftiFiles => _nifti;

    /// <summary>DICOM files that cannot be used, in the order of the files.</summary>
    public IReadOnlyList<UnreadableFile> Unreadable => _unreadable;

    /// <summary>Files that are neither DICOM nor NIfTI, and DICOM objects that are no images (directories, plans, reports).</summary>
    public IReadOnlyList<string> Ignored => _ignored;

    /// <summary>Findings that do not forbid the analysis, one sentence each.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Reads the headers, in the ordinal order of the names whatever the order of the list.</summary>
    public static ImageInventory Scan(IReadOnlyList<ImageFile> files, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(files);
        var inventory = new ImageInventory();
        foreach (var file in files.OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            cancel.ThrowIfCancellationRequested();
            inventory.Take(file);
        }
        inventory.JudgeOthers();
        inventory.MakeSeries();
        return inventory;
    }

    private static bool IsNifti(string name) =>
        name.EndsWith(".nii", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".nii.gz", StringComparison.OrdinalIgnoreCase);

    private void Take(ImageFile file)
    {
        var baseName = file.Name[(file.Name.LastIndexOf('/') + 1)..];
        // Resource forks of macOS carry the names of the files they belong to.
        if (baseName.StartsWith("._", StringComparison.Ordinal) || file.Name.Contains("__MACOSX/", StringComparison.Ordinal))
        {
            _ignored.Add(file.Name);
            return;
        }
        if (IsNifti(file.Name))
        {
            _nifti.Add(file);
            return;
        }
        var (dicom, problem) = DicomFile.Probe(file, PixelReading.Stop);
        if (dicom is null)
        {
            var claims = file.Name.EndsWith(".dcm", StringComparison.OrdinalIgnoreCase);
            if (claims || (file.Length == 0 && !baseName.Contains('.', StringComparison.Ordinal)))
                Report(DicomErrors.NotDicom(file.Name), null);
            else
                _notDicom.Add(file.Name);
            return;
        }
        try
        {
            if (problem is not null)
                Report(problem, dicom);
            else
                Sort(dicom);
        }
        catch (BadInputException e)
        {
            Report(e, dicom);
        }
    }

    private void Sort(DicomFile dicom)
    {
        var data = dicom.Dataset;
        var sopClass = data.GetString(DicomTags.SopClassUid) ?? dicom.Meta.GetString(DicomTags.MediaStorageSopClassUid);
        var modality = data.GetString(DicomTags.Modality);
        if (sopClass == DirectoryClass)
        {
            _ignored.Add(dicom.Name);
            return;
        }
        var sopUid = data.GetString(DicomTags.SopInstanceUid)
            ?? throw DicomErrors.Value(dicom.Name, DicomTags.SopInstanceUid, "is missing");
        if (_bySopUid.TryGetValue(sopUid, out var first))
        {
            if (!SameBytes(first.Source, dicom.Source))
                throw new BadInputException("series.duplicate-instance",
                    $"{first.Name} and {dicom.Name} have the same SOP Instance UID {sopUid} and different content; remove the one that is wrong.",
                    dicom.Name);
            _warnings.Add($"{dicom.Name} is a copy of {first.Name} and was left out.");
            return;
        }
        _bySopUid.Add(sopUid, dicom);
        if (sopClass == StructureSetClass || modality == "RTSTRUCT")
            _structureSets.Add(dicom);
        else if (sopClass == SegmentationClass || modality == "SEG")
            _segmentations.Add(dicom);
        else if (dicom.Pixels.Tag is not null || modality is "CT" or "MR" or "PT")
            _images.Add((dicom, data.GetString(DicomTags.SeriesInstanceUid)
                ?? throw DicomErrors.Value(dicom.Name, DicomTags.SeriesInstanceUid, "is missing")));
        else
            _ignored.Add(dicom.Name);
    }

    private void Report(BadInputException problem, DicomFile? dicom)
    {
        var unreadable = new UnreadableFile(dicom?.Name ?? problem.Where ?? "", problem.Code, problem.Message);
        _unreadable.Add(unreadable);
        if (dicom is null || !IsPlainlyNoImage(dicom))
            _broken.Add((unreadable, dicom is null ? null : TextOf(dicom.Dataset, DicomTags.SeriesInstanceUid)));
    }

    /// <summary>Whether what can be read of a broken file says that it is a structure set or segmentation, whose loss is no lost slice.</summary>
    private static bool IsPlainlyNoImage(DicomFile dicom) =>
        TextOf(dicom.Meta, DicomTags.MediaStorageSopClassUid) is StructureSetClass or SegmentationClass or DirectoryClass
        || TextOf(dicom.Dataset, DicomTags.SopClassUid) is StructureSetClass or SegmentationClass
        || TextOf(dicom.Dataset, DicomTags.Modality) is "RTSTRUCT" or "SEG";

    /// <summary>
    /// A file that is not DICOM and is named as the slices beside it are was one of them once, and is held against their series. Where
    /// slices have no extension, a text without one may lie among them, so it is only reported.
    /// </summary>
    private void JudgeOthers()
    {
        var slices = _images.Select(i => (Folder(i.File.Name), Extension(i.File.Name))).ToHashSet();
        foreach (var name in _notDicom)
        {
            var extension = Extension(name);
            var isNamedAsSlice = slices.Contains((Folder(name), extension));
            if (isNamedAsSlice && extension.Length > 0)
                Report(DicomErrors.NotDicom(name), null);
            else
                _ignored.Add(name);
            if (isNamedAsSlice && extension.Length == 0)
                _warnings.Add($"{name} lies among the slices of a series and is not a DICOM file; it was left out.");
        }
        _ignored.Sort(StringComparer.Ordinal);
        _unreadable.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
    }

    /// <summary>Upper case, empty where there is none; the last number of a UID is none.</summary>
    private static string Extension(string name)
    {
        var extension = Path.GetExtension(name).ToUpperInvariant();
        return extension.Any(char.IsAsciiLetter) ? extension : "";
    }

    private void MakeSeries()
    {
        var groups = _images.GroupBy(i => i.Uid, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        var folders = _images.Select(i => Folder(i.File.Name)).ToHashSet(StringComparer.Ordinal);
        var series = new List<DicomSeries>();
        foreach (var group in groups)
        {
            var head = group.First().File.Dataset;
            var own = group.Select(i => Folder(i.File.Name)).ToHashSet(StringComparer.Ordinal);
            var broken = _broken
                .Where(b => b.SeriesUid is { } uid ? uid == group.Key : own.Contains(Folder(b.File.Name)) || !folders.Contains(Folder(b.File.Name)))
                .Select(b => b.File);
            series.Add(new(
                group.Key, head.GetString(DicomTags.Modality) ?? "", head.GetString(DicomTags.SeriesDescription),
                head.GetString(DicomTags.FrameOfReferenceUid), head.GetString(DicomTags.StudyInstanceUid),
                head.GetString(DicomTags.PatientId),
                [.. group.Select(i => new DicomInstance(i.File.Dataset.GetString(DicomTags.SopInstanceUid)!, i.File.Source, i.File))])
            {
                Broken = [.. broken],
            });
        }
        Series = series;
    }

    private static string Folder(string name) => name[..(name.LastIndexOf('/') + 1)];

    private static string? TextOf(DicomDataset data, DicomTag tag)
    {
        try
        {
            return data.GetString(tag);
        }
        catch (BadInputException)
        {
            return null;
        }
    }

    private static bool SameBytes(ImageFile a, ImageFile b) => a.Length == b.Length && Hash(a).AsSpan().SequenceEqual(Hash(b));

    private static byte[] Hash(ImageFile file)
    {
        using var stream = file.Open();
        return SHA256.HashData(stream);
    }
}
