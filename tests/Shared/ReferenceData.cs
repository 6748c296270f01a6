namespace RadiogenomicsCloud.Tests;

/// <summary>
/// The public reference data, read in place: the folder named by RADIOGENOMICS_DATA, by default <c>../shared/data</c> seen from the
/// repository. A test that asks for something absent is skipped with a message.
/// </summary>
internal static class ReferenceData
{
    private static readonly string Root = Environment.GetEnvironmentVariable("RADIOGENOMICS_DATA") is { Length: > 0 } named
        ? named
        : Path.Combine(RepositoryRoot(), "..", "shared", "data");

    /// <summary>Full path of a file or folder of the reference data; skips the test where it is absent.</summary>
    public static string Require(string relativePath)
    {
        var path = Path.GetFullPath(Path.Combine(Root, relativePath));
        Assert.SkipUnless(Path.Exists(path), $"Reference data '{relativePath}' not found; set RADIOGENOMICS_DATA to its folder.");
        return path;
    }

    public static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RadiogenomicsCloud.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run from inside the repository.");
    }
}
