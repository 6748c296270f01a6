using System.IO.Compression;
using RadiogenomicsCloud.Imaging;

namespace RadiogenomicsCloud.Core.Tests.Imaging;

/// <summary>Image files for tests: from memory, from a folder, out of a zip archive.</summary>
internal static class TestFiles
{
    public static ImageFile FromBytes(string name, byte[] bytes) => new(name, bytes.Length, () => new MemoryStream(bytes, writable: false));

    public static ImageFile FromDisk(string path, string? name = null) =>
        new(name ?? Path.GetFileName(path), new FileInfo(path).Length, () => File.OpenRead(path));

    public static IReadOnlyList<ImageFile> FromFolder(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(path => FromDisk(path, Path.GetRelativePath(folder, path).Replace('\\', '/')))];

    /// <summary>The entries of an archive, decompressed into memory when first opened.</summary>
    public static IReadOnlyList<ImageFile> FromZip(string path)
    {
        var archive = ZipFile.OpenRead(path);
        return [.. archive.Entries.Where(e => e.Length > 0).Select(e => new ImageFile(e.FullName, e.Length, () => Copy(e)))];
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return target.ToArray();
    }

    private static MemoryStream Copy(ZipArchiveEntry entry)
    {
        var copy = new MemoryStream((int)entry.Length);
        using (var source = entry.Open())
            source.CopyTo(copy);
        copy.Position = 0;
        return copy;
    }
}
