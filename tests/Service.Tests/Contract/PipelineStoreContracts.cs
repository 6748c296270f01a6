using System.Text;
using System.Text.Json;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Tests.Contract;

public abstract class ArtifactStoreContract : StorageContract
{
    /// <summary>Alters one byte of an artifact where the storage keeps it, or cuts it short.</summary>
    protected abstract Task Damage(ArtifactRef reference, bool cut);

    private Task<ArtifactRef> Put(string text) => Storage.Artifacts.Put(Text(text), Cancel);

    private async Task<string?> Get(ArtifactRef reference)
    {
        await using var stream = await Storage.Artifacts.Open(reference, Cancel);
        return stream is null ? null : await new StreamReader(stream).ReadToEndAsync(Cancel);
    }

    [Fact]
    public async Task An_artifact_is_named_by_the_hash_of_its_bytes_and_read_back()
    {
        var text = "abc" + Unique;
        var reference = await Put(text);
        Assert.Equal(new ArtifactRef(CanonicalJson.Hex(Encoding.UTF8.GetBytes(text)), text.Length), reference);
        Assert.Equal(text, await Get(reference));
        // printf '' | sha256sum
        var empty = await Put("");
        Assert.Equal(new ArtifactRef("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", 0), empty);
        Assert.Equal("", await Get(empty));
    }

    [Fact]
    public async Task What_was_never_put_is_missing()
    {
        Assert.Null(await Get(new ArtifactRef(CanonicalJson.Hex(Encoding.UTF8.GetBytes("never" + Unique)), 5)));
        var reference = await Put("length" + Unique);
        Assert.Null(await Get(reference with { Length = reference.Length + 1 }));
        await Assert.ThrowsAsync<ArgumentException>(() => Get(new ArtifactRef("../../etc/passwd", 3)));
    }

    [Fact]
    public async Task A_put_that_fails_leaves_nothing_and_many_of_one_content_agree()
    {
        await Assert.ThrowsAsync<InvalidCastException>(() => Storage.Artifacts.Put(
            async s =>
            {
                await s.WriteAsync(Encoding.UTF8.GetBytes("half" + Unique), Cancel);
                throw new InvalidCastException();
            },
            Cancel));
        Assert.Null(await Get(new ArtifactRef(CanonicalJson.Hex(Encoding.UTF8.GetBytes("half" + Unique)), 4 + Unique.Length)));
        var other = (await OpenAnother()).Artifacts;
        var all = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(() => (i % 2 == 0 ? Storage.Artifacts : other).Put(Text("same" + Unique), Cancel))));
        Assert.Equal("same" + Unique, await Get(Assert.Single(all.Distinct())));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_damaged_artifact_is_missing_and_put_again(bool cut)
    {
        var text = "damaged" + Unique + new string('x', 1000);
        var reference = await Put(text);
        await Damage(reference, cut);
        var fresh = await OpenAnother(); // A host that has just started trusts nothing.
        Assert.Null(await fresh.Artifacts.Open(reference, Cancel));
        Assert.Equal(reference, await fresh.Artifacts.Put(Text(text), Cancel));
        await using var stream = await fresh.Artifacts.Open(reference, Cancel);
        Assert.Equal(text, await new StreamReader(stream!).ReadToEndAsync(Cancel));
    }

    [Fact]
    public async Task An_artifact_of_many_megabytes_is_read_from_anywhere()
    {
        var bytes = new byte[20_000_000];
        BitConverter.TryWriteBytes(bytes, Unique.GetHashCode(StringComparison.Ordinal));
        bytes[^1] = 7;
        var reference = await Storage.Artifacts.Put(s => s.WriteAsync(bytes, Cancel).AsTask(), Cancel);
        await using var stream = await Storage.Artifacts.Open(reference, Cancel);
        Assert.True(stream!.CanSeek);
        stream.Seek(-1, SeekOrigin.End);
        Assert.Equal(7, stream.ReadByte());
        stream.Position = 0;
        Assert.Equal(bytes[0], stream.ReadByte());
    }
}

