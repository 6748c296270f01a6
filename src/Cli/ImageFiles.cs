using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Imaging.Archives;

namespace RadiogenomicsCloud.Cli;

/// <summary>The image files at a path: a file, a folder, or a zip archive; archives inside a folder are looked into.</summary>
internal sealed class ImageFiles : IDisposable
{
    private readonly List<ZipImageFiles> archives = [];
    private readonly List<ImageFile> files = [];

    private ImageFiles()
    {
    }

    public IReadOnlyList<ImageFile> Files => files;

    /// <exception cref="BadInputException">There is nothing at the path, or an archive is refused.</exception>
    public static ImageFiles Open(string path)
    {
        if (Directory.Exists(path))
            return Of(FolderImageFiles.List(path));
        return File.Exists(path)
            ? Of([new(Path.GetFileName(path), new FileInfo(path).Length, () => File.OpenRead(path))])
            : throw new BadInputException("image.missing", $"There is no file or folder '{path}'.", path);
    }

    public void Dispose()
    {
        foreach (var archive in archives)
            archive.Dispose();
    }

    private static ImageFiles Of(IReadOnlyList<ImageFile> found)
    {
        var opened = new ImageFiles();
        try
        {
            foreach (var file in found)
            {
                if (file.Name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
                {
                    var archive = ZipImageFiles.Open(file.Open(), file.Name, new());
                    opened.archives.Add(archive);
                    opened.files.AddRange(archive.Files);
                }
                else
                    opened.files.Add(file);
            }
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }
}
