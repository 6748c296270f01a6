using System.Text;
using System.Text.Json;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Pipeline.Storage;

namespace RadiogenomicsCloud.Core.Tests.Pipeline;

public sealed class StoreTests : IDisposable
{
    private static readonly string Key = new('a', 64);
    private readonly TestFolder folder = new();
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    private LocalStore Open() => LocalStore.Open(folder.Path, freeBytes: 0);

    private static JsonElement Json(string text) => CanonicalJson.ToElement(new { value = text });

    private async Task<ArtifactRef> Put(LocalStore store, string text) =>
        await store.Artifacts.Put(s => s.WriteAsync(Encoding.UTF8.GetBytes(text), cancel).AsTask(), cancel);

    private string OnlyFile(string below) => Assert.Single(Directory.GetFiles(folder.At(below), "*", SearchOption.AllDirectories));

    [Fact]
    public async Task An_artifact_lies_under_the_hash_of_its_bytes_and_is_read_back()
    {
        using var store = Open();
        var reference = await Put(store, "abc");
        // printf abc | sha256sum
        Assert.Equal(new ArtifactRef("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 3), reference);
        Assert.EndsWith(Path.Combine("ba", reference.Sha256[2..]), OnlyFile("store/artifacts"), StringComparison.Ordinal);
        await using var stream = await store.Artifacts.Open(reference, cancel);
        Assert.Equal("abc", await new StreamReader(stream!).ReadToEndAsync(cancel));
    }

    [Fact]
    public async Task What_was_never_kept_is_missing_and_a_name_that_is_no_hash_is_refused()
    {
        using var store = Open();
        Assert.Null(await store.Artifacts.Open(new ArtifactRef(Key, 3), cancel));
        Assert.Null(await store.Outcomes.Find(Key, cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => store.Artifacts.Open(new ArtifactRef("../../etc/passwd", 3), cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => store.Outcomes.Find("AA", cancel));
    }

    [Fact]
    public async Task A_put_that_fails_leaves_nothing()
    {
        using var store = Open();
        await Assert.ThrowsAsync<InvalidCastException>(() => store.Artifacts.Put(
            async s =>
            {
                await s.WriteAsync(new byte[1000], cancel);
                throw new InvalidCastException();
            },
            cancel));
        Assert.False(Directory.Exists(folder.At("store/artifacts")));
        Assert.Empty(Directory.GetFiles(store.TemporaryFolder));
    }

    [Fact]
    public async Task Many_writers_of_one_content_and_of_one_key_agree()
    {
        using var store = Open();
        var references = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Put(store, "same"))));
        Assert.Single(references.Distinct());
        OnlyFile("store/artifacts");

        var kept = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            Task.Run(() => store.Outcomes.Keep(Key, Json(i.ToString(System.Globalization.CultureInfo.InvariantCulture)), cancel))));
        Assert.Single(kept.Select(k => k.GetRawText()).Distinct());
        Assert.Equal(kept[0].GetRawText(), (await store.Outcomes.Find(Key, cancel))!.Value.GetRawText());
        OnlyFile("store/outcomes");
        Assert.Empty(Directory.GetFiles(store.TemporaryFolder));
    }

    [Fact]
    public async Task The_first_outcome_stands_until_it_is_dropped()
    {
        using var store = Open();
        await store.Outcomes.Keep(Key, Json("first"), cancel);
        Assert.Equal("first", (await store.Outcomes.Keep(Key, Json("second"), cancel)).GetProperty("value").GetString());
        await store.Outcomes.Drop(Key, cancel);
        await store.Outcomes.Drop(Key, cancel);
        Assert.Equal("second", (await store.Outcomes.Keep(Key, Json("second"), cancel)).GetProperty("value").GetString());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(-1)]
    public async Task A_torn_or_altered_outcome_is_a_miss_and_is_replaced(int keep)
    {
        using var store = Open();
        await store.Outcomes.Keep(Key, Json("first"), cancel);
        var file = OnlyFile("store/outcomes");
        var text = await File.ReadAllTextAsync(file, cancel);
        await File.WriteAllTextAsync(file, keep < 0 ? text.Replace("first", "FIRST", StringComparison.Ordinal) : text[..keep], cancel);
        Assert.Null(await store.Outcomes.Find(Key, cancel));
        Assert.Equal("second", (await store.Outcomes.Keep(Key, Json("second"), cancel)).GetProperty("value").GetString());
        Assert.Equal("second", (await store.Outcomes.Find(Key, cancel))!.Value.GetProperty("value").GetString());
    }

    [Fact]
    public async Task A_damaged_artifact_is_missing_and_put_again()
    {
        ArtifactRef reference;
        using (var store = Open())
            reference = await Put(store, "abc");
        await File.WriteAllTextAsync(OnlyFile("store/artifacts"), "abd", cancel);
        using var second = Open();
        Assert.Null(await second.Artifacts.Open(reference, cancel));
        Assert.Equal(reference, await Put(second, "abc"));
        await using var stream = await second.Artifacts.Open(reference, cancel);
        Assert.NotNull(stream);
    }

    [Fact]
    public void Temporary_files_of_a_killed_process_are_swept_and_those_of_a_living_one_are_not()
    {
        using var living = Open();
        var kept = Path.Combine(living.TemporaryFolder, "half.tmp");
        File.WriteAllText(kept, "half");
        folder.Write("store/tmp/1.lock", "");
        var left = folder.Write("store/tmp/1/half.tmp", "half"); // As a killed process leaves it: its lock is free.
        folder.Write("store/tmp/2.lock", "");
        var further = folder.Write("store/tmp/2/step-1/half.tmp", "half");
        using var next = Open();
        Assert.True(File.Exists(kept));
        Assert.False(File.Exists(left));
        Assert.False(File.Exists(further));
        Assert.NotEqual(living.TemporaryFolder, next.TemporaryFolder);
    }

    [Fact]
    public void Too_little_free_disk_is_said_before_anything_is_spent()
    {
        var full = Assert.Throws<StorageException>(() => LocalStore.Open(folder.Path, long.MaxValue));
        Assert.Equal("storage.full", full.Code);
        Assert.Matches("has [0-9,]+ MB free and 9,223,372,036,854 MB may be needed", full.Message);
        Assert.False(Directory.Exists(folder.At("store")));
    }

    [Fact]
    public void A_store_that_cannot_be_made_is_storage_trouble()
    {
        var file = folder.Write("file", "x");
        Assert.Throws<StorageException>(() => LocalStore.Open(Path.Combine(file, "below"), 0));
    }

    [Fact]
    public async Task A_lease_is_held_once_and_comes_back_when_it_is_given_up()
    {
        using var store = Open();
        var held = await store.Leases.TryTake("run", cancel);
        Assert.NotNull(held);
        Assert.Null(await store.Leases.TryTake("run", cancel));
        await using (await store.Leases.TryTake("other", cancel))
            await held.DisposeAsync();
        await using var again = await store.Leases.TryTake("run", cancel);
        Assert.NotNull(again);
    }

    [Fact]
    public async Task The_ledger_is_one_json_object_a_line_and_grows()
    {
        using var store = Open();
        for (var session = 0; session < 2; session++)
        {
            await using var ledger = store.OpenLedger("r", TimeProvider.System);
            await Task.WhenAll(Enumerable.Range(0, 10).Select(i => ledger.Append(
                "step", new Dictionary<string, string> { ["text"] = $"line\n{i}" }, cancel)));
        }
        var lines = await File.ReadAllLinesAsync(folder.At("runs/r/run.jsonl"), cancel);
        Assert.Equal(20, lines.Length);
        Assert.All(lines, l => Assert.Equal("step", JsonDocument.Parse(l).RootElement.GetProperty("event").GetString()));
    }

    [Fact]
    public void A_manifest_survives_a_line_that_a_kill_cut_short()
    {
        using var store = Open();
        var path = folder.Write("store/manifests/r.keys", $"\n{Key}\n\n{Key[..30]}");
        using (var manifest = store.OpenManifest("r"))
        {
            manifest.Add(Key);
            manifest.Add(new string('b', 64));
        }
        Assert.Equal([Key, new string('b', 64)], RunManifest.Read(path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Clean_drops_what_no_kept_run_reaches_and_says_how_much()
    {
        async Task Run(string runId, string[] texts)
        {
            using var rig = new TestRig(folder.Path, SampleSteps.Catalogue(), runId: runId);
            await rig.Host.Run(SampleSteps.Lengths, runId, texts, cancel);
        }
        await Run("one", ["shared", "only one"]);
        await Run("two", ["shared", "only two!"]);
        Assert.Equal(new CleanResult(2, 0, 0, 0), await StoreCleaner.Clean(folder.Path, cancel));

        Directory.Delete(folder.At("runs/one"), recursive: true);
        var result = await StoreCleaner.Clean(folder.Path, cancel);
        Assert.Equal((1, 2, 1), (result.Runs, result.Outcomes, result.Artifacts)); // Its text and its total; the shared text stays.
        Assert.True(result.BytesFreed > 8);
        using var rig = new TestRig(folder.Path, SampleSteps.Catalogue(), runId: "two");
        await rig.Host.Run(SampleSteps.Lengths, "two", ["shared", "only two!"], cancel);
        Assert.Equal((3, 0), (rig.Ledger.Count("found"), rig.Ledger.Count("computed")));
    }

    [Fact]
    public async Task Clean_waits_for_no_run_that_is_going_on_and_refuses_a_folder_without_store()
    {
        // A run that has no folder yet may already count on outcomes of earlier ones.
        using (Open())
        using (Open())
            Assert.Equal("clean.busy", (await Assert.ThrowsAsync<StorageException>(() => StoreCleaner.Clean(folder.Path, cancel))).Code);
        await StoreCleaner.Clean(folder.Path, cancel);
        await Assert.ThrowsAsync<BadInputException>(() => StoreCleaner.Clean(folder.At("nowhere"), cancel));
    }

    [Fact]
    public async Task Clean_refuses_the_storage_of_a_service_whose_records_name_what_no_run_does()
    {
        using (var store = Open())
            await Put(store, "model");
        folder.Write("records/jobs/x.json", "{}");
        Assert.Equal("clean.service", (await Assert.ThrowsAsync<BadInputException>(() => StoreCleaner.Clean(folder.Path, cancel))).Code);
        OnlyFile("store/artifacts");
    }
}
