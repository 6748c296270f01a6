using System.Text;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Folders;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Tests.Folders;

/// <summary>What is particular to areas that are folders, to which people have access by hand.</summary>
public sealed class FolderFileAreaTests : IAsyncLifetime
{
    private readonly TestFolder folder = new();
    private readonly ManualTime time = new(new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.Zero));
    private FolderServiceStorage storage = null!;
    private IFileArea cohorts = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        storage = FolderServiceStorage.Open(folder.Path, time, freeBytes: 0);
        await storage.Prepare(Cancel);
        cohorts = storage.Files.Area(AreaNames.Cohorts);
    }

    public async ValueTask DisposeAsync()
    {
        await storage.DisposeAsync();
        folder.Dispose();
    }

    private Task<StoredFile?> Write(string path, string text) =>
        cohorts.Write(path, s => s.WriteAsync(Encoding.UTF8.GetBytes(text), Cancel).AsTask(), WriteCondition.None, Cancel);

    private static async Task<List<T>> ToList<T>(IAsyncEnumerable<T> items)
    {
        var list = new List<T>();
        await foreach (var item in items)
            list.Add(item);
        return list;
    }

    [Fact]
    public async Task A_cohort_that_was_copied_by_hand_is_a_cohort()
    {
        folder.Write("cohorts/glioma/study.yaml", "schema: 1");
        folder.Write("cohorts/glioma/imaging/case-1/IM 1.dcm", "pixels");
        folder.Write("cohorts/glioma/.DS_Store", "x");
        folder.Write("cohorts/glioma/.radiogenomics/store/x", "x");
        folder.Write("cohorts/other/f", "x");
        Assert.Null(await cohorts.Find("glioma/_COMPLETE", Cancel));
        folder.Write("cohorts/glioma/_COMPLETE", "");
        Assert.Equal(["glioma", "other"], await ToList(cohorts.ListFolders("", Cancel)));
        var files = await ToList(cohorts.List("glioma/", Cancel));
        Assert.Equal(["glioma/_COMPLETE", "glioma/imaging/case-1/IM 1.dcm", "glioma/study.yaml"], files.Select(f => f.Path));
        var image = files[1];
        await using var stream = await CohortPlace.Of("glioma").In(storage.Files).Open(new CohortFile("imaging/case-1/IM 1.dcm", "", 6, image.Version), Cancel);
        Assert.Equal("pixels", await new StreamReader(stream).ReadToEndAsync(Cancel));
        File.SetLastWriteTimeUtc(folder.At("cohorts/glioma/imaging/case-1/IM 1.dcm"), time.Now.UtcDateTime.AddDays(1));
        Assert.Equal(
            CohortFile.ChangedCode, (await Assert.ThrowsAsync<BadInputException>(() => cohorts.Open(image.Path, image.Version, Cancel))).Code);
    }

    [Fact]
    public async Task A_file_that_somebody_writes_into_while_it_is_read_is_noticed()
    {
        var path = folder.Write("cohorts/c/f", new string('a', 500_000));
        await using var stream = await cohorts.Open("c/f", null, Cancel);
        var part = new byte[1000];
        await stream!.ReadExactlyAsync(part, Cancel);
        await using (var writer = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            await writer.WriteAsync("b"u8.ToArray(), Cancel);
        File.SetLastWriteTimeUtc(path, time.Now.UtcDateTime);
        Assert.Equal(CohortFile.ChangedCode, (await Assert.ThrowsAsync<BadInputException>(() => stream.ReadExactlyAsync(part, Cancel).AsTask())).Code);
    }

    [Fact]
    public async Task Versions_differ_also_where_the_clock_stands_or_goes_back()
    {
        var versions = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            versions.Add((await Write("f", "same"))!.Version);
            time.Now = i % 7 == 6 ? time.Now.AddHours(-1) : time.Now;
            if (i % 5 == 4)
                await cohorts.Delete("f", Cancel);
        }
        Assert.Equal(20, versions.Distinct().Count());
    }

    [Fact]
    public async Task Links_are_refused_wherever_they_lead()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege there.");
        folder.Write("secret/key", "secret");
        folder.Write("cohorts/c/inside", "x");
        Directory.CreateSymbolicLink(folder.At("cohorts/c/folder"), folder.At("secret"));
        File.CreateSymbolicLink(folder.At("cohorts/c/file"), folder.At("secret/key"));
        File.CreateSymbolicLink(folder.At("cohorts/c/near"), folder.At("cohorts/c/inside"));
        File.CreateSymbolicLink(folder.At("cohorts/c/dangling"), folder.At("nowhere"));
        Directory.CreateSymbolicLink(folder.At("cohorts/linked"), folder.At("secret"));
        async Task Refused(Func<Task> action) => Assert.Equal("area.link", (await Assert.ThrowsAsync<BadInputException>(action)).Code);
        foreach (var path in new[] { "c/folder/key", "c/file", "c/near", "c/dangling", "linked/key" })
        {
            await Refused(() => cohorts.Find(path, Cancel));
            await Refused(() => cohorts.Open(path, null, Cancel));
            await Refused(() => Write(path, "x"));
            await Refused(() => cohorts.Delete(path, Cancel));
        }
        await Refused(() => Write("c/folder/new", "x"));
        await Refused(() => ToList(cohorts.List("c/", Cancel)));
        await Refused(() => ToList(cohorts.List("linked/", Cancel)));
        Assert.Equal("secret", await File.ReadAllTextAsync(folder.At("secret/key"), Cancel));
        Assert.Equal(["c"], await ToList(cohorts.ListFolders("", Cancel)));
        Assert.Equal(["c/inside"], (await ToList(cohorts.List("c/in", Cancel))).Select(f => f.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("a/./b")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("a\\b")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("\ud800")]
    public async Task A_path_that_is_none_is_refused(string path)
    {
        async Task Refused(Func<Task> action) => Assert.Equal("area.path", (await Assert.ThrowsAsync<BadInputException>(action)).Code);
        await Refused(() => cohorts.Find(path, Cancel));
        await Refused(() => cohorts.Open(path, null, Cancel));
        await Refused(() => Write(path, "x"));
        await Refused(() => cohorts.Delete(path, Cancel));
        Assert.Equal(["cohorts", "records", "results", "store"], Directory.GetDirectories(folder.Path).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("../")]
    [InlineData("a/../")]
    [InlineData("/")]
    public async Task No_prefix_leads_outside(string prefix)
    {
        await Assert.ThrowsAsync<BadInputException>(() => ToList(cohorts.List(prefix, Cancel)));
        await Assert.ThrowsAsync<BadInputException>(() => ToList(cohorts.List(prefix + "x", Cancel)));
        await Assert.ThrowsAsync<BadInputException>(() => ToList(cohorts.ListFolders(prefix, Cancel)));
    }

    [Fact]
    public async Task Hidden_files_are_no_files_of_the_area()
    {
        folder.Write("cohorts/c/.radiogenomics/secret", "x");
        folder.Write("cohorts/.hidden", "x");
        foreach (var path in new[] { "c/.radiogenomics/secret", ".hidden" })
        {
            Assert.Null(await cohorts.Find(path, Cancel));
            Assert.Null(await cohorts.Open(path, null, Cancel));
            Assert.False(await cohorts.Delete(path, Cancel));
            await Assert.ThrowsAsync<BadInputException>(() => Write(path, "x"));
        }
        Assert.Empty(await ToList(cohorts.List("", Cancel)));
        Assert.Empty(await ToList(cohorts.List("c/.radiogenomics/", Cancel)));
        Assert.Empty(await ToList(cohorts.List(".h", Cancel)));
        Assert.Equal(["c"], await ToList(cohorts.ListFolders("", Cancel)));
        Assert.Empty(await ToList(cohorts.ListFolders("c/", Cancel)));
    }

    [Fact]
    public async Task What_a_killed_process_was_writing_is_swept_by_the_next_in_its_place_and_was_never_seen()
    {
        var left = folder.Write("cohorts/.radiogenomics/0-17.tmp", "half");
        var others = folder.Write("cohorts/.radiogenomics/1-17.tmp", "of a living process");
        await Write("f", "x");
        Assert.False(File.Exists(left));
        Assert.True(File.Exists(others));
        Assert.Equal(["f"], (await ToList(cohorts.List("", Cancel))).Select(f => f.Path));
    }

    [Fact]
    public async Task Folders_that_are_empty_after_a_removal_are_removed_and_made_again_at_the_same_time()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            for (var n = 0; n < 25; n++)
            {
                Assert.NotNull(await Write($"a/b/c/{i}", "x"));
                Assert.True(await cohorts.Delete($"a/b/c/{i}", Cancel));
            }
        })));
        Assert.False(Directory.Exists(folder.At("cohorts/a")));
    }

    [Theory]
    [InlineData("records")]
    [InlineData("ab")]
    [InlineData("..")]
    [InlineData("a--b")]
    [InlineData("-ab")]
    [InlineData("Abc")]
    [InlineData("a/b")]
    [InlineData("nul")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task A_text_that_names_no_area_is_refused(string name)
    {
        Assert.Throws<BadInputException>(() => storage.Files.Area(name));
        await Assert.ThrowsAsync<BadInputException>(() => storage.Files.Create(name, Cancel));
        await Assert.ThrowsAsync<BadInputException>(() => storage.Files.Delete(name, Cancel));
    }

    [Fact]
    public async Task Disk_trouble_is_storage_trouble()
    {
        folder.Write("cohorts/.radiogenomics", "a file where drafts should go");
        Assert.Equal("storage.io", (await Assert.ThrowsAsync<StorageException>(() => Write("f", "x"))).Code);
    }
}
