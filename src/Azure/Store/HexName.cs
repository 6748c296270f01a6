namespace RadiogenomicsCloud.AzureStorage.Store;

/// <summary>Where a thing of a hexadecimal name lies in the store: <c>root/ab/cdef…</c>, as in a folder.</summary>
internal static class HexName
{
    private const int Length = 64;

    /// <exception cref="ArgumentException">Not 64 lower-case hexadecimal digits.</exception>
    public static string Path(string root, string name, string extension = "") =>
        name is { Length: Length } && name.All(char.IsAsciiHexDigitLower)
            ? $"{root}/{name[..2]}/{name[2..]}{extension}"
            : throw new ArgumentException("A name in the store is 64 lower-case hexadecimal digits.", nameof(name));
}
