using RadiogenomicsCloud.Service.Folders;

namespace RadiogenomicsCloud.AzureStorage.Files;

/// <summary>Which paths are used as names of blobs: those of a folder, less what Azure asks to avoid.</summary>
internal static class BlobPath
{
    /// <exception cref="BadInputException">
    /// Among others, a part of the path is empty, <c>.</c> or <c>..</c>: as part of an address those would lead elsewhere.
    /// </exception>
    public static string Check(string path)
    {
        AreaPath.Require(path);
        return path.EndsWith('.') || path.Contains("./", StringComparison.Ordinal)
            ? throw AreaPath.Refused(path, "has a part that ends with a dot")
            : path;
    }
}
