namespace RadiogenomicsCloud.AzureStorage.Files;

/// <summary>Which paths are used as names of blobs.</summary>
internal static class BlobPath
{
    /// <summary>What Azure allows for the name of a blob.</summary>
    public const int MaximumLength = 1024;

    /// <exception cref="BadInputException">
    /// The path is empty or too long, or a segment of it is empty, <c>.</c> or <c>..</c>: as part of an address those would lead elsewhere.
    /// </exception>
    public static string Check(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var good = path.Length is > 0 and <= MaximumLength
            && !path.Any(c => char.IsControl(c) || c == '\\' || char.IsSurrogate(c))
            && path.Split('/').All(segment => segment is not ("" or "." or "..") && !segment.EndsWith('.'));
        return good ? path : throw new BadInputException(
            "file.path", "A path of a file has 1 to 1024 characters, forward slashes, and no empty segment, no '..' and none that ends with a dot.", path);
    }
}
