using RadiogenomicsCloud.Imaging;
using RadiogenomicsCloud.Imaging.Archives;

namespace RadiogenomicsCloud.Pipeline.Steps;

/// <summary>
/// The image files of one case, those inside zip archives included. Names are relative to the case, so that they are the same wherever
/// the cohort lies.
/// </summary>
internal sealed class CaseImageFiles : IDisposable
{
    private readonly List<IDisposable> archives = [];

    private CaseImageFiles()
    {
    }

    public List<ImageFile> Files { get; } = [];

    /// <param name="files">The files of the case: <c>imaging/CASE/**</c> or <c>imaging/CASE.zip</c>.</param>
    /// <param name="limits">Of zip archives; null takes the usual ones.</param>
    public static async Task<CaseImageFiles> Open(ICohort cohort, IReadOnlyList<CohortFile> files, ArchiveLimits? limits, CancellationToken cancel)
    {
        var opened = new CaseImageFiles();
        try
        {
            foreach (var file in files)
            {
                var name = NameInCase(file.Path);
                if (file.Path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
                {
                    var archive = ZipImageFiles.Open(await cohort.Open(file, cancel), name, limits ?? new ArchiveLimits());
                    opened.archives.Add(archive);
                    opened.Files.AddRange(archive.Files);
                }
                else
                {
                    // A file is opened while the image is read, where nothing can await; the local file system opens at once.
                    opened.Files.Add(new(name, file.Length, () => cohort.Open(file, cancel).GetAwaiter().GetResult()));
                }
            }
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary><c>imaging/A/ct/1.dcm</c> → <c>ct/1.dcm</c>; <c>imaging/A.zip</c> → <c>case.zip</c>.</summary>
    public static string NameInCase(string path)
    {
        var parts = path.Split('/');
        return parts.Length > 2 ? string.Join('/', parts[2..]) : "case" + Path.GetExtension(path);
    }

    public void Dispose()
    {
        foreach (var archive in archives)
            archive.Dispose();
    }
}
