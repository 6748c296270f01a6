namespace RadiogenomicsCloud.Pipeline.Storage;

/// <summary>A lock that the operating system gives back when its process ends, however it ends.</summary>
internal static class FileLock
{
    /// <summary>The held lock, or null where another process, or another handle of this one, holds it.</summary>
    public static FileStream? TryTake(string path) =>
        TryOpen(() => new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1));

    /// <summary>A lock that many may hold at once, though not while one holds it by <see cref="TryTake"/>; null then.</summary>
    public static FileStream? TryShare(string path) =>
        TryOpen(() => new FileStream(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1));

    private static FileStream? TryOpen(Func<FileStream> open)
    {
        try
        {
            return open();
        }
        catch (IOException exception) when (exception is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException)
            && !StorageTrouble.IsDiskFull(exception))
        {
            return null;
        }
    }
}
