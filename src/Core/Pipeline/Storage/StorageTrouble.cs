namespace RadiogenomicsCloud.Pipeline.Storage;

/// <summary>Turns what the operating system says about files into <see cref="StorageException"/>.</summary>
internal static class StorageTrouble
{
    private const int UnixNoSpace = 28;
    private const int UnixQuotaLinux = 122;
    private const int UnixQuotaMac = 69;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    public static bool IsDiskFull(Exception exception) =>
        exception is IOException
        && exception.HResult is UnixNoSpace or UnixQuotaLinux or UnixQuotaMac or WindowsDiskFull or WindowsHandleDiskFull;

    public static bool IsStorage(Exception exception) => exception is IOException or UnauthorizedAccessException;

    public static StorageException Describe(Exception exception, string path) => exception switch
    {
        _ when IsDiskFull(exception) => new StorageException(
            "storage.full", $"The disk that holds '{path}' is full: free some space and start again, finished steps are kept.", path, exception),
        UnauthorizedAccessException => new StorageException(
            "storage.denied", $"'{path}' may not be read or written: check its permissions, or choose another folder with --out.", path, exception),
        _ => new StorageException("storage.io", $"'{path}' cannot be read or written: {exception.Message}", path, exception),
    };

    public static void Translate(Action action, string path)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (IsStorage(exception))
        {
            throw Describe(exception, path);
        }
    }

    public static T Translate<T>(Func<T> action, string path)
    {
        try
        {
            return action();
        }
        catch (Exception exception) when (IsStorage(exception))
        {
            throw Describe(exception, path);
        }
    }

    public static async Task<T> Translate<T>(Func<Task<T>> action, string path)
    {
        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (Exception exception) when (IsStorage(exception))
        {
            throw Describe(exception, path);
        }
    }

    /// <summary>Removes a folder of temporary files; what cannot be removed now is swept at the next start.</summary>
    public static void DeleteFolderIfPossible(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (IsStorage(exception))
        {
        }
    }

    public static void DeleteFileIfPossible(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception exception) when (IsStorage(exception))
        {
        }
    }
}
