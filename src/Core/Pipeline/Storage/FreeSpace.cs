using System.Globalization;

namespace RadiogenomicsCloud.Pipeline.Storage;

/// <summary>Looks at the free disk before anything is spent.</summary>
public static class FreeSpace
{
    /// <param name="folder">A folder that exists.</param>
    /// <param name="bytes">Bytes that the run may need.</param>
    /// <exception cref="StorageException">Less is free; the message says how much there is and how much is needed.</exception>
    public static void Require(string folder, long bytes)
    {
        var free = StorageTrouble.Translate(() => new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace, folder);
        if (free < bytes)
        {
            throw new StorageException(
                "storage.full",
                $"The disk that holds '{folder}' has {Megabytes(free)} MB free and {Megabytes(bytes)} MB may be needed: free some space, or choose another folder with --out.",
                folder);
        }
    }

    private static string Megabytes(long bytes) => (bytes / 1_000_000).ToString("N0", CultureInfo.InvariantCulture);
}
