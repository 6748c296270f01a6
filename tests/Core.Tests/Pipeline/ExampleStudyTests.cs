using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Tests;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

/// <summary>The studies under <c>docs/examples</c> are files that this version reads.</summary>
public class ExampleStudyTests
{
    private static readonly string Folder = Path.Combine(ReferenceData.RepositoryRoot(), "docs", "examples");

    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Folder, "*.yaml", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Folder, f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void An_example_is_read(string file) => Assert.NotEmpty(StudyFile.Parse(File.ReadAllText(Path.Combine(Folder, file)), file).Models);
}
