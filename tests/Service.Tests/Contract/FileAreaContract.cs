using System.Security.Cryptography;
using RadiogenomicsCloud.Pipeline;
using RadiogenomicsCloud.Service.Ports;

namespace RadiogenomicsCloud.Service.Tests.Contract;

public abstract class FileAreaContract : StorageContract
{
    [Fact]
    public async Task What_is_written_is_found_listed_and_read_with_one_version()
    {
        var area = await NewArea();
        Assert.Equal(Unique, area.Name);
        var written = await Write(area, "a/b.txt", "abc");
        Assert.NotNull(written);
        Assert.Equal(("a/b.txt", 3L, TimeSpan.Zero), (written.Path, written.Length, written.Modified.Offset));
        Assert.Equal(written.Version, (await area.Find("a/b.txt", Cancel))!.Version);
        Assert.Equal(written, Assert.Single(await ToList(area.List("", Cancel))) with { Modified = written.Modified });
        Assert.Equal("abc", await Read(area, "a/b.txt"));
        Assert.Equal("abc", await Read(area, "a/b.txt", written.Version));
    }

    [Fact]
    public async Task What_is_not_there_is_null_and_not_an_error()
    {
        var area = await NewArea();
        Assert.Null(await area.Find("none", Cancel));
        Assert.Null(await area.Open("none", null, Cancel));
        Assert.Null(await area.Open("no/such/file", null, Cancel));
        Assert.False(await area.Delete("none", Cancel));
        Assert.Empty(await ToList(area.List("no/such", Cancel)));
        Assert.Empty(await ToList(area.ListFolders("none/", Cancel)));
    }

    [Fact]
    public async Task An_empty_file_is_a_file()
    {
        var area = await NewArea();
        var written = await area.Write("_COMPLETE", _ => Task.CompletedTask, WriteCondition.None, Cancel);
        Assert.Equal(0, written!.Length);
        Assert.Equal("", await Read(area, "_COMPLETE", written.Version));
        Assert.Equal(0, Assert.Single(await ToList(area.List("", Cancel))).Length);
    }

    [Fact]
    public async Task An_area_that_is_not_there_is_storage_trouble_until_it_is_made()
    {
        var area = Storage.Files.Area(Unique);
        Assert.False(await Storage.Files.Exists(Unique, Cancel));
        await Assert.ThrowsAsync<StorageException>(() => Write(area, "a", "a"));
        await Assert.ThrowsAsync<StorageException>(() => ToList(area.List("", Cancel)));
        await Storage.Files.Create(Unique, Cancel);
        await Storage.Files.Create(Unique, Cancel);
        Assert.True(await Storage.Files.Exists(Unique, Cancel));
        Assert.NotNull(await Write(area, "a", "a"));
    }

    [Fact]
    public async Task A_removed_area_is_gone_with_its_files()
    {
        var area = await NewArea();
        await Write(area, "a/b", "x");
        await Storage.Files.Delete(Unique, Cancel);
        await Storage.Files.Delete(Unique, Cancel);
        Assert.False(await Storage.Files.Exists(Unique, Cancel));
    }

    [Fact]
    public async Task Every_write_gives_another_version_also_of_the_same_bytes_and_at_once()
    {
        var area = await NewArea();
        var versions = new List<string>();
        for (var i = 0; i < 30; i++)
        {
            versions.Add((await Write(area, "same", "same"))!.Version);
            if (i % 10 == 9)
                Assert.True(await area.Delete("same", Cancel));
        }
        Assert.Equal(versions.Count, versions.Distinct().Count());
    }

    [Fact]
    public async Task Conditions_hold_or_nothing_is_written()
    {
        var area = await NewArea();
        Assert.Null(await Write(area, "f", "0", WriteCondition.IfVersion("no-such-version")));
        Assert.Null(await area.Find("f", Cancel));
        var first = await Write(area, "f", "1", WriteCondition.IfAbsent);
        Assert.NotNull(first);
        Assert.Null(await Write(area, "f", "2", WriteCondition.IfAbsent));
        Assert.Equal("1", await Read(area, "f"));
        var second = await Write(area, "f", "3", WriteCondition.IfVersion(first.Version));
        Assert.NotNull(second);
        Assert.Null(await Write(area, "f", "4", WriteCondition.IfVersion(first.Version)));
        Assert.Equal("3", await Read(area, "f", second.Version));
    }

