using RadiogenomicsCloud.Infra.Tests.Tool;

namespace RadiogenomicsCloud.Infra.Tests.Bicep;

public sealed class FormatTests(Templates templates)
{
    [Fact]
    public void Templates_are_written_as_the_compiler_formats_them()
    {
        // A copy of its own: the formatter writes in place, and other tests read the shared one at the same time.
        var files = Directory.EnumerateFiles(Templates.Source(), "*.bicep", SearchOption.AllDirectories).ToList();
        var copy = Directory.CreateDirectory(Path.Combine(templates.Folder, "..", "format")).FullName;
        foreach (var file in files)
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));

        var result = templates.Run("format", "--pattern", Path.Combine("..", "format", "*.bicep"));

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.All(files, file => Assert.Equal(File.ReadAllText(Path.Combine(copy, Path.GetFileName(file))), File.ReadAllText(file)));
    }
}
