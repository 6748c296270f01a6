using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Imaging.Archives;

namespace RadiogenomicsCloud.Cli;

/// <summary>The image files at a path: a file, a folder, or a zip archive.</summary>
internal sealed class ImageFiles : IDisposable
{
    private readonly ZipImageFiles? archive;

    private ImageFiles(IReadOnlyList<ImageFile> files, ZipImageFiles? archive) => (Files, this.archive) = (files, archive);

    public IReadOnlyList<ImageFile> Files { get; }

    /// <exception cref="BadInputException">There is nothing at the path, or the archive is refused.</exception>
    public static ImageFiles Open(string path)
    {
        if (Directory.Exists(path))
            return new(FolderImageFiles.List(path), null);
        if (!File.Exists(path))
            throw new BadInputException("image.missing", $"There is no file or folder '{path}'.", path);
        if (!path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            return new([new(Path.GetFileName(path), new FileInfo(path).Length, () => File.OpenRead(path))], null);
        var archive = ZipImageFiles.Open(File.OpenRead(path), Path.GetFileName(path), new());
        return new(archive.Files, archive);
    }

    public void Dispose() => archive?.Dispose();
}
