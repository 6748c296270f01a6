using CsCheck;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Folders;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Tests.Folders;

/// <summary>Records as files: what a killed process leaves, and what a file system must not confuse.</summary>
public sealed class FolderRecordStoreTests : IDisposable
{
    private static readonly string[] DeviceLike = ["con", "CON", "nul.txt", "aux:", "com1", "lpt9.", "con~", ".", ".."];
    private readonly TestFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public sealed record Sample(int Number);

    public void Dispose() => folder.Dispose();

    private FolderRecordStore Open() => new(folder.At("records"));

    private static async Task<Dictionary<string, int>> All(FolderRecordStore store)
    {
        var all = new Dictionary<string, int>();
        await foreach (var record in store.List<Sample>("p", "", Cancel))
            all[record.Key] = record.Value.Number;
        return all;
    }

    private async Task Start()
    {
        Assert.True(await Open().Commit("p", [.. Enumerable.Range(0, 4).Select(i => RecordChange.Insert($"k{i}", new Sample(i)))], Cancel));
    }

    /// <summary>k0 and k1 are replaced, k2 is removed, k4 is new.</summary>
    private static RecordJournal Journal() => new(
        7,
        [
            new("k0", CanonicalJson.ToElement(new Sample(10))), new("k1", CanonicalJson.ToElement(new Sample(11))), new("k2", null),
            new("k4", CanonicalJson.ToElement(new Sample(14))),
        ]);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_commit_that_was_decided_is_finished_by_whoever_comes_next(int made)
    {
        await Start();
        var partition = folder.At("records/p");
        var journal = Journal();
        await RecordJournal.Write(partition, journal, Cancel);
        foreach (var change in journal.Changes.Take(made))
            await RecordFile.Apply(Path.Combine(partition, change.Key + ".json"), change.Value, journal.Version, Cancel);

        Assert.Equal(10, (await Open().Find<Sample>("p", "k0", Cancel))!.Value.Number);
        Assert.Equal(new() { ["k0"] = 10, ["k1"] = 11, ["k3"] = 3, ["k4"] = 14 }, await All(Open()));
        Assert.False(RecordJournal.Stands(partition));
        var record = (await Open().Find<Sample>("p", "k4", Cancel))!;
        Assert.True(await Open().Commit("p", [RecordChange.Replace(record, new Sample(15))], Cancel));
        Assert.True(long.Parse((await Open().Find<Sample>("p", "k4", Cancel))!.Version, System.Globalization.CultureInfo.InvariantCulture) > 7);
    }

    [Fact]
    public async Task A_commit_of_a_writer_finds_what_the_one_before_it_had_decided()
    {
        await Start();
        var old = (await Open().Find<Sample>("p", "k0", Cancel))!;
        await RecordJournal.Write(folder.At("records/p"), Journal(), Cancel);
        Assert.False(await Open().Commit("p", [RecordChange.Replace(old, new Sample(99))], Cancel));
        Assert.Equal(10, (await Open().Find<Sample>("p", "k0", Cancel))!.Value.Number);
    }

    [Fact]
    public async Task A_commit_that_was_not_decided_never_was()
    {
        await Start();
        folder.Write("records/p/.draft", "{\"version\":8,\"changes\":[{\"key\":\"k0\",");
        Assert.Equal(0, (await Open().Find<Sample>("p", "k0", Cancel))!.Value.Number);
        Assert.Equal(4, (await All(Open())).Count);
        Assert.True(await Open().Commit("p", [RecordChange.Insert("k9", new Sample(9)), RecordChange.Insert("k8", new Sample(8))], Cancel));
        Assert.Equal(6, (await All(Open())).Count);
    }

    [Fact]
    public async Task Readers_wait_for_a_commit_that_is_going_on()
    {
        await Start();
        var partition = folder.At("records/p");
        var locks = new CountingLocks();
        Task<StoredRecord<Sample>?> reading;
        using (await locks.Take(Path.Combine(partition, ".lock"), Cancel))
        {
            await RecordJournal.Write(partition, Journal(), Cancel);
            reading = Open().Find<Sample>("p", "k2", Cancel);
            await Task.Delay(50, Cancel);
            Assert.False(reading.IsCompleted);
            await RecordJournal.Finish(partition, key => Path.Combine(partition, key + ".json"), Cancel);
        }
        Assert.Null(await reading);
    }

    [Fact]
    public async Task A_count_that_was_lost_gives_no_version_twice()
    {
        await Start();
        var old = (await Open().Find<Sample>("p", "k0", Cancel))!;
        File.Delete(folder.At("records/p/.lock"));
        Assert.True(await Open().Commit("p", [RecordChange.Replace(old, new Sample(1))], Cancel));
        Assert.NotEqual(old.Version, (await Open().Find<Sample>("p", "k0", Cancel))!.Version);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"version\":1}")]
    [InlineData("{\"version\":0,\"value\":{}}")]
    [InlineData("{\"version\":1,\"value\":{\"number\":\"x\"}}")]
    public async Task A_damaged_record_is_said_and_not_taken_for_none(string text)
    {
        folder.Write("records/p/k.json", text);
        await Assert.ThrowsAsync<StorageException>(() => Open().Find<Sample>("p", "k", Cancel));
    }

    [Fact]
    public async Task Files_that_are_no_records_are_left_aside()
    {
        await Start();
        foreach (var name in new[] { "K9.json", "a b.json", "x+zz.json", "k0.json.bak", "=k.json", ".json" })
            folder.Write("records/p/" + name, "x");
        Assert.Equal(4, (await All(Open())).Count);
    }

    [Fact]
    public void Every_name_has_one_file_that_no_file_system_confuses_with_another()
    {
        var character = Gen.Char["abcxyzABCXYZ0129-_.:~"];
        var name = Gen.OneOf(Gen.String[character, 1, 200], Gen.Int[0, DeviceLike.Length - 1].Select(i => DeviceLike[i]));
        Gen.Select(name, name).Sample((a, b) =>
        {
            var (fileA, fileB) = (RecordFileName.Encode(a), RecordFileName.Encode(b));
            Assert.Equal(a, RecordFileName.Decode(fileA));
            Assert.InRange(fileA.Length, 1, 242);
            Assert.DoesNotContain(fileA, char.IsUpper);
            Assert.DoesNotContain(fileA, c => c is '.' or ':' or '/' or '\\' or ' ');
            Assert.False(PortableNames.IsRefusedByWindows(fileA + ".json"));
            Assert.Equal(a == b, fileA.Equals(fileB, StringComparison.OrdinalIgnoreCase));
        });
        Assert.Equal("a!b,c+1", RecordFileName.Encode("A.b:c"));
    }

    [Fact]
    public async Task A_ledger_is_one_json_object_a_line_also_after_half_a_line_and_from_several_handles()
    {
        await using var one = FolderServiceStorage.Open(folder.Path, TimeProvider.System, freeBytes: 0);
        await using var two = FolderServiceStorage.Open(folder.Path, TimeProvider.System, freeBytes: 0);
        var file = folder.Write("store/ledgers/x-1,run.jsonl", "{\"event\":\"cut sh");
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => (i % 2 == 0 ? one : two).Ledger("x-1:run").Append(
            "step", new Dictionary<string, string> { ["text"] = $"line\n{i}" }, Cancel))));
        var lines = await File.ReadAllLinesAsync(file, Cancel);
        Assert.Equal(41, lines.Length);
        Assert.Equal(40, lines[1..].Select(l => System.Text.Json.JsonDocument.Parse(l).RootElement.GetProperty("text").GetString()).Distinct().Count());
    }
}