public abstract class OutcomeStoreContract : StorageContract
{
    private string Key(string text) => CanonicalJson.Hex(Encoding.UTF8.GetBytes(text + Unique));

    private static JsonElement Json(string text) => CanonicalJson.ToElement(new { value = text });

    private static string? Value(JsonElement? element) => element?.GetProperty("value").GetString();

    [Fact]
    public async Task The_first_outcome_stands_until_it_is_dropped()
    {
        var key = Key("k");
        Assert.Null(await Storage.Outcomes.Find(key, Cancel));
        Assert.Equal("first", Value(await Storage.Outcomes.Keep(key, Json("first"), Cancel)));
        Assert.Equal("first", Value(await Storage.Outcomes.Keep(key, Json("second"), Cancel)));
        Assert.Equal("first", Value(await Storage.Outcomes.Find(key, Cancel)));
        await Storage.Outcomes.Drop(key, Cancel);
        await Storage.Outcomes.Drop(key, Cancel);
        Assert.Null(await Storage.Outcomes.Find(key, Cancel));
        Assert.Equal("third", Value(await Storage.Outcomes.Keep(key, Json("third"), Cancel)));
    }

    [Fact]
    public async Task Of_many_who_keep_one_stands_and_all_are_told_which()
    {
        var other = (await OpenAnother()).Outcomes;
        var kept = await Task.WhenAll(Enumerable.Range(0, 16).Select(i =>
            Task.Run(() => (i % 2 == 0 ? Storage.Outcomes : other).Keep(Key("race"), Json($"{i}"), Cancel))));
        Assert.Equal(Value(await Storage.Outcomes.Find(Key("race"), Cancel)), Assert.Single(kept.Select(k => Value(k)).Distinct()));
    }

    [Fact]
    public async Task A_name_that_is_no_hash_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Storage.Outcomes.Find("../x", Cancel));
}

public abstract class LeaseContract : StorageContract
{
    [Fact]
    public async Task A_lease_is_held_once_and_comes_back_when_it_is_given_up()
    {
        var other = (await OpenAnother()).Leases;
        var held = await Storage.Leases.TryTake(Unique, Cancel);
        Assert.NotNull(held);
        Assert.Null(await Storage.Leases.TryTake(Unique, Cancel));
        Assert.Null(await other.TryTake(Unique, Cancel));
        await using (var another = await other.TryTake(Unique + "-2", Cancel))
            Assert.NotNull(another);
        await held.DisposeAsync();
        await using var again = await other.TryTake(Unique, Cancel);
        Assert.NotNull(again);
    }

    [Fact]
    public async Task Of_many_who_want_it_one_gets_it()
    {
        var other = (await OpenAnother()).Leases;
        var taken = await Task.WhenAll(Enumerable.Range(0, 12).Select(i =>
            Task.Run(() => (i % 2 == 0 ? Storage.Leases : other).TryTake(Unique + ":race.A", Cancel))));
        await Assert.Single(taken, t => t is not null)!.DisposeAsync();
    }

    [Fact]
    public async Task A_ledger_takes_entries_of_several_hosts_at_once()
    {
        var other = await OpenAnother();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Task.Run(() =>
            (i % 2 == 0 ? Storage : other).Ledger(Unique).Append("step.done", new Dictionary<string, string> { ["text"] = $"line\n{i}" }, Cancel))));

        var entries = await ToList(Assert.IsAssignableFrom<ILedgerReader>(other).ReadLedger(Unique, Cancel));
        Assert.Equal(
            Enumerable.Range(0, 10).Select(i => $"line\n{i}").Order(StringComparer.Ordinal),
            entries.Select(entry => entry.Facts["text"]).Order(StringComparer.Ordinal));
        Assert.All(entries, entry => Assert.Equal("step.done", entry.Event));
        Assert.Empty(await ToList(((ILedgerReader)other).ReadLedger(Unique + "-none", Cancel)));
    }
}