    [Fact]
    public async Task Of_many_who_put_a_file_if_it_is_absent_one_does()
    {
        var area = await NewArea();
        var other = (await OpenAnother()).Files.Area(Unique);
        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(i =>
            Task.Run(() => Write(i % 2 == 0 ? area : other, "deep/er/one", $"{i}", WriteCondition.IfAbsent))));
        var winner = Assert.Single(Enumerable.Range(0, 16), i => results[i] is not null);
        Assert.Equal($"{winner}", await Read(area, "deep/er/one", results[winner]!.Version));
    }

    [Fact]
    public async Task Of_many_who_replace_one_version_one_does_and_no_count_is_lost()
    {
        var area = await NewArea();
        var other = (await OpenAnother()).Files.Area(Unique);
        await Write(area, "count", "0");
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(async () =>
        {
            var mine = i % 2 == 0 ? area : other;
            for (var added = 0; added < 5;)
            {
                var standing = await mine.Find("count", Cancel);
                string? text;
                try
                {
                    text = await Read(mine, "count", standing!.Version);
                }
                catch (BadInputException exception) when (exception.Code == CohortFile.ChangedCode)
                {
                    continue;
                }
                var next = int.Parse(text!, System.Globalization.CultureInfo.InvariantCulture) + 1;
                added += await Write(mine, "count", $"{next}", WriteCondition.IfVersion(standing.Version)) is null ? 0 : 1;
            }
        })));
        Assert.Equal("30", await Read(area, "count"));
    }

    [Fact]
    public async Task A_pinned_version_is_refused_after_it_was_replaced_or_removed_and_never_mixed()
    {
        var area = await NewArea();
        var bytes = new byte[9_000_000];
        var old = (await area.Write("f", s => s.WriteAsync(bytes, Cancel).AsTask(), WriteCondition.None, Cancel))!;
        await using var reading = await area.Open("f", old.Version, Cancel);
        Assert.Equal(1, await reading!.ReadAsync(new byte[1], Cancel));
        Array.Fill(bytes, (byte)1);
        await area.Write("f", s => s.WriteAsync(bytes, Cancel).AsTask(), WriteCondition.None, Cancel);
        Assert.Equal(CohortFile.ChangedCode, (await Assert.ThrowsAsync<BadInputException>(() => area.Open("f", old.Version, Cancel))).Code);
        try
        {
            var rest = new MemoryStream();
            await reading.CopyToAsync(rest, Cancel);
            Assert.Equal(bytes.Length - 1, rest.Length);
            Assert.False(rest.ToArray().AsSpan().ContainsAnyExcept((byte)0));
        }
        catch (BadInputException exception)
        {
            Assert.Equal(CohortFile.ChangedCode, exception.Code); // As good: what was pinned can no longer be had.
        }
    }

    [Fact]
    public async Task A_file_of_many_megabytes_is_written_and_read_as_a_stream_and_read_from_anywhere()
    {
        var area = await NewArea();
        const int Blocks = 40;
        var block = new byte[1_000_003];
        new DeterministicBytes(1).Fill(block);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var written = await area.Write(
            "large",
            async s =>
            {
                for (var i = 0; i < Blocks; i++)
                {
                    block[0] = (byte)i;
                    await s.WriteAsync(block, Cancel);
                }
            },
            WriteCondition.IfAbsent,
            Cancel);
        for (var i = 0; i < Blocks; i++)
        {
            block[0] = (byte)i;
            hash.AppendData(block);
        }
        Assert.Equal((long)Blocks * block.Length, written!.Length);
        await using var stream = await area.Open("large", written.Version, Cancel);
        Assert.True(stream!.CanSeek);
        Assert.Equal(written.Length, stream.Length);
        Assert.Equal(Convert.ToHexString(hash.GetHashAndReset()), Convert.ToHexString(await SHA256.HashDataAsync(stream, Cancel)));
        foreach (var at in new[] { Blocks - 1, 0, 17 })
        {
            var two = new byte[2];
            stream.Seek((long)at * block.Length, SeekOrigin.Begin);
            await stream.ReadExactlyAsync(two, Cancel);
            Assert.Equal([(byte)at, block[1]], two);
            Assert.Equal((long)at * block.Length + 2, stream.Position);
        }
        stream.Seek(0, SeekOrigin.End);
        Assert.Equal(0, await stream.ReadAsync(new byte[10], Cancel));
    }

    [Fact]
    public async Task A_write_that_fails_leaves_nothing_and_what_stood_stands()
    {
        var area = await NewArea();
        async Task Half(Stream stream)
        {
            await stream.WriteAsync(new byte[5_000_000], Cancel);
            throw new InvalidCastException();
        }
        await Assert.ThrowsAsync<InvalidCastException>(() => area.Write("f", Half, WriteCondition.None, Cancel));
        Assert.Empty(await ToList(area.List("", Cancel)));
        var old = await Write(area, "f", "old");
        await Assert.ThrowsAsync<InvalidCastException>(() => area.Write("f", Half, WriteCondition.None, Cancel));
        Assert.Equal("old", await Read(area, "f", old!.Version));
    }

    public static TheoryData<string> OddNames => new(
        "a b/c d.txt", " leading", "100%.csv", "%2e%2e", "a#b", "a+b=c&d", "it's", "semi;colon,comma", "(1)[2]{3}", "naïve/Ärzte-Ωμέγα-日本語.dcm",
        "emoji-😀", "tilde~", "at@sign!$", "UPPER/lower", "a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p", "^`", "_COMPLETE", "1.2.840.113619.2/IM-0001");

    [Theory]
    [MemberData(nameof(OddNames))]
    public async Task Any_name_that_people_give_to_files_is_kept_as_it_is(string path)
    {
        var area = await NewArea();
        var written = await Write(area, path, path);
        Assert.Equal(path, written!.Path);
        Assert.Equal(path, Assert.Single(await ToList(area.List("", Cancel))).Path);
        var beginning = string.Concat(path.EnumerateRunes().SkipLast(1));
        Assert.Equal(path, Assert.Single(await ToList(area.List(beginning, Cancel))).Path);
        Assert.Equal(written.Version, (await area.Find(path, Cancel))!.Version);
        Assert.Equal(path, await Read(area, path, written.Version));
        Assert.True(await area.Delete(path, Cancel));
        Assert.Empty(await ToList(area.List("", Cancel)));
    }

    [Fact]
    public async Task Files_are_listed_in_ordinal_order_whatever_lies_in_folders()
    {
        var area = await NewArea();
        string[] paths =
        [
            "b", "a/z", "a-b", "a.txt", "a/a", "a/b/c", "a0", "A", "a b", "a#", "a%20b", "a'b", "a+b", "ä", "日", "a/b-c", "a/b.c", "z/_COMPLETE", "z/9", "z/A",
        ];
        await Task.WhenAll(paths.Select(p => Write(area, p, "x")));
        foreach (var prefix in new[] { "", "a", "a/", "a/b", "a/b/", "a ", "z/_", "ä", "none" })
        {
            Assert.Equal(
                paths.Where(p => p.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal),
                (await ToList(area.List(prefix, Cancel))).Select(f => f.Path));
        }
        Assert.Equal(["a", "z"], await ToList(area.ListFolders("", Cancel)));
        Assert.Equal(["b"], await ToList(area.ListFolders("a/", Cancel)));
    }

    [Fact]
    public async Task Folders_are_listed_in_ordinal_order_of_their_names()
    {
        var area = await NewArea();
        string[] names = ["a", "a-b", "a.b", "ab", "B", "ä b", "a%", "a+"];
        foreach (var name in names)
            await Write(area, name + "/x/y", "x");
        Assert.Equal(names.Order(StringComparer.Ordinal), await ToList(area.ListFolders("", Cancel)));
    }

    [Fact]
    public async Task A_listing_is_read_as_it_goes()
    {
        var area = await NewArea();
        foreach (var i in Enumerable.Range(0, 5))
            await Write(area, $"d{i}/f", "x");
        await foreach (var first in area.List("", Cancel))
        {
            Assert.Equal("d0/f", first.Path);
            break;
        }
    }

    /// <summary>Bytes that no compression makes smaller, the same at every run.</summary>
    private sealed class DeterministicBytes(ulong state)
    {
        public void Fill(Span<byte> bytes)
        {
            foreach (ref var b in bytes)
            {
                state = state * 6364136223846793005 + 1442695040888963407;
                b = (byte)(state >> 56);
            }
        }
    }
}
