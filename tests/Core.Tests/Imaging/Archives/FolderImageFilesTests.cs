using RadiogenomicsCloud.Imaging.Archives;

namespace RadiogenomicsCloud.Core.Tests.Imaging.Archives;

public sealed class FolderImageFilesTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("radiogenomics-folder-");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public void Files_are_listed_with_forward_slashes_in_ordinal_order_without_hidden_ones()
    {
        Write("b/2.dcm", "two");
        // Not "B": macOS and Windows would take it for the same folder.
        Write("C/1.dcm", "one");
        Write(".hidden/3.dcm", "three");
        Write("b/.DS_Store", "four");
        var files = FolderImageFiles.List(_root.FullName);
        Assert.Equal(["C/1.dcm", "b/2.dcm"], files.Select(f => f.Name));
        Assert.Equal(3, files[0].Length);
        using var stream = files[1].Open();
        using var reader = new StreamReader(stream);
        Assert.Equal("two", reader.ReadToEnd());
    }

    [Fact]
    public void Links_are_followed_and_circles_end()
    {
        Write("real/1.dcm", "one");
        Link(() => Directory.CreateSymbolicLink(Path.Combine(_root.FullName, "case"), Path.Combine(_root.FullName, "elsewhere")));
        Write("elsewhere/2.dcm", "two");
        Link(() => Directory.CreateSymbolicLink(Path.Combine(_root.FullName, "real", "up"), _root.FullName));
        Link(() => File.CreateSymbolicLink(Path.Combine(_root.FullName, "real", "link.dcm"), Path.Combine(_root.FullName, "elsewhere", "2.dcm")));
        Assert.Equal(["case/2.dcm", "real/1.dcm", "real/link.dcm"], FolderImageFiles.List(_root.FullName).Select(f => f.Name));
        Assert.Equal(3, FolderImageFiles.List(_root.FullName)[2].Length);
    }

    [Fact]
    public void A_missing_folder_and_a_link_to_nothing_are_errors()
    {
        Assert.Equal("folder.missing", Assert.Throws<BadInputException>(() => FolderImageFiles.List(_root.FullName + "-not")).Code);
        Link(() => File.CreateSymbolicLink(Path.Combine(_root.FullName, "gone.dcm"), Path.Combine(_root.FullName, "nowhere")));
        Assert.Equal("folder.link", Assert.Throws<BadInputException>(() => FolderImageFiles.List(_root.FullName)).Code);
    }

    private static void Link(Action create)
    {
        try
        {
            create();
        }
        catch (Exception e) when (OperatingSystem.IsWindows() && e is IOException or UnauthorizedAccessException)
        {
            Assert.Skip("This account of Windows may not make links.");
        }
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_root.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
