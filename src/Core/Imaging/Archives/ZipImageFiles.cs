using System.IO.Compression;

namespace RadiogenomicsCloud.Imaging.Archives;

/// <summary>
/// The files of a zip archive, read in place and never extracted. Refused are paths that leave the archive, links, encrypted
/// entries and doubles (<c>zip.path</c>), more than the limits allow (<c>zip.limit</c>) and what does not match its directory
/// (<c>zip.damaged</c>). Declared lengths are checked when opening, real ones while decompressing: an entry that gives more or fewer
/// bytes than it declares, or other ones than its CRC-32 says, is damaged.
/// </summary>
/// <remarks>One file may be open at a time, and only until the archive is disposed.</remarks>
public sealed class ZipImageFiles : IDisposable
{
    /// <summary>Names of 150 bytes, with what packers add to them.</summary>
    private const long DirectoryBytesPerEntry = 256;

    private const long DirectoryFloor = 1 << 20;
    private const int UnixTypeMask = 0xF000, UnixFile = 0x8000, UnixFolder = 0x4000;
    private readonly ZipArchive _archive;

    private ZipImageFiles(ZipArchive archive, IReadOnlyList<ImageFile> files) => (_archive, Files) = (archive, files);

    /// <summary>In the ordinal order of their names; folders have no entry.</summary>
    public IReadOnlyList<ImageFile> Files { get; }

    /// <param name="stream">Seekable; disposed with the archive, also if opening fails.</param>
    /// <param name="name">For messages.</param>
    public static ZipImageFiles Open(Stream stream, string name, ArchiveLimits limits)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(limits);
        ZipArchive? archive = null;
        try
        {
            var length = stream.Length;
            // The reader makes objects of the whole directory before it can be asked how many entries there are.
            var bounded = new BoundedStream(stream, DirectoryFloor + (DirectoryBytesPerEntry * limits.MaxEntries), () => Limit(name, $"a directory of more than the {limits.MaxEntries} entries that are allowed"));
            archive = new ZipArchive(bounded, ZipArchiveMode.Read);
            var files = List(archive, name, length, limits);
            bounded.Release();
            return new(archive, files);
        }
        catch (Exception e)
        {
            archive?.Dispose();
            stream.Dispose();
            if (Damage(e, name) is { } damage)
                throw damage;
            throw;
        }
    }

    public void Dispose() => _archive.Dispose();

    /// <summary>What the zip reader throws at bad bytes, in our terms; null for what is no fault of the archive.</summary>
    internal static BadInputException? Damage(Exception e, string name) =>
        e is InvalidDataException or EndOfStreamException or OverflowException or ArgumentException or NotSupportedException
            ? new("zip.damaged", $"{name} is not a valid zip archive or is damaged; copy or pack it again.", name, e)
            : null;

    private static List<ImageFile> List(ZipArchive archive, string name, long compressed, ArchiveLimits limits)
    {
        if (archive.Entries.Count > limits.MaxEntries)
            throw Limit(name, $"{archive.Entries.Count} entries, {limits.MaxEntries} are allowed");
        var files = new List<ImageFile>(archive.Entries.Count);
        var names = new HashSet<string>(StringComparer.Ordinal);
        var total = 0L;
        foreach (var entry in archive.Entries)
        {
            var path = SafePath(entry, name);
            if (entry.Length < 0 || entry.CompressedLength < 0)
                throw new BadInputException("zip.damaged", $"{name}: entry '{Shown(path)}' has a negative length; pack it again.", name);
            total += Math.Min(entry.Length, long.MaxValue - total);
            if (total > limits.MaxTotalBytes)
                throw Limit(name, $"more than the {limits.MaxTotalBytes} bytes of content that are allowed");
            if (path.EndsWith('/'))
                continue;
            if (!names.Add(path))
                throw Path(name, path, "appears twice");
            files.Add(new(path, entry.Length, () => OpenEntry(entry, name, path)));
        }
        if (total > ArchiveLimits.RatioFloor && total > limits.MaxRatio * Math.Max(1, compressed))
            throw Limit(name, $"{total} bytes of content in {compressed} bytes, a ratio above {limits.MaxRatio}, as only a zip bomb has");
        files.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return files;
    }

    private static string SafePath(ZipArchiveEntry entry, string name)
    {
        // Some packers of Windows write backslashes.
        var path = entry.FullName.Replace('\\', '/');
        if (path.Length == 0 || path[0] == '/' || path.Contains(':', StringComparison.Ordinal) || path.Contains('\0', StringComparison.Ordinal))
            throw Path(name, path, "is an absolute path or none");
        foreach (var part in path.Split('/'))
        {
            if (part == "..")
                throw Path(name, path, "leads out of the archive ('..')");
        }
        var type = (entry.ExternalAttributes >> 16) & UnixTypeMask;
        if (type is not (0 or UnixFile or UnixFolder))
            throw Path(name, path, "is a link or device, not a file");
        if (entry.IsEncrypted)
            throw Path(name, path, "is encrypted");
        return path;
    }

    private static EntryStream OpenEntry(ZipArchiveEntry entry, string archive, string path)
    {
        try
        {
            return new(entry.Open(), entry.Length, entry.Crc32, archive, Shown(path));
        }
        catch (Exception e) when (Damage(e, archive) is { } damage)
        {
            throw damage;
        }
    }

    private static BadInputException Limit(string name, string what) =>
        new("zip.limit", $"{name} holds {what}; if it is what it should be, unpack it or raise the limit (archives in the study file).", name);

    private static BadInputException Path(string name, string path, string what) =>
        new("zip.path", $"{name}: entry '{Shown(path)}' {what}; pack the archive again without it.", name);

    private static string Shown(string path) =>
        string.Concat(path.Take(200).Select(c => char.IsControl(c) ? '?' : c));
}
