using System.Text.Json;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Tests.Contract;

public abstract class RecordStoreContract : StorageContract
{
    /// <summary>Each character that a name may have.</summary>
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:~";

    private IRecordStore Records => Storage.Records;

    private string Partition => "p:" + Unique;

    public sealed record Sample(string Text, int Number, double? Missing = null, IReadOnlyList<string>? Items = null);

    private Task<bool> Commit(params RecordChange[] changes) => Records.Commit(Partition, changes, Cancel);

    private Task<StoredRecord<Sample>?> Find(string key) => Records.Find<Sample>(Partition, key, Cancel);

    private Task<List<StoredRecord<Sample>>> List(string prefix) => ToList(Records.List<Sample>(Partition, prefix, Cancel));

    [Fact]
    public async Task A_record_is_read_as_it_was_written()
    {
        var value = new Sample("naïve \"quoted\" <b> 😀 \u0001\n\\", -7, 0.1 + 0.2, ["", "x"]);
        Assert.Null(await Find("k"));
        Assert.True(await Commit(RecordChange.Insert("k", value)));
        var found = await Find("k");
        Assert.Equal((Partition, "k"), (found!.Partition, found.Key));
        Assert.Equal(JsonSerializer.Serialize(value), JsonSerializer.Serialize(found.Value));
        Assert.Null(await Records.Find<Sample>(Partition + "x", "k", Cancel));
    }

    [Fact]
    public async Task A_record_changes_only_from_the_version_that_was_read()
    {
        Assert.True(await Commit(RecordChange.Insert("k", new Sample("a", 1))));
        Assert.False(await Commit(RecordChange.Insert("k", new Sample("b", 2))));
        var first = (await Find("k"))!;
        Assert.True(await Commit(RecordChange.Replace(first, new Sample("c", 3))));
        Assert.False(await Commit(RecordChange.Replace(first, new Sample("d", 4))));
        Assert.False(await Commit(RecordChange.Remove(first)));
        var second = (await Find("k"))!;
        Assert.Equal("c", second.Value.Text);
        Assert.NotEqual(first.Version, second.Version);
        Assert.True(await Commit(RecordChange.Remove(second)));
        Assert.Null(await Find("k"));
        Assert.False(await Commit(RecordChange.Remove(second)));
        Assert.False(await Commit(RecordChange.Replace(second, new Sample("e", 5))));
    }

    [Fact]
    public async Task A_version_does_not_come_back_when_a_record_is_made_again()
    {
        var versions = new HashSet<string>();
        for (var i = 0; i < 4; i++)
        {
            Assert.True(await Commit(RecordChange.Insert("k", new Sample("same", 1))));
            var record = (await Find("k"))!;
            Assert.True(versions.Add(record.Version));
            Assert.True(await Commit(RecordChange.Replace(record, record.Value)));
            record = (await Find("k"))!;
            Assert.True(versions.Add(record.Version));
            Assert.True(await Commit(RecordChange.Remove(record)));
        }
    }

    [Fact]
    public async Task All_changes_are_made_or_none()
    {
        Assert.True(await Commit(RecordChange.Insert("a", new Sample("a", 1)), RecordChange.Insert("b", new Sample("b", 1))));
        var (a, b) = ((await Find("a"))!, (await Find("b"))!);
        Assert.False(await Commit(
            RecordChange.Replace(a, new Sample("a", 2)), RecordChange.Remove(b), RecordChange.Insert("c", new Sample("c", 2)),
            RecordChange.Insert("b2", new Sample("x", 2)), new RecordChange("d", CanonicalJson.ToElement(new Sample("d", 2)), a.Version)));
        Assert.Equal([("a", 1), ("b", 1)], (await List("")).Select(r => (r.Key, r.Value.Number)));
        Assert.True(await Commit(RecordChange.Replace(a, new Sample("a", 3)), RecordChange.Remove(b), RecordChange.Insert("c", new Sample("c", 3))));
        Assert.Equal([("a", 3), ("c", 3)], (await List("")).Select(r => (r.Key, r.Value.Number)));
    }

    [Fact]
    public async Task Ninety_changes_go_in_one_commit_and_more_are_refused()
    {
        RecordChange[] Changes(int count, string text) =>
            [.. Enumerable.Range(0, count).Select(i => RecordChange.Insert($"{text}{i:000}", new Sample(text, i)))];
        Assert.True(await Commit(Changes(IRecordStore.MaximumChanges, "a")));
        Assert.Equal(Enumerable.Range(0, IRecordStore.MaximumChanges), (await List("a")).Select(r => r.Value.Number));
        await Assert.ThrowsAsync<ArgumentException>(() => Commit(Changes(IRecordStore.MaximumChanges + 1, "b")));
        await Assert.ThrowsAsync<ArgumentException>(() => Commit(Changes(1, "b")[0], Changes(1, "b")[0]));
        Assert.Empty(await List("b"));
        Assert.True(await Commit());
    }

