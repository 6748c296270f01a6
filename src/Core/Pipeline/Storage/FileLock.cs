namespace RadiogenomicsCloud.Pipeline.Storage;

/// <summary>A lock that the operating system gives back when its process ends, however it ends.</summary>
internal static class FileLock
{
    /// <summary>The held lock, or null where another process, or another handle of this one, holds it.</summary>
    public static FileStream? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (IOException exception) when (exception is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException)
            && !StorageTrouble.IsDiskFull(exception))
        {
            return null;
        }
    }
}
