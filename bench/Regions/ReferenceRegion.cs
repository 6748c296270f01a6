using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Imaging.Archives;
using RadiogenomicsCloud.Preprocessing;

namespace RadiogenomicsCloud.Bench.Regions;

/// <summary>Regions of the public reference data, read in place.</summary>
internal static class ReferenceRegion
{
    /// <summary>The folder named by RADIOGENOMICS_DATA, by default <c>../shared/data</c> seen from the repository.</summary>
    public static string DefaultFolder()
    {
        if (Environment.GetEnvironmentVariable("RADIOGENOMICS_DATA") is { Length: > 0 } named)
            return named;
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RadiogenomicsCloud.sln")))
            folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? AppContext.BaseDirectory, "..", "shared", "data");
    }

    /// <summary>One of the blobs made for timing, with 32 bins; null where the data are absent.</summary>
    public static BenchRegion? Blob(string data, int edge)
    {
        var image = Path.Combine(data, "bench", $"blob_{edge}.nii.gz");
        var mask = Path.Combine(data, "bench", $"blob_{edge}.mask.nii.gz");
        return File.Exists(image) && File.Exists(mask)
            ? Region(ImageImporter.Import([FileAt(image)], [FileAt(mask)], new(null, null, null), CancellationToken.None), SyntheticRegion.Discretise)
            : null;
    }

    /// <summary>A series of the first sarcoma patient as it was acquired; null where the data are absent.</summary>
    public static BenchRegion? Sarcoma(string data, string modality, DiscretiseSettings discretise)
    {
        var archive = Path.Combine(data, "sts", "imaging", "STS_001.zip");
        if (!File.Exists(archive))
            return null;
        using var files = ZipImageFiles.Open(File.OpenRead(archive), Path.GetFileName(archive), new());
        return Region(ImageImporter.Import(files.Files, new(modality, null, "/^GTV_Mass/"), CancellationToken.None), discretise);
    }

    private static ImageFile FileAt(string path) => new(Path.GetFileName(path), new FileInfo(path).Length, () => File.OpenRead(path));

    private static BenchRegion Region(ImportedImage imported, DiscretiseSettings discretise) =>
        BenchRegion.Of(imported.Image, imported.Mask, discretise);
}
