using System.IO.Compression;
using RadiogenomicsCloud.Imaging.Archives;

namespace RadiogenomicsCloud.Core.Tests.Imaging.Archives;

public class ZipImageFilesTests
{
    private static readonly ArchiveLimits Limits = new();

    [Fact]
    public void Files_are_read_in_place_under_their_names_in_ordinal_order()
    {
        using var zip = Open(Zip(("b/2.dcm", "two"), ("a.dcm", "one"), ("b/", null), (@"c\3.dcm", "three")));
        Assert.Equal(["a.dcm", "b/2.dcm", "c/3.dcm"], zip.Files.Select(f => f.Name));
        Assert.Equal([3L, 3, 5], zip.Files.Select(f => f.Length));
        for (var again = 0; again < 2; again++)
            Assert.Equal(["one", "two", "three"], zip.Files.Select(f => Text(f.Open())));
    }

    [Theory]
    [InlineData("../evil.dcm")]
    [InlineData("a/../../evil.dcm")]
    [InlineData(@"..\evil.dcm")]
    [InlineData("/etc/passwd")]
    [InlineData(@"C:\evil.dcm")]
    public void Paths_that_leave_the_archive_are_refused(string path)
    {
        var error = Assert.Throws<BadInputException>(() => Open(Zip(("good.dcm", "x"), (path, "x"))));
        Assert.Equal("zip.path", error.Code);
        Assert.Contains("case.zip", error.Message, StringComparison.Ordinal);
        Assert.Contains(path.Replace('\\', '/'), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_doubles_and_encrypted_entries_are_refused()
    {
        var link = Zip(archive =>
        {
            var entry = Add(archive, "link", "/etc/passwd");
            entry.ExternalAttributes = unchecked((int)0xA1FF0000);
        });
        Assert.Contains("link or device", Assert.Throws<BadInputException>(() => Open(link)).Message, StringComparison.Ordinal);
        Assert.Contains("twice", Assert.Throws<BadInputException>(() => Open(Zip(("a", "1"), ("a", "2")))).Message, StringComparison.Ordinal);
        var encrypted = Zip(("a", "secret"));
        encrypted[6] |= 1;
        encrypted[IndexOf(encrypted, "PK\x01\x02"u8) + 8] |= 1;
        Assert.Contains("encrypted", Assert.Throws<BadInputException>(() => Open(encrypted)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Entries_and_total_size_are_bounded()
    {
        var three = Zip(("a", "1234"), ("b", "1234"), ("c", "1234"));
        Assert.Equal("zip.limit", Assert.Throws<BadInputException>(() => Open(three, Limits with { MaxEntries = 2 })).Code);
        Assert.Equal("zip.limit", Assert.Throws<BadInputException>(() => Open(three, Limits with { MaxTotalBytes = 11 })).Code);
        using var allowed = Open(three, Limits with { MaxEntries = 3, MaxTotalBytes = 12 });
        Assert.Equal(3, allowed.Files.Count);
    }

    [Fact]
    public void A_zip_bomb_is_refused_by_its_ratio()
    {
        var bomb = Zip(archive =>
        {
            using var stream = archive.CreateEntry("bomb.dcm", CompressionLevel.SmallestSize).Open();
            stream.Write(new byte[20 << 20]);
        });
        Assert.InRange(bomb.Length, 1, 100_000);
        var error = Assert.Throws<BadInputException>(() => Open(bomb));
        Assert.Equal("zip.limit", error.Code);
        Assert.Contains("zip bomb", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bomb_that_lies_about_its_size_yields_no_more_than_it_declares()
    {
        var bomb = Zip(archive =>
        {
            using var stream = archive.CreateEntry("bomb.dcm", CompressionLevel.SmallestSize).Open();
            stream.Write(new byte[20 << 20]);
        });
        // Declared: 1000 bytes, in the local and in the central header.
        BitConverter.TryWriteBytes(bomb.AsSpan(IndexOf(bomb, "PK\x01\x02"u8) + 24), 1000);
        BitConverter.TryWriteBytes(bomb.AsSpan(22), 1000);
        using var zip = Open(bomb);
        using var stream = zip.Files[0].Open();
        var read = 0L;
        var error = Assert.Throws<BadInputException>(() =>
        {
            var buffer = new byte[4096];
            for (int n; (n = stream.Read(buffer)) > 0;)
                read += n;
        });
        Assert.Equal("zip.damaged", error.Code);
        Assert.InRange(read, 0, 1000);
    }

    [Fact]
    public void Damaged_content_is_noticed_by_its_checksum()
    {
        var zip = Zip(archive =>
        {
            using var stream = archive.CreateEntry("a.dcm", CompressionLevel.NoCompression).Open();
            stream.Write(new byte[100]);
        });
        zip[IndexOf(zip, "a.dcm"u8) + 60] ^= 1;
        using var damaged = Open(zip);
        var error = Assert.Throws<BadInputException>(() => Text(damaged.Files[0].Open()));
        Assert.Equal("zip.damaged", error.Code);
        Assert.Contains("case.zip: entry 'a.dcm'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_zip_archive_is_said_to_be_damaged()
    {
        Assert.Equal("zip.damaged", Assert.Throws<BadInputException>(() => Open([])).Code);
        Assert.Equal("zip.damaged", Assert.Throws<BadInputException>(() => Open([.. Enumerable.Repeat((byte)7, 500)])).Code);
        var whole = Zip(("a", "1234"));
        Assert.Equal("zip.damaged", Assert.Throws<BadInputException>(() => Open(whole[..^5])).Code);
    }

    [Fact]
    public void Mutated_archives_give_our_errors_only()
    {
        var seed = Zip(("a/1.dcm", "some content that is long enough"), ("a/2.dcm", new string('x', 3000)), ("b", ""));
        var random = new Random(20260101);
        var refused = 0;
        for (var trial = 0; trial < 4000; trial++)
        {
            var bytes = Mutation.Of(seed, random);
            try
            {
                using var zip = Open(bytes);
                foreach (var file in zip.Files)
                    _ = Text(file.Open());
            }
            catch (RadiogenomicsException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 1000, 4000);
    }

    private static ZipImageFiles Open(byte[] bytes, ArchiveLimits? limits = null) =>
        ZipImageFiles.Open(new MemoryStream(bytes), "case.zip", limits ?? Limits);

    private static string Text(Stream stream)
    {
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static byte[] Zip(params (string Name, string? Text)[] entries) => Zip(archive =>
    {
        foreach (var (name, text) in entries)
            Add(archive, name, text);
    });

    private static byte[] Zip(Action<ZipArchive> fill)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            fill(archive);
        return stream.ToArray();
    }

    private static ZipArchiveEntry Add(ZipArchive archive, string name, string? text)
    {
        var entry = archive.CreateEntry(name);
        if (text is null)
            return entry;
        using var writer = new StreamWriter(entry.Open());
        writer.Write(text);
        return entry;
    }

    private static int IndexOf(byte[] bytes, ReadOnlySpan<byte> part) => bytes.AsSpan().IndexOf(part);
}