    [Fact]
    public async Task A_value_of_the_greatest_length_is_kept_and_a_longer_one_refused()
    {
        static string Fitting(char c, int bytes) => new(c, bytes - CanonicalJson.Serialize(new { text = "" }).Length);
        var ascii = new { text = Fitting('x', IRecordStore.MaximumValueBytes) };
        var accents = new { text = string.Concat(Enumerable.Repeat("\u20ac", (IRecordStore.MaximumValueBytes - 100) / 3)) };
        Assert.True(await Commit(RecordChange.Insert("ascii", ascii), RecordChange.Insert("accents", accents)));
        Assert.Equal(ascii.text, (await Records.Find<JsonElement>(Partition, "ascii", Cancel))!.Value.GetProperty("text").GetString());
        Assert.Equal(accents.text, (await Records.Find<JsonElement>(Partition, "accents", Cancel))!.Value.GetProperty("text").GetString());
        var tooLong = new { text = Fitting('x', IRecordStore.MaximumValueBytes + 1) };
        await Assert.ThrowsAsync<BadInputException>(() => Commit(RecordChange.Insert("more", tooLong)));
        Assert.Null(await Records.Find<JsonElement>(Partition, "more", Cancel));
    }

    [Fact]
    public async Task Names_may_have_each_allowed_character_and_differ_in_case_alone()
    {
        string[] keys =
        [
            .. Alphabet.Select(c => $"{c}"), .. Alphabet.Select(c => $"k{c}k"), "con", "NUL.txt", "..", "...", "a.", "case", "Case", "CASE", "a.json",
            new string('Z', 200), new string(':', 200), string.Concat(Enumerable.Repeat(Alphabet, 3))[..200],
        ];
        foreach (var chunk in keys.Distinct(StringComparer.Ordinal).Chunk(80))
            Assert.True(await Commit([.. chunk.Select(k => RecordChange.Insert(k, new Sample(k, 1)))]));
        Assert.Equal(keys.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), (await List("")).Select(r => r.Key));
        foreach (var key in new[] { "..", "con", "Case", new string('Z', 200), ":", "~", "." })
            Assert.Equal(key, (await Find(key))!.Value.Text);
        foreach (var prefix in new[] { "k", "C", ".", "ZZ", "k:" })
            Assert.Equal(keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal), (await List(prefix)).Select(r => r.Key));
    }

    [Fact]
    public async Task Partitions_may_have_each_allowed_character_and_know_nothing_of_each_other()
    {
        foreach (var partition in new[] { Unique + Alphabet, Unique + Alphabet.ToUpperInvariant(), Unique + ".", Unique + ":", Unique.PadRight(200, 'Q') })
        {
            Assert.True(await Records.Commit(partition, [RecordChange.Insert("k", new Sample(partition, 1))], Cancel));
            Assert.Equal(partition, (await Records.Find<Sample>(partition, "k", Cancel))!.Value.Text);
            Assert.Single(await ToList(Records.List<Sample>(partition, "", Cancel)));
        }
        Assert.Empty(await List(""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("ä")]
    [InlineData("a'b")]
    [InlineData("a%b")]
    [InlineData("a\0")]
    [InlineData("a\\b")]
    public async Task A_text_that_is_no_name_is_refused_and_nothing_is_written(string name)
    {
        await Assert.ThrowsAsync<BadInputException>(() => Find(name));
        await Assert.ThrowsAsync<BadInputException>(() => Commit(RecordChange.Insert("ok", new Sample("", 1)), RecordChange.Insert(name, new Sample("", 1))));
        await Assert.ThrowsAsync<BadInputException>(() => Records.Find<Sample>(name, "k", Cancel));
        await Assert.ThrowsAsync<BadInputException>(() => Find(new string('k', 201)));
        Assert.Null(await Find("ok"));
    }

    [Fact]
    public async Task Of_many_who_insert_one_does_and_no_increment_is_lost()
    {
        var other = (await OpenAnother()).Records;
        var inserted = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() =>
            (i % 2 == 0 ? Records : other).Commit(Partition, [RecordChange.Insert("k", new Sample("", 0))], Cancel))));
        Assert.Single(inserted, true);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(async () =>
        {
            var mine = i % 2 == 0 ? Records : other;
            for (var done = 0; done < 5;)
            {
                var old = (await mine.Find<Sample>(Partition, "k", Cancel))!;
                // The entry makes every second commit one of several changes.
                RecordChange[] changes = [RecordChange.Replace(old, old.Value with { Number = old.Value.Number + 1 })];
                if (done % 2 == 1)
                    changes = [.. changes, RecordChange.Insert($"log-{i}-{done}", new Sample("entry", old.Value.Number))];
                done += await mine.Commit(Partition, changes, Cancel) ? 1 : 0;
            }
        })));
        Assert.Equal(30, (await Find("k"))!.Value.Number);
        Assert.Equal(12, (await List("log-")).Count);
    }

    [Fact]
    public async Task Many_records_are_listed_in_ordinal_order()
    {
        const int Count = 270;
        foreach (var chunk in Enumerable.Range(0, Count).Reverse().Chunk(IRecordStore.MaximumChanges))
            Assert.True(await Commit([.. chunk.Select(i => RecordChange.Insert($"k:{i}", new Sample("", i)))]));
        var keys = (await List("k:")).Select(r => r.Key).ToList();
        Assert.Equal(Enumerable.Range(0, Count).Select(i => $"k:{i}").Order(StringComparer.Ordinal), keys);
        Assert.Equal(111, (await List("k:1")).Count);
    }
}
