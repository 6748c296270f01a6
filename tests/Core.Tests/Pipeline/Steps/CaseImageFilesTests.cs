using System.IO.Compression;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Steps;
using RadiogenomicsCloud.Pipeline.Storage;

namespace RadiogenomicsCloud.Core.Tests.Pipeline.Steps;

public sealed class CaseImageFilesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("case-images").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("imaging/A/ct/1.dcm", "ct/1.dcm")]
    [InlineData("imaging/A/1.dcm", "1.dcm")]
    [InlineData("imaging/A.zip", "case.zip")]
    public void Names_are_those_within_the_case(string path, string name) => Assert.Equal(name, CaseImageFiles.NameInCase(path));

    [Fact]
    public async Task An_archive_that_unpacks_to_much_is_refused_unless_the_study_allows_it()
    {
        Directory.CreateDirectory(Path.Combine(folder, "imaging"));
        using (var zip = ZipFile.Open(Path.Combine(folder, "imaging", "A.zip"), ZipArchiveMode.Create))
        using (var blank = zip.CreateEntry("blank.dcm", CompressionLevel.SmallestSize).Open())
            blank.Write(new byte[4 << 20]);
        var cancel = TestContext.Current.CancellationToken;
        var cohort = new FolderCohort(folder);
        var files = new CohortSnapshot(await cohort.List(cancel)).ImagesOf("A");

        var refused = await Assert.ThrowsAsync<BadInputException>(() => CaseImageFiles.Open(cohort, files, null, cancel));
        Assert.Equal("zip.limit", refused.Code);
        var study = StudyFile.Parse(
            """
            schema: 1
            study: s
            ids: {case: case_id}
            endpoints: [{column: y, kind: binary}]
            clinical: [age]
            models: [{elastic_net: {}}]
            validate: [{bootstrap: {}}]
            archives: {max_ratio: 100000}
            """,
            "study.yaml");
        using var opened = await CaseImageFiles.Open(cohort, files, study.ArchiveLimits, cancel);
        Assert.Equal(4 << 20, Assert.Single(opened.Files).Length);
        Assert.Equal((20_000, 8L << 30), (study.ArchiveLimits!.MaxEntries, study.ArchiveLimits.MaxTotalBytes));
    }
}
