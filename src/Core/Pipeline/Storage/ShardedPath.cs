namespace RadiogenomicsCloud.Pipeline.Storage;

/// <summary>Where a thing of a hexadecimal name lies: <c>root/ab/cdef…</c>, so that no folder grows too long.</summary>
internal static class ShardedPath
{
    private const int NameLength = 64;

    public static bool IsName(string name) => name.Length == NameLength && name.All(char.IsAsciiHexDigitLower);

    /// <exception cref="ArgumentException">Not 64 lower-case hexadecimal digits; anything else could point outside the store.</exception>
    public static string Of(string root, string name, string extension = "") => IsName(name)
        ? Path.Combine(root, name[..2], name[2..] + extension)
        : throw new ArgumentException("A name in the store is 64 lower-case hexadecimal digits.", nameof(name));

    /// <summary>All that lies below a root, as name and path.</summary>
    public static IEnumerable<(string Name, string Path)> All(string root, string extension = "")
    {
        if (!Directory.Exists(root))
            yield break;
        foreach (var folder in Directory.EnumerateDirectories(root))
        {
            foreach (var path in Directory.EnumerateFiles(folder, "*" + extension))
            {
                var name = Path.GetFileName(folder) + Path.GetFileName(path)[..^extension.Length];
                if (IsName(name))
                    yield return (name, path);
            }
        }
    }
}
