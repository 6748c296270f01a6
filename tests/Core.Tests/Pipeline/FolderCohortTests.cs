using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Hosting;
using RadiogenomicsCloud.Pipeline.Storage;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

public sealed class FolderCohortTests : IDisposable
{
    private static readonly Step<CohortFile, ArtifactRef> Read = new("read", 1);
    private readonly TestFolder folder = new();
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    private FolderCohort Cohort(string? excluded = null) => new(folder.At("cohort"), folder.At("out/hashes.json"), excluded);

    private async Task<string[]> Paths(string? excluded = null) => [.. (await Cohort(excluded).List(cancel)).Select(f => f.Path)];

    [Fact]
    public async Task Files_come_sorted_ordinally_without_what_is_not_the_cohorts()
    {
        foreach (var path in new[] { "b.csv", "a/2", "a/1", "B.csv", "a-b", ".radiogenomics/store/x", ".DS_Store", "a/.hidden", "_COMPLETE", "a/_COMPLETE", "out/x" })
            folder.Write("cohort/" + path, path);
        Assert.Equal(["B.csv", "a-b", "a/1", "a/2", "a/_COMPLETE", "b.csv"], await Paths(folder.At("cohort/out")));
    }

    [Fact]
    public async Task Content_and_length_are_those_of_the_file()
    {
        folder.Write("cohort/a", "abc");
        var file = Assert.Single(await Cohort().List(cancel));
        Assert.Equal(("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 3L), (file.Sha256, file.Length));
        await using var stream = await Cohort().Open(file, cancel);
        Assert.True(stream.CanSeek);
        Assert.Equal("abc", await new StreamReader(stream).ReadToEndAsync(cancel));
    }

    [Fact]
    public async Task Links_are_followed_and_circles_end()
    {
        folder.Write("elsewhere/case/1.dcm", "1");
        folder.Write("cohort/study.yaml", "s");
        folder.Write("single", "single");
        Directory.CreateSymbolicLink(folder.At("cohort/imaging"), folder.At("elsewhere"));
        Directory.CreateSymbolicLink(folder.At("elsewhere/case/up"), folder.At("cohort"));
        Directory.CreateSymbolicLink(folder.At("elsewhere/self"), folder.At("elsewhere"));
        File.CreateSymbolicLink(folder.At("cohort/link"), folder.At("single"));
        Assert.Equal(["imaging/case/1.dcm", "link", "study.yaml"], await Paths());
        Assert.Equal(6, (await Cohort().List(cancel))[1].Length);
        await using var stream = await Cohort().Open((await Cohort().List(cancel))[1], cancel);
        Assert.Equal("single", await new StreamReader(stream).ReadToEndAsync(cancel));
    }

    [Fact]
    public async Task A_link_to_nothing_is_named()
    {
        folder.Write("cohort/a", "a");
        File.CreateSymbolicLink(folder.At("cohort/gone"), folder.At("nowhere"));
        Assert.Equal(("cohort.dangling_link", "gone"), (await Assert.ThrowsAsync<BadInputException>(Paths_)) is var e ? (e.Code, e.Where!) : default);
        async Task Paths_() => await Paths();
    }

    [Fact]
    public async Task No_cohort_at_all_is_bad_input() =>
        Assert.Equal("cohort.missing", (await Assert.ThrowsAsync<BadInputException>(async () => await Paths())).Code);

    [Theory]
    [InlineData("changed")]
    [InlineData("removed")]
    public async Task A_file_that_is_not_what_it_was_is_not_opened(string how)
    {
        var path = folder.Write("cohort/a", "abc");
        var file = Assert.Single(await Cohort().List(cancel));
        if (how == "removed")
            File.Delete(path);
        else
            await File.WriteAllTextAsync(path, "abcd", cancel);
        Assert.Equal(CohortFile.ChangedCode, (await Assert.ThrowsAsync<BadInputException>(() => Cohort().Open(file, cancel))).Code);
    }

    [Fact]
    public async Task A_path_that_leaves_the_cohort_is_refused()
    {
        folder.Write("cohort/a", "a");
        folder.Write("secret", "s");
        var bad = await Assert.ThrowsAsync<BadInputException>(() => Cohort().Open(new CohortFile("../secret", "x", 1, "v"), cancel));
        Assert.Equal("cohort.outside", bad.Code);
    }

    [Fact]
    public async Task An_unchanged_file_is_not_read_again_and_a_damaged_cache_only_costs_work()
    {
        var path = folder.Write("cohort/a", "abc");
        var time = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, time);
        var first = Assert.Single(await Cohort().List(cancel));

        // Other content of the same length and time: only a cache would not see it.
        await File.WriteAllTextAsync(path, "xyz", cancel);
        File.SetLastWriteTimeUtc(path, time);
        Assert.Equal(first, Assert.Single(await Cohort().List(cancel)));
        File.SetLastWriteTimeUtc(path, time.AddSeconds(1));
        var second = Assert.Single(await Cohort().List(cancel));
        Assert.NotEqual(first.Sha256, second.Sha256);
        await File.WriteAllTextAsync(folder.At("out/hashes.json"), "{ torn", cancel);
        Assert.Equal(second, Assert.Single(await Cohort().List(cancel)));
    }

    [Fact]
    public async Task Moving_and_touching_a_file_redoes_no_step_and_changing_it_does()
    {
        var reading = new FunctionStep<CohortFile, ArtifactRef>(Read, async (file, context, token) =>
        {
            await using var source = await context.Cohort.Open(file, token);
            return Outcome.Of(await context.Artifacts.Put(s => source.CopyToAsync(s, token), token));
        });
        async Task<string> Result()
        {
            using var rig = new TestRig(folder.At("out"), new StepCatalogue().Add(reading), cohort: Cohort());
            await rig.Runner.Run(new StepCall("read", 1, CanonicalJson.ToElement((await Cohort().List(cancel)).Single())), cancel);
            return rig.Ledger.Events.Single().Facts["result"];
        }
        var path = folder.Write("cohort/a", "abc");
        Assert.Equal("computed", await Result());
        File.SetLastWriteTimeUtc(path, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Equal("found", await Result());
        Directory.CreateDirectory(folder.At("cohort/moved"));
        File.Move(path, folder.At("cohort/moved/b"));
        Assert.Equal("found", await Result());
        await File.WriteAllTextAsync(folder.At("cohort/moved/b"), "abd", cancel);
        Assert.Equal("computed", await Result());
    }
}
